"""Bare speech tags: "said Imre quietly", which a performance with voices can do without."""

from __future__ import annotations

from bisect import bisect_left

from fabula.export.token_ranges import Places, TokenRanges
from fabula.types import Analysis

_SMALL = frozenset({"ADV", "PUNCT", "SYM"})


class SpeechTags:
    """Finds in narration the stretches that say who speaks, and nothing else."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        story = analysis.story
        self._ranges = TokenRanges(story)
        self._sentences = [(s.start, s.end) for s in story.sentences]
        self._sentence_at = Places(self._sentences)
        cues = [(q.cue, q) for q in analysis.quotes if q.cue is not None]
        cues.sort(key=lambda pair: (pair[0].start, pair[0].end))
        self._cues = cues
        self._cue_starts = [cue.start for cue, _ in cues]
        mentions = {m.id: m for m in analysis.mentions}
        self._named = {q.id: mentions.get(q.mention) for q in analysis.quotes if q.mention is not None}

    def bare(self, start: int, end: int, before: bool, after: bool) -> tuple[int, int] | None:
        """The bare tag in the narration ``start..end`` (code points), None if there is none.

        ``before`` and ``after`` say whether a quote stands before and after the stretch. A tag runs from the
        quote to the end of the sentence of its verb of speech, or from its beginning to the quote. Only what
        consists of the verb, the words that name the speaker, adverbs and marks counts: nothing is lost.
        """
        place = bisect_left(self._cue_starts, start)
        if place == len(self._cues) or self._cues[place][0].end > end:
            return None
        cue, quote = self._cues[place]
        index = self._sentence_at.of(cue.start)
        first, last = self._sentences[index] if index is not None else (start, end)
        if before:
            tag = (start, min(end, max(last, cue.end)))
        elif after:
            tag = (max(start, min(first, cue.start)), end)
        else:
            return None
        return tag if self._says_only(tag, (cue.start, cue.end), quote.id) else None

    def _says_only(self, tag: tuple[int, int], cue: tuple[int, int], quote: int) -> bool:
        named = self._named.get(quote)
        allowed = [cue] if named is None else [cue, (named.start, named.end)]
        tokens = self._ranges.of(*tag)
        if named is None or tokens is None:
            return False
        story, upos = self._analysis.story, self._analysis.syntax.upos
        for i in range(*tokens):
            start, end = int(story.tokens.start[i]), int(story.tokens.end[i])
            if upos[i] not in _SMALL and not any(a <= start and end <= b for a, b in allowed):
                return False
        return True
