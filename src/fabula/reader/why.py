"""Why a decision is as it is: what in the text speaks for it, each reason with its passage."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from fabula.corrections.direct import inner_quote, reach, scene_of
from fabula.corrections.edition import Edition
from fabula.corrections.values import Scope
from fabula.errors import CorrectionError
from fabula.types import Mention, Quote

Json = dict[str, Any]
_YOU = frozenset({"you", "your", "yours", "yourself"})
_I = frozenset({"i", "me", "my", "mine", "myself"})
_WIDER: tuple[Scope, ...] = ("scene", "everywhere")
LOOK = 400
"""Code points looked back or ahead for what stands near by."""
PLACES = 3
"""Places that are told of those that hang on a decision."""


def why(edition: Edition, kind: str, number: int) -> Json:
    """The reasons for a decision, and how far a correction of it would reach.

    Raises CorrectionError where the reading has no such decision.
    """
    known = edition.index.quote_span if kind in ("speaker", "addressees") else edition.index.span
    if kind not in ("speaker", "addressees", "person") or number not in known:
        raise CorrectionError(f"{kind} {number}", "is no decision of this reading")
    start, end = known[number]
    reasons = _Reasons(edition)
    status = edition.settled.get((kind, number))
    if status:
        said = {"accepted": "You accepted this.", "corrected": "You said so.", "blind": "You said so, blind."}
        reasons.add("settled", said[status])
    if kind == "person":
        reasons.of_mention(number)
    else:
        reasons.of_quote(number)
    scopes = {scope: len(reach(edition, kind, number, scope)) for scope in _WIDER}
    index = edition.index
    was = index.mention[number] if kind == "person" else index.quote[number]
    return {
        "kind": kind,
        "id": number,
        "start": start,
        "end": end,
        "reasons": reasons.rows,
        "hangs": hanging(edition, kind, number),
        "scopes": scopes,
        "present": present(edition, start),
        "before": {"who": was.who, "confidence": round(was.confidence, 3)},
    }


def hanging(edition: Edition, kind: str, number: int) -> Json:
    """Where a decision matters next: up to ``PLACES`` places after it, as [kind, id], and how many there are.

    These are the doubts that hang on it (fabula.doubts). Where none does they are what its answer brings with
    it: the "I" in a line, the pronoun that tags it, the line that a mention tags; of whom a line is said to,
    the "you" in it.
    """
    index = edition.index
    wanted: tuple[str, int] = (kind, number)
    found: list[tuple[str, int]] = []
    for chain in edition.chains if kind != "addressees" else ():
        keys: list[tuple[str, int]] = [(x.decision.kind, x.decision.id) for x in chain]
        if wanted in keys:
            found = keys[keys.index(wanted) + 1 :]
            break
    found = [x for x in found if x not in edition.settled] or _brought(edition, kind, number)
    spans = {"person": index.span, "speaker": index.quote_span}
    found.sort(key=lambda x: spans[x[0]][x[1]])
    return {"count": len(found), "places": [list(x) for x in found[:PLACES]]}


def _brought(edition: Edition, kind: str, number: int) -> list[tuple[str, int]]:
    """What stands after a decision and goes with its answer, settled decisions left out."""
    base, index = edition.base, edition.index
    if kind == "person":
        lines = [q.id for q in base.quotes if q.mention == number and q.start > index.span[number][0]]
        return [("speaker", k) for k in lines if ("speaker", k) not in edition.settled]
    start, end = index.quote_span[number]
    words = _I if kind == "speaker" else _YOU
    lo, hi = bisect_left(index.starts, start), bisect_left(index.starts, end)
    own = [
        m.id
        for m in base.mentions[lo:hi]
        if base.story.text[m.start : m.end].lower() in words and inner_quote(edition, m.start) == number
    ]
    tag = next(q.mention for q in base.quotes if q.id == number) if kind == "speaker" else None
    if tag is not None and index.span[tag][0] >= end and index.kind[tag] != "PROP":
        own.append(tag)
    return [("person", k) for k in own if ("person", k) not in edition.settled]


def present(edition: Edition, offset: int) -> list[int]:
    """The people of the scene around a code point, the most mentioned first; "nobody" and crowds are not."""
    start, end = scene_of(edition, offset)
    counts: dict[int, int] = {}
    crowds = {e.id for e in edition.base.entities if e.number == "plur" or e.role == "group"}
    mentions, starts = edition.base.mentions, edition.index.starts
    for m in mentions[bisect_left(starts, start) : bisect_left(starts, end)]:
        who = edition.mention(m.id).who if m.type == "PER" else None
        if who is not None:
            counts[who] = counts.get(who, 0) + 1
    there = [e for e, n in counts.items() if (n > 1 and e not in crowds) or e in edition.made]
    return sorted(there, key=lambda e: (-counts[e], e))[:8]


class _Reasons:
    """Collects reasons: what kind, in words, and the passages to look at as [start, end]."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.rows: list[Json] = []
        self.text = edition.base.story.text

    def add(self, kind: str, words: str, *spans: tuple[int, int]) -> None:
        """Add a reason."""
        self.rows.append({"kind": kind, "words": words, "spans": [list(s) for s in spans]})

    def name(self, who: int | None) -> str:
        """What somebody is called, or that nobody is known."""
        return "nobody known" if who is None else self.edition.label(who)

    def words(self, start: int, end: int, most: int = 40) -> str:
        """A passage in quotation marks, on one line."""
        found = " ".join(self.text[start:end].split()).strip("“”\"'‘’ ")
        if len(found) > most:  # a word that does not fit is left out, unless it is the only one
            found = f"{found[: most + 1].rpartition(' ')[0] or found[:most]}…"
        return f"“{found}”"

    # -------------------------------------------------------------- lines
    def of_quote(self, number: int) -> None:
        """Tag, beat, turns, names within, the quote it stands in."""
        e, quotes = self.edition, self.edition.base.quotes
        k = next(k for k, q in enumerate(quotes) if q.id == number)
        q = quotes[k]
        by_id = {m.id: m for m in e.base.mentions} if q.mention is not None else {}
        tag = by_id.get(q.mention) if q.mention is not None else None
        if tag is not None:
            self._tag(q, tag)
        else:
            self._beat(q)
        self._called(q)
        self._turns(k)
        if q.parent is not None:
            outer = next((o for o in quotes if o.id == q.parent), None)
            if outer is not None:
                who = self.name(e.quote(outer.id).who)
                self.add("within", f"It is quoted within a line of {who}.", (outer.start, outer.end))
        if not self.rows:
            self.add("none", "Nothing beside it says who speaks; whoever was near is as likely.")

    def _tag(self, q: Quote, tag: Mention) -> None:
        d = self.edition.mention(tag.id)
        lo = min(tag.start, q.cue.start) if q.cue else tag.start
        hi = max(tag.end, q.cue.end) if q.cue else tag.end
        said = self.words(lo, hi)
        if tag.kind == "PROP":
            self.add("tag", f"{said} stands beside it and names the speaker.", (lo, hi))
            return
        sure = f" ({d.confidence:.0%} sure)" if d.confidence < 0.995 else ""
        self.add("tag", f"{said} stands beside it; this is {self.name(d.who)}{sure}.", (lo, hi))
        self._chain(tag.id)

    def _beat(self, q: Quote) -> None:
        """Who acts in the same paragraph."""
        e = self.edition
        here = next((p for p in e.base.story.paragraphs if p.start <= q.start < p.end), None)
        if here is None:
            return
        lo = bisect_left(e.index.starts, here.start)
        for m in e.base.mentions[lo : bisect_left(e.index.starts, here.end)]:
            outside = inner_quote(e, m.start) is None
            if m.type == "PER" and outside and not q.start <= m.start < q.end:
                who = self.name(e.mention(m.id).who)
                ends = [x.start for x in e.base.quotes if m.end <= x.start < here.end] + [here.end]
                said = self.words(m.start, min(*ends, m.end + LOOK), 34)
                self.add("beat", f"{said}: {who} acts in the same paragraph.", (m.start, m.end))
                return

    def _called(self, q: Quote) -> None:
        e = self.edition
        lo = bisect_left(e.index.starts, q.start)
        for m in e.base.mentions[lo : bisect_left(e.index.starts, q.end)]:
            who = e.mention(m.id).who
            if m.kind == "PROP" and m.type == "PER" and who is not None:
                said = self.words(m.start, m.end)
                words = f"{said} is named in it, so {self.name(who)} rather hears it, or is spoken of."
                self.add("named", words, (m.start, m.end))
                return

    def _turns(self, k: int) -> None:
        """The lines before and after."""
        e, quotes = self.edition, self.edition.base.quotes
        same = [x for x in range(len(quotes)) if quotes[x].parent == quotes[k].parent]
        at = same.index(k)
        for step, word in ((-1, "before"), (1, "after")):
            if 0 <= at + step < len(same):
                other = quotes[same[at + step]]
                gap = max(other.start - quotes[k].end, quotes[k].start - other.end)
                if gap < LOOK:
                    who = self.name(e.quote(other.id).who)
                    held = " (settled)" if ("speaker", other.id) in e.settled else ""
                    words = f"The line {word} is {who}’s{held}; speakers mostly take turns."
                    self.add("turn", words, (other.start, other.end))

    # -------------------------------------------------------------- mentions
    def of_mention(self, number: int) -> None:
        """Whose words it stands in, what came before, which pronouns fit."""
        e = self.edition
        m = next(x for x in e.base.mentions if x.id == number)
        word = self.text[m.start : m.end].lower()
        quote = inner_quote(e, m.start)
        if m.kind == "PRON" and word in _I | _YOU:
            self._own(m, word, quote)
            return
        if m.kind == "PROP":
            self.add("name", "It is a name; names are one person throughout unless the text parts them.")
        self._chain(number)
        d = e.mention(number)
        for who in [x for x, _ in d.candidates[:2]] or ([d.who] if d.who is not None else []):
            self._usage(e.root(who), word if m.kind == "PRON" else "")
        q = next((x for x in e.base.quotes if x.mention == number), None)
        if q is not None:
            said = self.words(q.start, q.end)
            who_speaks = self.name(e.quote(q.id).who)
            self.add("tag", f"It names who says {said}: {who_speaks}.", (q.start, q.end))

    def _own(self, m: Mention, word: str, quote: int | None) -> None:
        e = self.edition
        if quote is None:
            self.add("own", "“I” and “you” in narration are the narrator’s.")
            return
        span = e.index.quote_span[quote]
        if word in _I:
            who = self.name(e.quote(quote).who)
            self.add("own", f"It stands in a line of {who}, and “I” is who speaks.", span)
        else:
            heard = " and ".join(map(self.name, e.addressees(quote).who)) or "nobody known"
            self.add("own", f"It stands in a line said to {heard}, and “you” is who hears.", span)

    def _chain(self, number: int) -> None:
        """The mentions before it that mean the likeliest two."""
        e = self.edition
        mentions, starts = e.base.mentions, e.index.starts
        start = e.index.span[number][0]
        d = e.mention(number)
        asked = [e.root(x) for x, _ in d.candidates[:2]] or ([d.who] if d.who is not None else [])
        at = bisect_left(starts, start)
        for who in asked:
            for m in reversed(mentions[max(0, at - 80) : at]):
                if e.mention(m.id).who == who and m.id != number and inner_quote(e, m.start) is None:
                    far = self.text.count("\n\n", m.end, start)
                    where = "in this paragraph" if not far else "a paragraph before" if far == 1 else ""
                    where = where or f"{far} paragraphs before"
                    said = self.words(m.start, m.end)
                    self.add(
                        "chain", f"{self.name(who)} was last told of as {said}, {where}.", (m.start, m.end)
                    )
                    break

    def _usage(self, who: int, word: str) -> None:
        entity = next((x for x in self.edition.analysis.entities if x.id == who), None)
        if entity is None or not word or not entity.pronouns:
            return
        told = [(form, n) for form, n in entity.pronouns.items() if form not in _I | _YOU]
        uses = ", ".join(f"{form} ×{n}" for form, n in told[:4]) or "no other pronouns"
        self.add("usage", f"{self.name(who)}: {uses} in this story.")
