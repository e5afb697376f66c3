"""Analyses made by hand, for tests of everything that comes after the pipeline.

A story is written with its answers inside:

    [he:Imre]                        a mention and who it is; sure
    [he:Imre .55 Halvard .43]        a doubtful one: its probability, then the other candidates
    [he:? .4 Imre .4 Halvard .3]     an abstention, with the confidence of its best candidate
    {{Imre>Halvard|“Then go.”}}      a quote, its speaker, its addressees (``A>B+C``; ``A>-`` none known)
    {{Imre .55 Halvard .43>Halvard .8|“Then go.”}}

Nothing here reads text as the program does: tokens are words and marks, sentences end at [.!?] or a line.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from fabula.types import (
    Alias,
    Analysis,
    Candidate,
    Entity,
    Mention,
    Producer,
    Quote,
    QuoteSpan,
    Scene,
    Segment,
    Span,
    Story,
    Syntax,
    TokenSpans,
)

PRONOUNS = frozenset(
    word
    for forms in (
        "he him his himself she her hers herself they them their theirs themself themselves it its",
        "i me my mine myself we us our ours you your yours xe xem xyr xyrs xemself",
    )
    for word in forms.split()
)
SURE = 0.99
_PAIR = re.compile(r"([^.\d]+)\s(\.\d+)")
_MARK = re.compile(r"\[([^\[\]:]+):([^\[\]]+)\]|\{\{([^|{}>]*)>([^|{}>]*)\||\}\}")


def surface(text: str, segments: Sequence[Segment] = (), **facts: Any) -> Story:
    """A Story whose tokens are words and marks, whose sentences end at a full stop or a line end."""
    tokens = [m.span() for m in re.finditer(r"\w+(?:[’']\w+)*|[^\w\s]", text)]
    paragraphs = [Span(*m.span()) for m in re.finditer(r"\S[^\n]*", text)]
    sentences = [
        Span(*m.span())
        for p in paragraphs
        for m in re.compile(r"\S.*?(?:[.!?]+[”’\"']*(?=\s|$)|$)").finditer(text, p.start, p.end)
    ]
    starts = np.array([s for s, _ in tokens], dtype=np.int32)
    ends = np.array([e for _, e in tokens], dtype=np.int32)
    edges = np.array([[s.start, s.end] for s in sentences], dtype=np.int32).reshape(-1, 2)
    facts = {"language": "en", **facts}
    return Story(
        text=text,
        id=hashlib.sha256(text.encode()).hexdigest(),
        segments=tuple(segments) or ((Segment("body", 0, len(text)),) if text else ()),
        paragraphs=tuple(paragraphs),
        sentences=tuple(sentences),
        tokens=TokenSpans(starts, ends),
        sentence_tokens=np.searchsorted(starts, edges).astype(np.int32),
        quotes=facts.pop("quotes", ()),
        **facts,
    )


def flat_syntax(story: Story) -> Syntax:
    """A syntax in which the first token of a sentence is the root and heads all others."""
    count = len(story.tokens)
    head = np.full(count, -1, dtype=np.int32)
    for first, last in story.sentence_tokens:
        head[first + 1 : last] = first
    words = [story.token_text(i) for i in range(count)]
    return Syntax(
        lemma=tuple(w.lower() for w in words),
        upos=tuple("X" if w[0].isalnum() else "PUNCT" for w in words),
        xpos=("FW",) * count,
        head=head,
        deprel=tuple("root" if h < 0 else "dep" for h in head),
    )


class _People:
    """Entities in the order in which they are first named."""

    def __init__(self, facts: Mapping[str, Mapping[str, Any]]) -> None:
        self.facts = facts
        self.ids: dict[str, int] = {}
        for name in facts:
            self.id(name)

    def id(self, name: str) -> int:
        return self.ids.setdefault(name, len(self.ids))

    def answer(self, marked: str) -> tuple[int | None, float, tuple[Candidate, ...]]:
        """The entity, its confidence and the candidates of ``Imre .55 Halvard .43``."""
        marked = marked.strip()
        if marked in ("-", ""):
            return None, 0.0, ()
        pairs = [(name.strip(), float(p)) for name, p in _PAIR.findall(marked)]
        if not pairs:
            return self.id(marked), SURE, ()
        confidence = pairs[0][1]
        known = [(self.id(name), p) for name, p in pairs if name != "?"]
        candidates = tuple(Candidate(e, p) for e, p in sorted(known, key=lambda pair: -pair[1]))
        return (None if pairs[0][0] == "?" else self.id(pairs[0][0])), confidence, candidates


def fake_analysis(
    marked: str,
    *,
    entities: Mapping[str, Mapping[str, Any]] | None = None,
    segments: Sequence[tuple[str, str, str | None]] = (),
    scenes: bool = True,
    **facts: Any,
) -> Analysis:
    """The Analysis that the marks in ``marked`` describe.

    ``entities`` overrides fields of an entity by its name; ``segments`` are (kind, words as they stand,
    label), the rest is body; ``facts`` are fields of Story such as ``title``.
    """
    people = _People(entities or {})
    pieces: list[str] = []
    mentions: list[Mention] = []
    quotes: list[Quote] = []
    open_quotes: list[int] = []
    at = last = 0
    for mark in _MARK.finditer(marked):
        pieces.append(marked[last : mark.start()])
        at += mark.start() - last
        last = mark.end()
        if mark[1] is not None:
            words = mark[1]
            entity, confidence, candidates = people.answer(mark[2])
            kind = "PRON" if words.lower() in PRONOUNS else "PROP" if words[0].isupper() else "NOM"
            start = at + max(words.rfind(" ") + 1, 0)
            head = Span(start, at + len(words))
            span = (len(mentions), at, at + len(words))
            mentions.append(Mention(*span, head, "PER", kind, entity, confidence, candidates))
            pieces.append(words)
            at += len(words)
        elif mark[3] is not None:
            entity, confidence, candidates = people.answer(mark[3])
            to = [people.answer(who) for who in mark[4].split("+")]
            quotes.append(
                Quote(
                    id=len(quotes),
                    start=at,
                    end=at,
                    kind="speech",
                    type="implicit",
                    speaker=entity,
                    addressees=tuple(e for e, _, _ in to if e is not None),
                    mention=None,
                    cue=None,
                    parent=open_quotes[-1] if open_quotes else None,
                    confidence=confidence,
                    addressee_confidence=to[0][1] if to[0][0] is not None else None,
                    candidates=candidates,
                )
            )
            open_quotes.append(len(quotes) - 1)
        else:
            index = open_quotes.pop()
            q = quotes[index]
            quotes[index] = Quote(
                q.id, q.start, at, q.kind, q.type, q.speaker, q.addressees, q.mention, q.cue, q.parent,
                q.confidence, q.addressee_confidence, q.candidates,
            )  # fmt: skip
    pieces.append(marked[last:])
    text = "".join(pieces)
    spans = tuple(QuoteSpan(q.start, q.end, q.parent, True, text[q.start]) for q in quotes)
    story = surface(text, _segments(text, segments), quotes=spans, **facts)
    body = [s for s in story.segments if s.kind == "body"]
    spoken = [(q.start, q.end) for q in quotes if q.parent is None]
    present = tuple(sorted({m.entity for m in _outside(mentions, spoken) if m.entity is not None}))
    scene = (Scene(0, body[0].start, body[-1].end, present),) if scenes and body else ()
    return Analysis(
        producer=Producer("0.1.0", "by hand", {}),
        story=story,
        syntax=flat_syntax(story),
        mentions=tuple(mentions),
        entities=tuple(_entity(name, number, text, mentions, people) for name, number in people.ids.items()),
        quotes=tuple(quotes),
        events=(),
        scenes=scene,
    )


def _outside(mentions: Sequence[Mention], spans: Sequence[tuple[int, int]]) -> list[Mention]:
    """The mentions in no span; both in text order."""
    starts = [start for start, _ in spans]
    places = [bisect_right(starts, m.start) - 1 for m in mentions]
    return [m for m, i in zip(mentions, places, strict=True) if i < 0 or m.start >= spans[i][1]]


def _segments(text: str, wanted: Sequence[tuple[str, str, str | None]]) -> list[Segment]:
    found: list[Segment] = []
    at = 0
    for kind, words, label in wanted:
        start = text.index(words, at)
        if text[at:start].strip():
            found.append(Segment("body", at, start))
        at = start + len(words)
        found.append(Segment(kind, start, at, label))  # type: ignore[arg-type]
    if text[at:].strip():
        found.append(Segment("body", at, len(text)))
    return found


def _entity(name: str, number: int, text: str, mentions: Sequence[Mention], people: _People) -> Entity:
    own = [m for m in mentions if m.entity == number]
    called = Counter(text[m.start : m.end] for m in own if m.kind != "PRON")
    forms = Counter(text[m.start : m.end].lower() for m in own if m.kind == "PRON")
    facts: dict[str, Any] = {
        "type": "PER",
        "number": "sing",
        "role": None,
        "members": (),
        **people.facts.get(name, {}),
    }
    return Entity(
        id=number,
        name=name,
        aliases=tuple(Alias(words, count) for words, count in called.most_common()),
        pronouns=dict(forms),
        mention_count=len(own),
        **facts,
    )


FERRY = """\
The Ferry House
by salt_and_tin

