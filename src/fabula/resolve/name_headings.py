"""Narrators whom headings name: "Kezia" above a part that says "I" is a person, with or without more."""

from __future__ import annotations

from collections import Counter

from fabula.lexicon.gender import UNKNOWN, name_gender
from fabula.resolve.name_book import FormUse
from fabula.resolve.name_evidence import Places
from fabula.resolve.name_forms import parse_person
from fabula.text.headed import headed_parts
from fabula.text.lines import pov_name
from fabula.types import Story


def headed_narrators(
    story: Story, uses: list[FormUse], form_of: dict[tuple[str, ...], int]
) -> dict[str, int]:
    """Label of a heading -> the form of the name in it, an index into ``uses``.

    Only of headings over a part in the first person. A form that no sentence has is added to ``uses`` and
    ``form_of``. Cost: linear in segments and in the tokens of the parts.
    """
    often = Counter(s.label for s in story.segments if s.kind == "heading")
    out: dict[str, int] = {}
    for part in headed_parts(story):
        form = parse_person(part.name) if part.label not in out else None
        if form is None or form.title_only or form.group:
            continue
        # "Winter" may be a chapter's title; what comes again, is mostly a name, or has a view, is a person.
        known = name_gender(part.name.split()[0]) != UNKNOWN or pov_name(part.label) is not None
        if form.key not in form_of and often[part.label] < 2 and not known:
            continue
        i = form_of.setdefault(form.key, len(uses))
        if i == len(uses):
            uses.append(FormUse(form, 1, Places((part.first,), (-1,)), UNKNOWN))
        out[part.label] = i
    return out
