"""What a correction says of itself, before anything is thought through: the answers it gives, and no more."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from fabula.corrections.edition import Edition
from fabula.corrections.values import Anchor, Correction, Decided, Effects, Heard, Person, Scope
from fabula.errors import CorrectionError
from fabula.types import Scene

_I = frozenset({"i", "me", "my", "mine", "myself"})


def direct(edition: Edition, correction: Correction) -> Effects:
    """The effects of ``correction`` on the decisions it names.

    A fixed speaker fixes the "I" inside and the "he" of "he said" too. Raises CorrectionError if a passage or
    a person of it is not in this reading.
    """
    people: list[int] = []
    made: dict[int, tuple[str, str]] = {}
    for person in correction.people:
        people.append(_person(edition, person, made))
    if correction.action == "rename":
        assert correction.name is not None
        return Effects(names={people[0]: correction.name}, made=made)
    if correction.action == "merge":
        return _merge(edition, people[0], people[1], made)
    quotes = correction.action in ("speaker", "addressees")
    targets = [_target(edition, a, quotes) for a in correction.targets]
    if correction.action == "speaker":
        return _speaker(edition, targets, people[0] if people else None, made)
    if correction.action == "addressees":
        heard = {q: Heard(tuple(dict.fromkeys(people)), 1.0) for q in targets}
        return Effects(heard=heard, settled=frozenset(("addressees", q) for q in targets), made=made)
    if correction.action == "split":
        return _split(edition, targets[0], people[0], people[1], made)
    who = people[0] if people else None
    return Effects(
        mentions=dict.fromkeys(targets, Decided(who, 1.0)),
        settled=frozenset(("person", k) for k in targets),
        made=made,
        narrators=_narrators(edition, targets, who) if correction.scope == "everywhere" else {},
    )


def _person(edition: Edition, person: Person, made: dict[int, tuple[str, str]]) -> int:
    found = edition.find(person)
    if found is not None:
        return found
    if person.made is None:
        raise CorrectionError(person.name, "is not in this reading", "Name them anew")
    number = edition.next_id + len(made)
    made[number] = (person.made, person.name)
    return number


def _target(edition: Edition, anchor: Anchor, quotes: bool) -> int:
    found = edition.index.passage(anchor, quotes)
    if found is None:
        what = "quote" if quotes else "mention"
        raise CorrectionError(anchor.told(), f"is no {what} in this reading")
    return found


def inner_quote(edition: Edition, start: int) -> int | None:
    """The id of the innermost quote around a code point."""
    best: tuple[int, int] | None = None
    quotes = edition.base.quotes
    at = bisect_left(quotes, start + 1, key=lambda q: q.start)
    for k in range(at - 1, max(-1, at - 12), -1):
        q = quotes[k]
        if q.start <= start < q.end and (best is None or q.end - q.start < best[0]):
            best = (q.end - q.start, q.id)
    return best[1] if best else None


def _speaker(
    edition: Edition, targets: Sequence[int], who: int | None, made: dict[int, tuple[str, str]]
) -> Effects:
    base, settled = edition.base, edition.settled
    mentions: dict[int, Decided] = {}
    heard: dict[int, Heard] = {}
    by_id = {q.id: q for q in base.quotes}
    for number in targets:
        q = by_id[number]
        now = edition.addressees(number)
        if who is None:
            continue
        if who in now.who and ("addressees", number) not in settled:
            heard[number] = Heard(tuple(x for x in now.who if x != who), now.confidence)
        at = bisect_left(edition.index.starts, q.start)
        while at < len(base.mentions) and base.mentions[at].start < q.end:
            m = base.mentions[at]
            at += 1
            own = m.kind == "PRON" and base.story.text[m.start : m.end].lower() in _I
            if own and ("person", m.id) not in settled and inner_quote(edition, m.start) == number:
                mentions[m.id] = Decided(who, 1.0)
        tag = q.mention
        if tag is not None and ("person", tag) not in settled and edition.index.kind[tag] != "PROP":
            mentions[tag] = Decided(who, 1.0)
    return Effects(
        mentions=mentions,
        quotes=dict.fromkeys(targets, Decided(who, 1.0)),
        heard=heard,
        settled=frozenset(("speaker", k) for k in targets),
        made=made,
    )


def _turned(edition: Edition, old: int, new: int, start: int, spare: bool) -> Effects:
    """Whatever is ``old`` from a code point on becomes ``new``; what a person settled is spared or not."""

    def swap(d: Decided) -> Decided:
        others = tuple((new if e == old else e, p) for e, p in d.candidates)
        return Decided(new if d.who == old else d.who, d.confidence, others)

    def free(kind: str, number: int) -> bool:
        return not (spare and (kind, number) in edition.settled)

    mentions, quotes, heard = {}, {}, {}
    for m in edition.base.mentions:
        d = edition.mention(m.id)
        named = d.who == old or (not spare and any(e == old for e, _ in d.candidates))
        if named and m.start >= start and free("person", m.id):
            mentions[m.id] = swap(d)
    for q in edition.base.quotes:
        if q.start < start:
            continue
        d, h = edition.quote(q.id), edition.addressees(q.id)
        named = d.who == old or (not spare and any(e == old for e, _ in d.candidates))
        if named and free("speaker", q.id):
            quotes[q.id] = swap(d)
        if old in h.who and free("addressees", q.id):
            who = dict.fromkeys(new if e == old else e for e in h.who)
            heard[q.id] = Heard(tuple(e for e in who if e != quotes.get(q.id, d).who), h.confidence)
    return Effects(mentions=mentions, quotes=quotes, heard=heard)


def _merge(edition: Edition, old: int, new: int, made: dict[int, tuple[str, str]]) -> Effects:
    if old == new:
        raise CorrectionError(edition.name(old), "is that person already")
    turned = _turned(edition, old, new, 0, spare=False)
    segments = range(len(edition.base.story.segments))
    return Effects(
        mentions=turned.mentions,
        quotes=turned.quotes,
        heard=turned.heard,
        made=made,
        gone={old: new},
        narrators={k: new for k in segments if edition.narrator(k) == old},
    )


def _split(edition: Edition, target: int, old: int, new: int, made: dict[int, tuple[str, str]]) -> Effects:
    if old == new:
        raise CorrectionError(edition.name(old), "cannot be parted from themselves", "Name somebody else")
    turned = _turned(edition, old, new, edition.index.span[target][0], spare=True)
    return Effects(
        mentions=dict(turned.mentions) | {target: Decided(new, 1.0)},
        quotes=turned.quotes,
        heard=turned.heard,
        settled=frozenset({("person", target)}),
        made=made,
    )


def _narrators(edition: Edition, targets: Iterable[int], who: int | None) -> dict[int, int]:
    """A narrator's "I" corrected everywhere is somebody else narrating."""
    if who is None:
        return {}
    segments, text = edition.base.story.segments, edition.base.story.text
    told: set[int] = set()
    for number in targets:
        a, b = edition.index.span[number]
        narrator = edition.mention(number).who
        if text[a:b].lower() in _I and inner_quote(edition, a) is None and narrator is not None:
            told |= {k for k, s in enumerate(segments) if s.start <= a < s.end} and {
                k for k in range(len(segments)) if edition.narrator(k) == narrator
            }
    return dict.fromkeys(sorted(told), who)


