"""``spacy``: a DocBin of one Doc, with the reading in its attributes and spans.

``Doc.from_docbin`` of ``DocBin().from_disk(FILE).get_docs(vocab)`` gives a Doc whose text is the story's,
blanks included (as tokens of their own where they are more than a space). ``doc.spans["mentions"]`` and
``doc.spans["quotes"]`` have the labels PER … and speech …; ``span.id_`` is the entity's id of a mention, the
speaker's of a quote; ``doc.spans["marks"]`` are emphasis, block quotes and their like. ``doc.ents`` are the
names. ``register()`` declares the custom attributes:
``doc._.fabula`` (story, entities, scenes), ``span._.entity``, ``span._.confidence``, ``span._.kind``,
``span._.speaker``, ``span._.addressees``, ``token._.event``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.export.request import Files, Request, needs
from fabula.export.voices import display_name
from fabula.types import Analysis

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SPAN = ("entity", "confidence", "kind", "speaker", "addressees")
_TAGS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
    "SCONJ", "SYM", "VERB", "X", "SPACE",
)  # fmt: skip


def write(analysis: Analysis, request: Request) -> Files:
    """One file. Raises OutputError if spaCy is missing."""
    try:
        from spacy.tokens import DocBin
    except ImportError:
        raise needs("spacy", "spacy", "spacy", "spacy") from None
    register()
    docs = DocBin(
        attrs=[
            "ORTH",
            "SPACY",
            "LEMMA",
            "TAG",
            "POS",
            "HEAD",
            "DEP",
            "SENT_START",
            "ENT_IOB",
            "ENT_TYPE",
            "ENT_ID",
        ],
        store_user_data=True,
        docs=[_doc(analysis)],
    )
    return Files({f"{request.name}.spacy": docs.to_bytes()})


def register() -> None:
    """Declare the custom attributes, so that ``._.`` finds them."""
    from spacy.tokens import Doc, Span, Token

    Doc.set_extension("fabula", default=None, force=True)
    Token.set_extension("event", default=False, force=True)
    for name in _SPAN:
        Span.set_extension(name, default=None, force=True)


class _Words:
    """spaCy's tokens: those of the story, and one for every stretch between them but a single space."""

    def __init__(self, analysis: Analysis) -> None:
        text, tokens = analysis.story.text, analysis.story.tokens
        self.words: list[str] = []
        self.spaces: list[bool] = []
        self.own: list[int | None] = []
        self.starts: list[int] = []
        at = 0
        for i, (start, end) in enumerate(zip(tokens.start.tolist(), tokens.end.tolist(), strict=True)):
            self._between(text, at, start)
            self._add(text[start:end], start, i)
            at = end
        self._between(text, at, len(text))
        self.place = {own: i for i, own in enumerate(self.own) if own is not None}

    def _between(self, text: str, start: int, end: int) -> None:
        blanks = text[start:end]
        if blanks.startswith(" ") and self.words and not self.spaces[-1]:
            self.spaces[-1] = True
            blanks, start = blanks[1:], start + 1
        if blanks:
            self._add(blanks, start, None)

    def _add(self, word: str, start: int, own: int | None) -> None:
        self.words.append(word)
        self.spaces.append(False)
        self.own.append(own)
        self.starts.append(start)


def _doc(analysis: Analysis) -> Doc:
    import spacy
    from spacy.tokens import Doc

    words = _Words(analysis)
    syntax, story = analysis.syntax, analysis.story
    first = {words.place[a] for a, b in story.sentence_tokens.tolist() if b > a}
    sentence_of = {i: s for s, (a, b) in enumerate(story.sentence_tokens.tolist()) for i in range(a, b)}
    roots = [0] * len(words.words)
    for place, own in enumerate(words.own):
        head = place
        if own is not None:
            above = int(syntax.head[own])
            inside = above >= 0 and sentence_of[above] == sentence_of[own]
            head = words.place[above] if inside else place
        elif place:
            head = place - 1 if place not in first else place
        roots[place] = head

    def column(values: tuple[str, ...], blank: str) -> list[str]:
        return [blank if own is None else values[own] for own in words.own]

    doc = Doc(
        spacy.blank("en").vocab,
        words=words.words,
        spaces=words.spaces,
        lemmas=[
            w if own is None else syntax.lemma[own] for w, own in zip(words.words, words.own, strict=True)
        ],
        pos=[tag if tag in _TAGS else "X" for tag in column(syntax.upos, "SPACE")],
        tags=column(syntax.xpos, "_SP"),
        heads=roots,
        deps=[d or "dep" for d in column(syntax.deprel, "dep")],
    )
    assert doc.text == story.text
    names = {e.id: display_name(e) for e in analysis.entities}
    _spans(doc, analysis, names)
    for event in analysis.events:
        span = doc.char_span(event.start, event.end, alignment_mode="expand")
        for token in span or ():
            token._.event = True
    doc._.fabula = {
        "story": story.id,
        "title": story.title,
        "author": story.author,
        "metadata": {name: list(values) for name, values in story.metadata.items()},
        "entities": [
            {"id": e.id, "name": names[e.id], "type": e.type, "role": e.role, "mentions": e.mention_count}
            for e in analysis.entities
        ],
        "scenes": [
            {"start": s.start, "end": s.end, "characters": list(s.characters)} for s in analysis.scenes
        ],
    }
    return doc


def _spans(doc: Doc, analysis: Analysis, names: dict[int, str]) -> None:
    from spacy.util import filter_spans

    mentions, named = [], []
    for m in analysis.mentions:
        number = "" if m.entity is None else str(m.entity)
        span = doc.char_span(m.start, m.end, label=m.type, span_id=number, alignment_mode="expand")
        if span is None:
            continue
        span._.entity = None if m.entity is None else names[m.entity]
        span._.kind, span._.confidence = m.kind, m.confidence
        mentions.append(span)
        if m.kind == "PROP":
            named.append(span)
    quotes = []
    for q in analysis.quotes:
        number = "" if q.speaker is None else str(q.speaker)
        span = doc.char_span(q.start, q.end, label=q.kind, span_id=number, alignment_mode="expand")
        if span is None:
            continue
        span._.speaker = None if q.speaker is None else names[q.speaker]
        span._.addressees = [names[a] for a in q.addressees]
        span._.kind, span._.confidence = q.type, q.confidence
        quotes.append(span)
    marks = [
        doc.char_span(m.start, m.end, label=m.kind, alignment_mode="expand") for m in analysis.story.marks
    ]
    doc.spans["marks"] = [span for span in marks if span is not None]
    doc.spans["mentions"] = mentions
    doc.spans["quotes"] = quotes
    doc.ents = tuple(filter_spans(named))
