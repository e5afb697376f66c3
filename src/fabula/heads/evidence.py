"""The evidence of one story: everything the models have to say, before anything is decided."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from fabula.encoder.pieces import normalise, surface_flags
from fabula.encoder.weights import load_weights
from fabula.heads import mentions as mention_head
from fabula.heads import pairs as pair_head
from fabula.heads.acts import ActColumns, ActScores
from fabula.heads.articles import without_articles
from fabula.heads.bare_adjectives import people_among, with_adjectives
from fabula.heads.capitals import common_nouns, lone_words
from fabula.heads.false_names import persons_named
from fabula.heads.feelings import FeelingColumns, FeelingScores
from fabula.heads.hyphens import Hyphens
from fabula.heads.known_names import SCORE, Missed, NameKeeper
from fabula.heads.nested_names import sentences_left_out, untangled
from fabula.heads.pair_features import NEOPRONOUN_SETS, Anaphors, build_anaphors, head_offset
from fabula.heads.persons import PersonScorer
from fabula.heads.places import placed
from fabula.types import STORY_KINDS, Floats, Ints, MentionSpans, Story, Syntax

if TYPE_CHECKING:
    from pathlib import Path

    from fabula.encoder.session import Encoder
    from fabula.encoder.weights import Weights
    from fabula.heads.syntax import SyntaxHead

Progress = Callable[[str, float], None]
EVENT_THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each token stands, columns (n_tokens,): its sentence, paragraph and innermost quote (-1 outside).

    ``told`` is 1 where the token belongs to the story and 0 in paratext. ``quote_tokens`` (n_quotes, 2) are
    the quotes as token ranges.
    """

    sentence: Ints
    paragraph: Ints
    quote: Ints
    told: Ints
    quote_tokens: Ints


@dataclass(frozen=True, slots=True)
class Evidence:
    """Scored candidates of a story.

    ``pairs`` scores mentions, then quotes, against mentions; ``persons`` answers questions about people, and
    is None where the model has no branch for it.
    """

    layout: Layout
    mentions: MentionSpans
    event_tokens: Ints
    syntax: Syntax
    anaphors: Anaphors
    pairs: pair_head.PairScorer
    persons: PersonScorer | None = None
    feelings: FeelingScores | None = None
    acts: ActScores | None = None


def lay_out(story: Story) -> Layout:
    """Columns of where each token stands."""
    n = len(story.tokens)
    start = story.tokens.start
    sentence = np.zeros(n, dtype=np.int32)
    if len(story.sentence_tokens):
        widths = story.sentence_tokens[:, 1] - story.sentence_tokens[:, 0]
        sentence = np.repeat(np.arange(len(widths), dtype=np.int32), widths)
    edges = np.asarray([p.start for p in story.paragraphs], dtype=np.int64)
    paragraph = (np.searchsorted(edges, start, side="right") - 1).astype(np.int32)
    ranges = np.asarray([(q.start, q.end) for q in story.quotes], dtype=np.int64).reshape(-1, 2)
    quote_tokens = np.searchsorted(start, ranges).astype(np.int32)
    quote = np.full(n, -1, dtype=np.int32)
    for k, (a, b) in enumerate(quote_tokens.tolist()):
        quote[a:b] = k
    told = np.zeros(n, dtype=np.int32)
    for s in story.segments:
        if s.kind in STORY_KINDS:
            a, b = np.searchsorted(start, [s.start, s.end])
            told[a:b] = 1
    return Layout(sentence, paragraph, quote, told, quote_tokens)


@lru_cache(maxsize=2)
def _reader_weights(folder: Path) -> Weights:
    return load_weights(folder / "reader.npz")