# ------------------------------------------------------------------ how far a correction reaches
def scene_of(edition: Edition, offset: int) -> tuple[int, int]:
    """The scene around a code point as [start, end); the whole text where the reading has none there."""
    scenes: Sequence[Scene] = edition.base.scenes
    for s in scenes:
        if s.start <= offset < s.end:
            return s.start, s.end
    return 0, len(edition.base.story.text)


def reach(edition: Edition, kind: str, number: int, scope: Scope) -> list[int]:
    """Ids of the decisions that a correction of one reaches.

    To the scene's end: the later ones that have the same answer now, of mentions also the same words. A
    decision that a person has settled is never among them, but for the first.
    """
    if scope not in ("scene", "everywhere"):
        return [number]
    index, text = edition.index, edition.base.story.text
    quotes = kind in ("speaker", "addressees")
    spans = index.quote_span if quotes else index.span
    start, end = spans[number]
    words = text[start:end].casefold()
    lo, hi = (start, scene_of(edition, start)[1]) if scope == "scene" else (0, len(text))

    def answer(k: int) -> object:
        if kind == "addressees":
            return edition.addressees(k).who
        return (edition.quote(k) if quotes else edition.mention(k)).who

    now = answer(number)
    out = [number]
    for k, (a, b) in spans.items():
        if k == number or not lo <= a < hi or (kind, k) in edition.settled or answer(k) != now:
            continue
        if quotes or text[a:b].casefold() == words:
            out.append(k)
    return out
