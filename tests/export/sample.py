"""A story with everything in it that a format may keep or lose."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache

from fabula.types import (
    Act,
    Analysis,
    Bond,
    BondScene,
    Emotion,
    Interval,
    Mark,
    MarkKind,
    Scene,
    Span,
    Turn,
)
from tests.support.fake import fake_analysis

MARKED = """\
The Lock-Keeper
by A. Reader

Chapter One

[Runa:Runa] opened the sluice at [Mossgate:Mossgate]. 🜁 {{Runa>Eskil|“Come down, [Eskil:Eskil],”}} \
[she:Runa .95] said quietly. {{Runa>Eskil|“The [Heron:Heron] is in.”}}

{{Eskil>Runa|“[You:Runa] said {{Runa>-|‘never’}} once,”}} [he:Eskil] told [her:Runa], \
and [he:? .4 Eskil .4] laughed.

{{Eskil>both|“Listen, [both of you:both].

“It is late.”}}
=
* * *

=SUM(1) was on the slate. {{->-|“Who’s there?”}} — {{Runa>Eskil|“Nobody.”}}

Chapter Two

{{Eskil>-|I could go,}} [he:Eskil] thought. & <b>not</b> markup [voice:x] [pause]

Dear [Runa:Runa],
I am gone to the sea.

THE END

A/N: Thanks for reading!
"""


@cache
def lock() -> Analysis:
    """Two chapters, two scenes, a thought, a letter, a quote over two paragraphs, one inside another.

    Emphasis stands alone, over a mention, and across the end of a quote; the letter is a block quote.
    """
    marked = MARKED.replace("\n=\n", "\n \n")
    # What looks like a mark of the fake stories but is the story's own.
    own = {"[voice:x]": "\ue001", "[pause]": "\ue002"}
    for words, stand_in in own.items():
        marked = marked.replace(words, stand_in * len(words))
    analysis = fake_analysis(
        marked,
        title="The Lock-Keeper",
        author="A. Reader",
        entities={
            "Runa": {},
            "Eskil": {},
            "both": {"number": "plur", "role": "group", "members": (0, 1)},
            "Mossgate": {"type": "GPE"},
            "Heron": {"type": "VEH"},
        },
        segments=[
            ("title", "The Lock-Keeper", None),
            ("byline", "by A. Reader", None),
            ("heading", "Chapter One", "Chapter One"),
            ("scene_break", "* * *", None),
            ("heading", "Chapter Two", "Chapter Two"),
            ("letter", "Dear Runa,\nI am gone to the sea.", None),
            ("end", "THE END", None),
            ("note", "A/N: Thanks for reading!", "A/N"),
        ],
        metadata={"Rating": ("Teen",), "Characters": ("Runa", "Eskil")},
    )
    text = analysis.story.text
    for words, stand_in in own.items():
        text = text.replace(stand_in * len(words), words)
    return _filled(analysis, text)


def _filled(analysis: Analysis, text: str) -> Analysis:
    def span(words: str, start: int = 0) -> Span:
        at = text.index(words, start)
        return Span(at, at + len(words))

    cut = text.index("* * *")
    segments = tuple(replace(s, narrator=1) if s.kind == "letter" else s for s in analysis.story.segments)
    types = {e.id: e.type for e in analysis.entities}
    said = span("said quietly")
    quotes = [
        replace(q, kind="thought") if text[q.start : q.end].startswith("I could") else q
        for q in analysis.quotes
    ]
    set_apart: tuple[tuple[Span, MarkKind], ...] = (
        (span("the sluice"), "emphasis"),
        (span("Mossgate"), "strong"),
        (span("down, Eskil,” she"), "emphasis"),
        (span("Dear Runa,\nI am gone to the sea."), "block_quote"),
    )
    her = next(m.id for m in analysis.mentions if text[m.start : m.end] == "she")
    quotes[0] = replace(quotes[0], cue=Span(said.start, said.start + 4), mention=her)
    upos = tuple(
        "ADV" if analysis.story.token_text(i) == "quietly" else tag
        for i, tag in enumerate(analysis.syntax.upos)
    )
    return replace(
        analysis,
        story=replace(
            analysis.story,
            text=text,
            id=hashlib.sha256(text.encode()).hexdigest(),
            segments=segments,
            marks=tuple(Mark(s.start, s.end, kind) for s, kind in set_apart),
        ),
        syntax=replace(analysis.syntax, upos=upos),
        mentions=tuple(
            replace(m, type=types[m.entity]) if m.entity is not None else m for m in analysis.mentions
        ),
        quotes=tuple(quotes),
        events=(span("opened"),),
        acts=(
            Act(0, "ask", 0, 1, span("Come down"), span("“Come down, Eskil,”"), "speech", False, True, 0.8),
        ),
        emotions=(Emotion(0, 1, "mirth", 0.7, span("laughed"), "narration", False, False, 0.6),),
        scenes=(
            Scene(0, text.index("Runa opened"), cut - 2, (0, 1)),
            Scene(1, text.index("=SUM"), text.index("Chapter Two") - 2, (0, 1)),
            Scene(2, text.index("I could"), text.index("THE END") - 2, (1,)),
        ),
        bonds=(
            Bond(
                0,
                1,
                (BondScene(0, {"ask": (1, 0)}, (2, 1), Interval(0.2, -0.1, 0.5)),),
                Interval(0.5, 0.2, 0.8),
                (Turn(cut, cut + 5, None),),
            ),
        ),
    )