Disclaimer: The river is real. The people are not.

A/N: For everyone who asked what happened after the flood.

[Halvard:Halvard] had tied the boat badly, and [he:Halvard] knew it. The rope creaked all through supper.

{{Halvard>Imre|“[You:Imre] might say something,”}} said [Halvard:Halvard] at last.

[Imre:Imre] turned a spoon over. {{Imre>Halvard|“What would [you:Halvard] like [me:Imre] to say?”}}

{{Halvard>Imre|“That [you:Imre] aren’t leaving, by [Saint Olaf:-].”}}

{{Imre>Halvard|“[I:Imre] wrote to [Tomas:Tomas]. [He:Tomas .82 Halvard .12]’ll have a bed for [me:Imre] \
by Friday.”}}

The [taller man:Halvard .88 Imre .1] got up. [He:Halvard .93] went to the window and [he:Halvard .91] stood \
with [his:Halvard .9] back to the lamp, and for a while neither of [them:both .74] spoke. The water had come \
up over the second step.

{{Imre .55 Halvard .43>Halvard .6|“Then go,”}} [he:Imre .57 Halvard .41] said. [He:Imre .52 Halvard .46] \
picked at the wax on the table. [His:Imre .66 Halvard .33] hands were not steady.

{{Halvard .61 Imre .38>Imre .7|“In this?”}}

