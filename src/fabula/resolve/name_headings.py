"""Narrators whom headings name: "Kezia" above a part that says "I" is a person, with or without more."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from fabula.lexicon.gender import UNKNOWN, name_gender
from fabula.resolve.name_evidence import Places
from fabula.resolve.name_forms import parse_person
from fabula.resolve.people import FormUse
from fabula.text.lines import narrator_name
from fabula.types import STORY_KINDS, Story

FEWEST = 3
"""Times a part must say "I" for the name above it to be its narrator's."""


def headed_narrators(
    story: Story, uses: list[FormUse], form_of: dict[tuple[str, ...], int]
) -> dict[str, int]:
    """Label of a heading -> the form of the name in it, an index into ``uses``.

    Only of headings over a part in the first person. A form that no sentence has is added to ``uses`` and
    ``form_of``. Cost: linear in segments and in the tokens of the parts.
    """
    often = Counter(s.label for s in story.segments if s.kind == "heading")
    out: dict[str, int] = {}
    label, said = "", 0
    for s in story.segments:
        if s.kind == "heading":
            label, said = s.label or story.text[s.start : s.end].strip(), 0
            continue
        name = narrator_name(label)
        if s.kind not in STORY_KINDS or name is None or label in out or said >= FEWEST:
            continue
        a, b = bisect_left(story.tokens.start, s.start), bisect_left(story.tokens.start, s.end)
        said += sum(story.token_text(t) == "I" for t in range(a, b))
        form = parse_person(name) if said >= FEWEST else None
        if form is None or form.title_only or form.group:
            continue
        # "Winter" may be a chapter's title; one that comes again, or is a name as a rule, is a person.
        if form.key not in form_of and often[label] < 2 and name_gender(name.split()[0]) == UNKNOWN:
            continue
        i = form_of.setdefault(form.key, len(uses))
        if i == len(uses):
            uses.append(FormUse(form, 1, Places((a,), (-1,)), UNKNOWN))
        out[label] = i
    return out
