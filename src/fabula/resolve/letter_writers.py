"""Who wrote the letters within a story, and to whom.

By the names and initials that sign and greet, and by whose paper it is said to be.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from fabula.heads.evidence import Evidence
from fabula.lexicon.name_titles import TITLES, fold
from fabula.resolve.names import NameBeliefs
from fabula.resolve.narrated_parts import Part, told_pronouns
from fabula.text.letters import greeted
from fabula.text.mail import mail_names
from fabula.types import Story

SIGNED = 2
"""Segments that end in a name alone, from which on a story is made of letters."""

_AROUND = "*_~—–- \t"
_SPEECH = re.compile(r"[.!?…\"“”‘«»]")
"""No name that signs has these: “Helen?” and "Helen." may end a scene."""
_INITIALS = re.compile(r"[*_~—–\s-]{0,4}((?:[^\W\d_a-z]\. ?){1,3})[*_~\s]{0,3}")
_NAMED = r"\b(?:[^\W\d_a-z][\w’-]{0,30}\.? ){0,2}[^\W\d_a-z][\w-]{0,30}"
_LAST_WORDS = re.compile(r"[.!?…]\s+([^\W\d_a-z][\w’' -]{1,30})\.?[*_”\"]{1,3}$")
"""A name that ends the last paragraph of a letter in italics: "… and I did not. Ghislaine.*"."""
_PAPER = (
    r"(?:letters?|notes?|diary|journal|notebooks?|logbook|hand|handwriting|postcards?|will|testament|"
    r"confession)"
)
_WROTE = re.compile(
    rf"(?P<owner>{_NAMED})[’']s (?:[a-z]{{1,20}} ){{0,2}}?{_PAPER}\b"
    rf"|\b{_PAPER} (?:from|of|by) (?P<sender>{_NAMED})"
    rf"|(?P<writer>{_NAMED}) (?:had |has |have )?(?:writes?|wrote|written|writing|scrawled|scribbled)\b"
)


def initials_of(names: NameBeliefs) -> dict[str, int]:
    """Initials, without dots, to the one person who has them, -1 for several.

    Lucan Thistlewood is "lt" and "l".
    """
    table: dict[str, int] = {}
    for e, entry in enumerate(names.roster):
        if entry.type != "PER" or entry.sworn or entry.number == "plur":
            continue
        mine: set[str] = set()
        for form in (entry.name, *(a.text for a in entry.aliases)):
            letters = [w[0] for w in fold(form).split() if w.strip(".") not in TITLES]
            mine |= {letters[0], "".join(letters)} if letters else set()
        for x in mine:
            table[x] = e if table.get(x, e) == e else -1
    return table


def signed_by(story: Story, p: Part, people: Mapping[str, int], initials: Mapping[str, int]) -> int:
    """From whom a letter's head says it is, else who signs: a name or initials alone in its last lines."""
    s = story.segments[p.segments[-1]]
    sender, _ = mail_names(story.text, s.start, s.end)
    if sender is not None:
        words = fold(story.text[sender[0] : sender[1]]).split()
        return next((people[w] for w in (" ".join(words), *words) if w in people), -1)
    lines = [x.strip() for x in story.text[max(s.start, s.end - 400) : s.end].split("\n") if x.strip()]
    for line in reversed(lines[-4:]):
        if len(line) > 60:
            continue
        # "Your sister, Anne" and "Anne, who had the bag" are both signed by Anne.
        for part in line.split(",")[::-1] if line.count(",") == 1 else [line]:
            who = " ".join(fold(re.sub(r"[^\w' -]", " ", part)).split())
            if who in people:
                return people[who]
        by = _by_initials(line, initials)
        if by >= 0:
            return by
    m = _LAST_WORDS.search(lines[-1]) if lines else None
    return people.get(fold(m[1]), -1) if m else -1


def split_at_signatures(
    story: Story, parts: list[Part], people: Mapping[str, int], initials: Mapping[str, int]
) -> list[Part]:
    """The parts, with segments of their own where the last line is a name or initials, if several are.

    Then the story is made of letters, though not all of them greet anybody.
    """
    signs: dict[int, int] = {}
    for p in parts:
        for k in p.segments:
            s = story.segments[k]
            last = story.text[max(s.start, s.end - 60) : s.end].rstrip().rpartition("\n")[2]
            alone = "" if _SPEECH.search(last) else " ".join(fold(last.strip(_AROUND)).split())
            signs[k] = people[alone] if alone in people else _by_initials(last.strip(), initials)
    if sum(who >= 0 for who in signs.values()) < SIGNED:
        return parts
    out: list[Part] = []
    for p in parts:
        if p.letter:
            out.append(p)
            continue
        out += [Part([k], p.label, False, narrator=signs[k]) for k in p.segments if signs[k] >= 0]
        rest = [k for k in p.segments if signs[k] < 0]
        if rest:
            out.append(Part(rest, p.label, False))
    return out


def writer_of(story: Story, papers: Sequence[Part], people: Mapping[str, int]) -> int:
    """Who wrote all that is set in italics (``text/written.py``): who signs, else whose paper it is.

    -1 where the text does not say, or several sign.
    """
    signed = {p.narrator for p in papers} - {-1}
    if signed:
        return signed.pop() if len(signed) == 1 else -1
    said: Counter[int] = Counter()
    for s in story.segments:
        if s.kind == "body":
            for m in _WROTE.finditer(story.text, s.start, s.end):
                who = fold(m["owner"] or m["sender"] or m["writer"])
                said[people.get(who, people.get(who.split()[-1], -1))] += 1
    said.pop(-1, None)
    return next((e for e, _ in said.most_common(1)), -1)


def _by_initials(line: str, initials: Mapping[str, int]) -> int:
    """Whose initials, dots and all, are alone on a line; -1 for nobody's."""
    m = _INITIALS.fullmatch(line)
    return initials.get(fold("".join(c for c in m[1] if c.isalpha())), -1) if m else -1


def readers_own(
    story: Story, evidence: Evidence, names: NameBeliefs, narrators: Sequence[int]
) -> dict[int, int]:
    """Mention index of every singular "you" that a letter says outside quotes -> to whom it is written.

    To whom it greets by name; of letters between two people, to the other.
    """
    letters = {k: s for k, s in enumerate(story.segments) if s.kind == "letter"}
    if not letters:
        return {}
    tellers = {narrators[k] for k in letters} - {-1}
    m, starts = evidence.mentions, story.tokens.start
    named = {int(starts[t]): int(e) for t, e in zip(m.token_start, names.entity, strict=True) if e >= 0}
    reader: dict[int, int] = {}
    for k, s in letters.items():
        span = mail_names(story.text, s.start, s.end)[1] or greeted(story.text, s.start, s.end)
        e = -1 if span is None else named.get(span[0], -1)
        if e < 0 and len(tellers) == 2 and narrators[k] in tellers:
            (e,) = tellers - {narrators[k]}
        if e != narrators[k]:
            reader[k] = e
    told = told_pronouns(story, evidence, 2)
    return {k: reader[at] for k, at in told if reader.get(at, -1) >= 0}