class _QuotePool:
    """Gathers the raw span input of quotes, which may run over windows."""

    def __init__(self, quote_tokens: Ints, width: int) -> None:
        q = len(quote_tokens)
        self.start = quote_tokens[:, 0]
        self.last = np.maximum(quote_tokens[:, 1] - 1, self.start)
        self.stop = np.minimum(quote_tokens[:, 1], self.start + pair_head.QUOTE_REACH)
        self.first_x, self.last_x = np.zeros((q, width), np.float32), np.zeros((q, width), np.float32)
        self.sum_x, self.mass = np.zeros((q, width), np.float64), np.zeros(q)

    def add(self, w: Weights, start: int, x: Floats) -> None:
        """Take the token vectors ``x`` of tokens from ``start``."""
        end = start + len(x)
        logit = np.exp(
            np.clip((x @ w["pairs.attention.weight"].T + w["pairs.attention.bias"])[:, 0], -30, 30)
        )
        for mine, at in ((self.first_x, self.start), (self.last_x, self.last)):
            hit = np.flatnonzero((at >= start) & (at < end))
            mine[hit] = x[at[hit] - start]
        for q in np.flatnonzero((self.start < end) & (self.stop > start)).tolist():
            a, b = max(int(self.start[q]) - start, 0), min(int(self.stop[q]) - start, len(x))
            self.sum_x[q] += logit[a:b] @ x[a:b]
            self.mass[q] += logit[a:b].sum()

    def raw(self) -> Floats:
        """(q, 3 * width)."""
        pooled = self.sum_x / np.maximum(self.mass, 1e-9)[:, None]
        return np.concatenate([self.first_x, self.last_x, pooled.astype(np.float32)], axis=1)


def gather(
    story: Story,
    encoder: Encoder,
    folder: Path,
    progress: Progress | None = None,
    known: Collection[str] = (),
    *,
    every_name: bool = False,
) -> Evidence:
    """Run the encoder over a story and every head over its windows.

    ``known``: words of names that are people's, whatever the text suggests. ``every_name``: what is taken for
    a person's name stays, even where it seems to be nobody's.
    """
    w = _reader_weights(folder)
    layout = lay_out(story)
    n = len(story.tokens)
    syntax = _SyntaxColumns(story, folder)
    feelings = FeelingColumns(n, folder)
    acts = ActColumns.of(layout.quote, layout.sentence, layout.told, folder)
    ends = _mention_ends(story, layout)
    width = w["events.hidden.weight"].shape[1]
    quotes = _QuotePool(layout.quote_tokens, width)
    found: list[mention_head.WindowMentions] = []
    offsets: list[int] = []
    vectors: list[Floats] = []
    events: list[Ints] = []
    neopronouns = find_neopronouns(story)
    hyphens = Hyphens(story)
    names = NameKeeper(story, w, hyphens)
    plain = [normalise(t) for t in hyphens.text]
    low = [t.lower() for t in plain]
    for hidden in encoder.windows(story):
        x, start, end = hidden.reader, hidden.start, hidden.end
        at = np.arange(start, end)
        room = np.where(layout.told[start:end] > 0, np.minimum(ends[start:end], end) - at, 0)
        m = sentences_left_out(hyphens.text[start:end], mention_head.find_mentions(w, x, room))
        m = hyphens.whole(start, room, m)
        m = with_adjectives(low[start:end], m, room)
        here = neopronouns[(neopronouns >= start) & (neopronouns < end)] - start
        m = mention_head.with_pronouns(m, here[room[here] > 0])
        raw = pair_head.pool_spans(w, x, m.start, m.end)
        vectors.append(pair_head.mention_vectors(w, raw))
        found.append(m)
        offsets.append(start)
        names.add(start, x, room, m)
        p = mention_head.event_probability(w, x)
        events.append(
            (np.flatnonzero((p > EVENT_THRESHOLD) & (layout.told[start:end] > 0)) + start).astype(np.int32)
        )
        quotes.add(w, start, x)
        syntax.add(start, end, hidden.syntax)
        feelings.add(hidden)
        acts.add(start, end, hidden.ledger, hidden.syntax)
        if progress:
            progress("reading", end / n)
    columns = syntax.columns()
    missed = names.missed()
    order, found = _with_missed(found, offsets, missed)
    spans = _join(story, found, [0], columns)
    spans = replace(spans, kind=names.kinds(spans.token_start, spans.token_end, spans.type, spans.kind))
    lone = lone_words(story, hyphens.text)
    kind, keep = common_nouns(story, hyphens.text, lone, columns, spans)
    spans = replace(spans, kind=kind, type=placed(hyphens.text, lone, columns, spans))
    keep &= untangled(hyphens.text, spans) & people_among(low, columns, spans)
    spans, order = _only(spans, keep), order[keep]
    if not every_name:
        keep = persons_named(story, hyphens.text, columns, spans, folder, known, names.heads)
        spans, order = _only(spans, keep), order[keep]
        spans, keep = without_articles(hyphens.text, columns, spans)
        spans, order = _only(spans, keep), order[keep]
    mentions = np.concatenate([*vectors, missed.vectors])[order]
    g = np.concatenate([mentions, pair_head.quote_vectors(w, quotes.raw())])
    anaphors = build_anaphors(
        plain,
        spans.token_start, spans.token_end, spans.type, spans.kind,
        layout.quote_tokens[:, 0].clip(max=max(n - 1, 0)), layout.quote_tokens[:, 1],
        layout.sentence, layout.paragraph, layout.quote,
    )  # fmt: skip
    event_tokens = np.concatenate([np.zeros(0, np.int32), *events])
    pairs = pair_head.PairScorer(w, g, anaphors)
    persons = _person_scorer(story, encoder, folder)
    return Evidence(
        layout, spans, event_tokens, columns, anaphors, pairs, persons, feelings.scores(), acts.scores()
    )  # fmt: skip


