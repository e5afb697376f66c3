"""A few words around a decision, so that a reader knows the place."""

from __future__ import annotations

from bisect import bisect_right

from rich.text import Text

from fabula.cli.safe import one_line
from fabula.doubts import Doubt
from fabula.reading import Reading


class Excerpts:
    """Makes excerpts of about ``room`` columns; a pronoun or name in question stands in [brackets]."""

    def __init__(self, reading: Reading, room: int) -> None:
        self._text = reading.text
        self._room = room
        self._sentences = [s.start for s in reading.analysis.story.sentences]
        self._paragraphs = [p.end for p in reading.analysis.story.paragraphs]

    def of(self, doubt: Doubt) -> Text:
        """The words around ``doubt``, on one line: to the end of its paragraph or a little more than fits."""
        start, end = doubt.decision.start, doubt.decision.end
        place = bisect_right(self._paragraphs, start)
        close = self._paragraphs[place] if place < len(self._paragraphs) else len(self._text)
        words = self._text[start : min(end, start + 2 * self._room)]
        after = self._text[end : max(min(close, end + 2 * self._room), end)]
        if doubt.decision.kind == "speaker":
            return Text(one_line(words + after))
        sentence = bisect_right(self._sentences, start) - 1
        begin = self._sentences[sentence] if sentence >= 0 else 0
        # The word itself must be seen, so at most half of the room goes to what stands before it.
        most = max((self._room - len(words)) // 2 - 2, 0)
        cut = start - begin > most
        before = self._text[start - most if cut else begin : start]
        if cut and " " in before[:-1]:
            before = before.split(" ", 1)[1]
        # The bars keep the spaces at the edges through the tidying.
        left, right = one_line(f"|{before}|")[1:-1].lstrip(), one_line(f"|{after}|")[1:-1].rstrip()
        return Text.assemble(
            "…" * cut, left, ("[", "dim"), (one_line(words), "underline"), ("]", "dim"), right
        )