{{Imre .58 Halvard .41>Halvard .7|“In anything.”}}

[He:Halvard .61 Imre .38] turned away from the glass.

{{Halvard>Imre|“[Hal:Halvard], [you:Halvard] used to call [me:Halvard]. When [we:both .8] were small.”}} \
[Halvard:Halvard] laughed, not well. {{Halvard>Imre|“[Imre Sandor:Imre], carrying \
[his:Imre .86 Halvard .12] shoes across the ferry so as not to wake [me:Halvard].”}}

{{Imre>Halvard|“[You:Halvard] were never asleep.”}}

{{Halvard>Imre|“No.”}}

[Imre:Imre] laughed then too, and [he:Imre .95] put the spoon down, and [he:Imre .94] went out past \
[him:Halvard .92] into the rain to tie the boat again, properly this time. \
{{? .41 Imre .41 Halvard .39>-|“Friday,”}} somebody said, and the river went on rising.

A/N: Part two when the exams are over!
"""


@cache
def ferry() -> Analysis:
    """A short story of two men with every kind of doubt in it."""
    return fake_analysis(
        FERRY,
        title="The Ferry House",
        author="salt_and_tin",
        entities={"both": {"number": "plur", "role": "group", "members": (1, 2)}, "Halvard": {}, "Imre": {}},
        segments=[
            ("title", "The Ferry House", None),
            ("byline", "by salt_and_tin", None),
            ("disclaimer", "Disclaimer: The river is real. The people are not.", "Disclaimer"),
            ("note", "A/N: For everyone who asked what happened after the flood.", "A/N"),
            ("note", "A/N: Part two when the exams are over!", "A/N"),
        ],
    )


def novel(words: int) -> Analysis:
    """A long Analysis of ``words`` words or a little more: one paragraph of six people, over and over."""
    names = ["Halvard", "Imre", "Tomas", "Runa", "Sunniva", "Eskil"]
    paragraph = (
        "{{%s>%s|“Is [he:%s .7 %s .2] there, [%s:%s]?”}} asked [%s:%s], and [he:%s .95] looked over the "
        "grey water until the ferry had gone, and there was nothing on it but rain and "
        "[his:%s .55 %s .4] own two hands.\n\n"
    )
    count = words // 33 + 1
    block = []
    for i in range(count):
        a, b, c = names[i % 6], names[(i // 2 + 1) % 6], names[(i * 5 + 2) % 6]
        if b == a:
            b = names[(i + 3) % 6]
        if c in (a, b):
            c = next(n for n in names if n not in (a, b))
        block.append(paragraph % (a, b, c, a, b, b, a, a, a, a, b))
    return fake_analysis("".join(block), scenes=False, title="The Long Ferry")