def _only(m: MentionSpans, keep: npt.NDArray[np.bool_]) -> MentionSpans:
    return MentionSpans(
        token_start=m.token_start[keep],
        token_end=m.token_end[keep],
        head_token=m.head_token[keep],
        type=m.type[keep],
        kind=m.kind[keep],
        score=m.score[keep],
    )


def _mention_ends(story: Story, layout: Layout) -> Ints:
    """Where a mention that begins at each token must end at the latest (n_tokens,): its sentence, its quote.

    Without the latter, “Ma,” said Lorelle is one name now and then. None begins at a mark that opens a quote,
    or holds the one that closes it.
    """
    if not len(story.tokens):
        return np.zeros(0, np.int32)
    ends = story.sentence_tokens[layout.sentence, 1]
    if not story.quotes:
        return np.asarray(ends, dtype=np.int32)
    final = [story.token_text(max(0, t - 1)) if t else "" for t in layout.quote_tokens[:, 1].tolist()]
    closed = np.asarray(
        [q.closed and not any(map(str.isalnum, x)) for q, x in zip(story.quotes, final, strict=True)],
        dtype=np.int32,
    )
    last = np.where(layout.quote >= 0, (layout.quote_tokens[:, 1] - closed)[layout.quote], len(story.tokens))
    marks = [t for t in layout.quote_tokens[:, 0].tolist() if not any(map(str.isalnum, story.token_text(t)))]
    last[marks] = 0
    return np.asarray(np.minimum(ends, last), dtype=np.int32)


def _person_scorer(story: Story, encoder: Encoder, folder: Path) -> PersonScorer | None:
    if not getattr(encoder, "reads_persons", False):
        return None
    tokens = (story.token_text(i) for i in range(len(story.tokens)))
    p = encoder.pieces.encode(tokens, *surface_flags(story))  # type: ignore[attr-defined]
    return PersonScorer(encoder, _person_weights(folder), (p.ids, p.features, p.first))  # type: ignore[arg-type]


@lru_cache(maxsize=2)
def _person_weights(folder: Path) -> Weights:
    return load_weights(folder / "persons.npz")


def find_neopronouns(story: Story) -> Ints:
    """Tokens that are neopronouns, of sets that the story uses in two forms and three times at least.

    The detector has never met them; their forms alone tell, once a story uses a set as one ("em" by itself
    is somebody dropping the "th").
    """
    low = [story.token_text(i).lower() for i in range(len(story.tokens))]
    found: list[int] = []
    for forms in NEOPRONOUN_SETS:
        at = [i for i, t in enumerate(low) if t in forms]
        if len(at) >= 3 and len({low[i] for i in at}) >= 2:
            found += at
    return np.asarray(sorted(found), dtype=np.int32)


def pair_head_width(w: Weights) -> int:
    """Width of a span vector."""
    return int(w["pairs.mention_span.weight"].shape[0])


