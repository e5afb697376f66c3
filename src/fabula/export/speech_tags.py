"""What a performance with voices can do without: bare speech tags ("said Imre quietly"), labels ("IMRE:")."""

from __future__ import annotations

import re
from bisect import bisect_left

from fabula.export.token_ranges import Places, TokenRanges
from fabula.types import Analysis

_GOES_ON = re.compile(r"\((?:CONT['’]?D|MORE|V\.?O\.?|O\.?S\.?)\)", re.IGNORECASE)
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
        # What names the speaker before the line, without a verb of speech, is a label.
        self._labels = sorted(
            (m.start, m.end)
            for q in analysis.quotes
            if q.cue is None and q.mention is not None and (m := mentions.get(q.mention)) is not None
            if m.end <= q.start
        )
        self._named = {q.id: mentions.get(q.mention) for q in analysis.quotes if q.mention is not None}

    def bare(self, start: int, end: int, before: bool, after: bool) -> tuple[int, int] | None:
        """The bare tag in the narration ``start..end`` (code points), None if there is none.

        ``before`` and ``after`` say whether a quote stands before and after the stretch. A tag runs from the
        quote to the end of the sentence of its verb of speech, or from its beginning to the quote. Only what
        consists of the verb, the words that name the speaker, adverbs and marks counts: nothing is lost.
        """
        if self._is_label(start, end):
            return start, end
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

    def _is_label(self, start: int, end: int) -> bool:
        """Whether the stretch is what heads a line: a name and perhaps a time, "Sam (10:16):"."""
        place = bisect_left(self._labels, (start, start))
        if place == len(self._labels) or self._labels[place][1] > end:
            return False
        a, b = self._labels[place]
        text = self._analysis.story.text
        return not any(map(str.isalpha, text[start:a] + _GOES_ON.sub("", text[b:end])))

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
