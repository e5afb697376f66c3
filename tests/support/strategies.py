"""Hypothesis strategies for analyses: any valid one, as odd as the contract lets it be."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from fabula.types import (
    ENTITY_TYPES,
    MARK_KINDS,
    MENTION_KINDS,
    Act,
    Alias,
    Analysis,
    Bond,
    BondScene,
    Candidate,
    CastHint,
    Emotion,
    Entity,
    Interval,
    Mark,
    Mention,
    Producer,
    Quote,
    QuoteSpan,
    Scene,
    Segment,
    Span,
    Syntax,
    Turn,
)
from tests.support.fake import flat_syntax, surface

characters = st.characters(blacklist_categories=("Cs",), blacklist_characters="\r")
strings = st.text(characters, max_size=12)
mark_kinds = st.sampled_from(MARK_KINDS)
probabilities = st.floats(0, 1)
_WORDS = st.sampled_from(
    ["Imre", "he", "“No.”", "«Si»", "— Oui.", "\n\n", "a\u0301", "\u202e", "\x1b[31m", "🜁", '"', "\\"]
)
texts = st.lists(st.one_of(_WORDS, strings), max_size=20).map(" ".join)


@st.composite
def spans(draw: st.DrawFn, length: int) -> Span:
    start = draw(st.integers(0, length - 1))
    return Span(start, draw(st.integers(start + 1, length)))


@st.composite
def analyses(draw: st.DrawFn) -> Analysis:
    """Any valid Analysis."""
    text = draw(texts)
    length = len(text)
    ids = draw(st.lists(st.integers(0, 2**31 - 1), unique=True, max_size=4))
    entity = st.sampled_from([None, *ids])
    some = st.lists(st.sampled_from(ids), unique=True, max_size=3).map(tuple) if ids else st.just(())
    scene_ids = draw(st.lists(st.integers(0, 99), unique=True, max_size=3)) if length else []

    def many(strategy: st.SearchStrategy[Any], most: int = 4) -> tuple[Any, ...]:
        return tuple(draw(st.lists(strategy, max_size=most))) if length else ()

    candidates = st.lists(probabilities, max_size=len(ids)).map(
        lambda ps: tuple(Candidate(e, p) for e, p in zip(ids, sorted(ps, reverse=True), strict=False))
    )

    @st.composite
    def mention(draw: st.DrawFn, number: int) -> Mention:
        span = draw(spans(length))
        head_start = draw(st.integers(span.start, span.end - 1))
        head = Span(head_start, draw(st.integers(head_start + 1, span.end)))
        kinds = draw(st.sampled_from(ENTITY_TYPES)), draw(st.sampled_from(MENTION_KINDS))
        return Mention(
            number, span.start, span.end, head, *kinds, draw(entity), draw(probabilities), draw(candidates)
        )

    count = draw(st.integers(0, 5)) if length else 0
    mentions = tuple(draw(mention(2 * i)) for i in range(count))
    quotes = _quotes(draw, text, entity, some, [m.id for m in mentions], candidates) if length else ()
    channel, flag = st.sampled_from(["narration", "speech"]), st.booleans()
    acts = many(
        st.tuples(strings, entity, entity, spans(length), spans(length), channel, flag, flag, probabilities)
    )
    valence = st.floats(-1, 1)
    emotions = many(st.tuples(entity, strings, valence, spans(length), channel, flag, flag, probabilities))
    story = surface(
        text,
        _segments(draw, length, entity),
        title=draw(st.none() | strings),
        author=draw(st.none() | strings),
        language=draw(st.none() | st.just("en")),
        declared_language=draw(st.none() | strings),
        format=draw(strings),
        metadata=draw(st.dictionaries(strings, st.lists(strings, max_size=2).map(tuple), max_size=2)),
        quotes=_quote_spans(text, quotes),
        archive=draw(st.none() | strings),
        hints=tuple(
            CastHint(kind, tag, tuple(names), bond)
            for kind, tag, names, bond in draw(
                st.lists(
                    st.tuples(
                        st.sampled_from(["character", "relationship"]),
                        strings,
                        st.lists(strings, max_size=2),
                        st.sampled_from(["romantic", "platonic", None]),
                    ),
                    max_size=2,
                )
            )
        ),
        marks=tuple(Mark(s.start, s.end, kind) for s, kind in many(st.tuples(spans(length), mark_kinds))),
    )
    return Analysis(
        producer=Producer(
            draw(strings), draw(strings), draw(st.dictionaries(strings, st.integers() | strings))
        ),
        story=story,
        syntax=_syntax(draw, flat_syntax(story)),
        mentions=mentions,
        entities=tuple(_entity(draw, number, mentions, some, ids) for number in ids),
        quotes=quotes,
        events=many(spans(length)),
        acts=tuple(Act(i, *fields) for i, fields in enumerate(acts)),
        emotions=tuple(Emotion(i, *fields) for i, fields in enumerate(emotions)),
        scenes=tuple(Scene(i, s.start, s.end, draw(some)) for i in scene_ids for s in [draw(spans(length))]),
        bonds=(_bond(draw, ids[0], ids[1], scene_ids, length),) if len(ids) > 1 and length else (),
    )


def _segments(draw: st.DrawFn, length: int, entity: st.SearchStrategy[int | None]) -> list[Segment]:
    cuts = sorted(draw(st.sets(st.integers(0, length), max_size=5)))
    kind, label = st.sampled_from(["body", "letter", "note", "scene_break"]), st.none() | strings
    ends = pairwise(cuts)
    return [Segment(draw(kind), a, b, draw(label), draw(entity)) for a, b in ends]


def _syntax(draw: st.DrawFn, flat: Syntax) -> Syntax:
    return Syntax(
        lemma=tuple(draw(strings) for _ in flat.lemma),
        upos=flat.upos,
        xpos=flat.xpos,
        head=flat.head,
        deprel=flat.deprel,
    )


def _entity(
    draw: st.DrawFn,
    number: int,
    mentions: tuple[Mention, ...],
    some: st.SearchStrategy[tuple[int, ...]],
    ids: list[int],
) -> Entity:
    counts = st.integers(0, 2**31 - 1)
    return Entity(
        id=number,
        name=draw(strings),
        aliases=tuple(Alias(t, c) for t, c in draw(st.lists(st.tuples(strings, counts), max_size=2))),
        type=draw(st.sampled_from(ENTITY_TYPES)),
        number=draw(st.sampled_from(["sing", "plur", None])),
        pronouns=draw(st.dictionaries(strings, counts, max_size=3)),
        role=draw(st.sampled_from(["narrator", "group", None])),
        members=tuple(e for e in draw(some) if e != number),
        mention_count=sum(m.entity == number for m in mentions),
    )


def _quotes(
    draw: st.DrawFn,
    text: str,
    entity: st.SearchStrategy[int | None],
    some: st.SearchStrategy[tuple[int, ...]],
    mentions: list[int],
    candidates: st.SearchStrategy[tuple[Candidate, ...]],
) -> tuple[Quote, ...]:
    """Quotes between cuts of the text, some with another inside them."""
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    shapes: list[tuple[int, int, int | None]] = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        shapes.append((start, end, None))
        if end - start > 2 and draw(st.booleans()):
            shapes.append((start + 1, end - 1, len(shapes) - 1))
    return tuple(
        Quote(
            id=10 * i,
            start=start,
            end=end,
            kind=draw(st.sampled_from(["speech", "thought", "writing"])),
            type=draw(st.sampled_from(["explicit", "anaphoric", "implicit"])),
            speaker=draw(entity),
            addressees=draw(some),
            mention=draw(st.sampled_from([None, *mentions])),
            cue=draw(st.none() | spans(len(text))),
            parent=None if parent is None else 10 * parent,
            confidence=draw(probabilities),
            addressee_confidence=draw(st.none() | probabilities),
            candidates=draw(candidates),
        )
        for i, (start, end, parent) in enumerate(shapes)
    )


def _quote_spans(text: str, quotes: tuple[Quote, ...]) -> tuple[QuoteSpan, ...]:
    """The spans as they can be seen in the text: the contract does not carry their style."""
    from fabula.contract.load import quote_span

    return tuple(
        quote_span(text, q.start, q.end, None if q.parent is None else q.parent // 10) for q in quotes
    )


def _bond(draw: st.DrawFn, a: int, b: int, scenes: list[int], length: int) -> Bond:
    numbers = st.floats(-1e9, 1e9)
    interval = st.none() | st.lists(numbers, min_size=3, max_size=3).map(
        lambda xs: Interval(value=sorted(xs)[1], low=min(xs), high=max(xs))
    )
    counts = st.tuples(st.integers(0, 99), st.integers(0, 99))
    return Bond(
        a=a,
        b=b,
        scenes=tuple(
            BondScene(s, draw(st.dictionaries(strings, counts, max_size=2)), draw(counts), draw(interval))
            for s in scenes
        ),
        asymmetry=draw(interval),
        turns=tuple(
            Turn(s.start, s.end, draw(st.none() | probabilities))
            for s in draw(st.lists(spans(length), max_size=2))
        ),
    )