def _with_missed(
    found: list[mention_head.WindowMentions], offsets: list[int], missed: Missed
) -> tuple[Ints, list[mention_head.WindowMentions]]:
    """All windows' mentions and the missed names as one, in text order; and where each stood before."""
    n = len(missed.start)
    empty = np.zeros(0, np.int32)
    start = np.concatenate([empty, *[m.start + o for m, o in zip(found, offsets, strict=True)], missed.start])
    end = np.concatenate([empty, *[m.end + o for m, o in zip(found, offsets, strict=True)], missed.end])
    order = np.lexsort((-end, start))
    none = np.zeros(n, np.int32)

    def column(name: str, last: Ints | Floats) -> Ints:
        return np.concatenate([*[getattr(m, name) for m in found], last])[order]

    together = mention_head.WindowMentions(
        start[order].astype(np.int32), end[order].astype(np.int32),
        column("type", none).astype(np.int32), column("kind", none).astype(np.int32),
        column("score", np.full(n, SCORE, np.float32)).astype(np.float32),
    )  # fmt: skip
    return order.astype(np.int32), [together]


def _join(
    story: Story, found: list[mention_head.WindowMentions], offsets: list[int], syntax: Syntax
) -> MentionSpans:
    empty = np.zeros(0, np.int32)
    start = np.concatenate([empty, *[m.start + o for m, o in zip(found, offsets, strict=True)]]).astype(
        np.int32
    )
    end = np.concatenate([empty, *[m.end + o for m, o in zip(found, offsets, strict=True)]]).astype(np.int32)
    head = np.empty_like(start)
    for k, (a, b) in enumerate(zip(start.tolist(), end.tolist(), strict=True)):
        outside = [t for t in range(a, b) if not a <= syntax.head[t] < b] if len(syntax.head) else []
        head[k] = (
            outside[0]
            if len(outside) == 1
            else a + head_offset([story.token_text(t).lower() for t in range(a, b)])
        )
    return MentionSpans(
        token_start=start,
        token_end=end,
        head_token=head,
        type=np.concatenate([empty, *[m.type for m in found]]).astype(np.int32),
        kind=np.concatenate([empty, *[m.kind for m in found]]).astype(np.int32),
        score=np.concatenate([np.zeros(0, np.float32), *[m.score for m in found]]).astype(np.float32),
    )


class _SyntaxColumns:
    """Collects the parse window by window; empty columns where the model has no syntax branch."""

    def __init__(self, story: Story, folder: Path) -> None:
        self._story = story
        self._head = _syntax_head(folder)
        n = len(story.tokens) if self._head else 0
        self._upos, self._xpos, self._deprel = (np.zeros(n, np.int32) for _ in range(3))
        self._arc = np.full(n, -1, np.int32)

    def add(self, start: int, end: int, x: Floats | None) -> None:
        """Parse the sentences, or the parts of sentences, in tokens [start, end)."""
        if self._head is None or x is None:
            return
        ranges = self._story.sentence_tokens
        lo = int(np.searchsorted(ranges[:, 1], start, side="right"))
        hi = int(np.searchsorted(ranges[:, 0], end, side="left"))
        here = np.clip(ranges[lo:hi], start, end) - start
        p = self._head.parse(x, here[here[:, 1] > here[:, 0]])
        self._upos[start:end], self._xpos[start:end], self._deprel[start:end] = p.upos, p.xpos, p.deprel
        self._arc[start:end] = np.where(p.head >= 0, p.head + start, -1)

    def columns(self) -> Syntax:
        """The parse of the whole story, with lemmas."""
        h = self._head
        if h is None:
            return Syntax((), (), (), self._arc, ())
        forms = [self._story.token_text(t) for t in range(len(self._arc))]
        return Syntax(
            lemma=tuple(h.lemmatiser.lemmas(forms, self._upos, self._xpos)),
            upos=tuple(h.upos[k] for k in self._upos.tolist()),
            xpos=tuple(h.xpos[k] for k in self._xpos.tolist()),
            head=self._arc,
            deprel=tuple(h.deprel[k] for k in self._deprel.tolist()),
        )


@lru_cache(maxsize=2)
def _syntax_head(folder: Path) -> SyntaxHead | None:
    if not (folder / "syntax.npz").exists():
        return None
    from fabula.heads.syntax import SyntaxHead

    return SyntaxHead.load(folder / "syntax.npz")
