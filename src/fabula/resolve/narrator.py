"""Who says "I" in the narration of each part of a story, and what the story calls them.

A part is first-person where "I" and its forms stand often enough outside quotes; whom a part tells of as
"you" is found, and held, in the same way. Its narrator is whom a heading names, else whom the text names: by
"my name is", "call me", or others' vocatives in answer to "I said". A letter belongs to who signs it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from fabula.heads.evidence import Evidence
from fabula.lexicon.name_titles import fold
from fabula.resolve.coref import EntityBeliefs
from fabula.resolve.letter_writers import initials_of, signed_by, split_at_signatures, writer_of
from fabula.resolve.names import NameBeliefs
from fabula.resolve.narrated_parts import Part, count_own, first_person, parts_of, share_own
from fabula.resolve.narrator_votes import vote, winner
from fabula.resolve.quote_context import StoryContext, read_context
from fabula.text.lines import teller_and_place, written_by
from fabula.types import Story


@dataclass(frozen=True, slots=True)
class Narrators:
    """Per segment of the story the entity that says "I" there, -1 for nobody, and how surely, in [0, 1].

    Where a part is told of "you" (``narrated_parts.told_of_you``), the one who is "you".
    """

    entity: tuple[int, ...]
    sure: tuple[float, ...]


def find_narrators(
    story: Story,
    evidence: Evidence,
    names: NameBeliefs,
    entities: EntityBeliefs,
    context: StoryContext | None = None,
) -> Narrators:
    """Who narrates each segment of the story, and how surely.

    A narrator whom the story does not name gets an id of its own, from ``len(names.roster)`` plus the number
    of mentions on, so that no pass can give it to anybody else.
    """
    context = context or read_context(story, evidence)
    people, initials = _people(names), initials_of(names)
    parts = split_at_signatures(story, parts_of(story), people, initials)
    count_own(story, evidence, context, parts)
    told = [p for p in parts if first_person(p)]
    if not told:
        return Narrators((-1,) * len(story.segments), (1.0,) * len(story.segments))
    vote(story, evidence, names, context, parts)
    for p in told:
        if p.label is not None and not p.letter and p.narrator < 0:
            by_name = names.headed.get(p.label, -1)
            p.narrator = by_name if by_name >= 0 else _named_by_heading(p.label, people)
        if p.letter:
            p.narrator = signed_by(story, p, people, initials)
    headed = {p.narrator for p in told if not p.letter and p.narrator >= 0}
    new = len(names.roster) + len(evidence.mentions)
    plain = [p for p in told if not p.letter and p.narrator < 0]
    if plain:
        shared, sure = winner(plain, names, evidence, context, headed, entities, share_own(plain))
        for p in plain:
            p.narrator, p.sure = shared if shared >= 0 else new, sure
    papers = [p for p in told if p.letter and story.segments[p.segments[0]].label is None]
    if papers:
        new += 1
        by, sure = writer_of(story, papers, people), 1.0
        if by < 0:
            heard = [*papers, *(p for p in parts if p not in told)]
            by, sure = winner(heard, names, evidence, context, headed, entities, share_own(papers))
        for p in papers:
            if p.narrator < 0:
                p.narrator, p.sure = by if by >= 0 else new, sure
    for p in told:
        if p.letter and p.narrator < 0:
            new += 1
            p.narrator = new
    at = {s: p for p in told for s in p.segments}
    nobody = Part([], None, False)
    found = [at.get(k, nobody) for k in range(len(story.segments))]
    return Narrators(tuple(p.narrator for p in found), tuple(p.sure for p in found))


def _people(names: NameBeliefs) -> dict[str, int]:
    """Folded name to roster entry, for people whose name is nobody else's; the commoner wins a given name."""
    table: dict[str, int] = {}
    weight: Counter[str] = Counter()
    for e, entry in enumerate(names.roster):
        if entry.type != "PER" or entry.sworn or entry.number == "plur":
            continue
        forms = {fold(entry.name): sum(a.count for a in entry.aliases)} | {
            fold(a.text): a.count for a in entry.aliases
        }
        words = [w for w in fold(entry.name).split() if len(w) > 2]
        for form, count in [*forms.items(), *((w, 0) for w in words)]:
            if form and (form not in table or count > weight[form]):
                table[form], weight[form] = e, count
    return table


def _named_by_heading(label: str, people: Mapping[str, int]) -> int:
    """Whom a heading names ("Part Two: Teodora", "MARIAN HALCOMBE'S NARRATIVE"), -1 for nobody."""
    text = fold(written_by(label) or teller_and_place(label) or label)
    text = re.sub(
        r"\b(?:chapter|part|book|the|narrative|story|diary|journal|account|statement|of|by|continued)\b"
        r"|'s\b|(?<=s)'(?!\w)|[\divxl]+\b(?=[.:])",
        " ",
        text,
    )
    text = " ".join(re.sub(r"[^\w'/ -]", " ", text).split())
    if text in people:
        return people[text]
    words = [w for w in text.split() if w in people]
    return people[words[0]] if len(words) == 1 and len(text.split()) <= 3 else -1
