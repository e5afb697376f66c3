"""Names whole to the hyphen: "Ok" is a part of "Ok-hee", "Arai" of "Arai-kun".

The tokens of UD English part words at hyphens, and the detector, whose data has few such names, may stop
there.
"""

from __future__ import annotations

import numpy as np

from fabula.heads.mentions import WindowMentions
from fabula.lexicon.gender import UNKNOWN, noun_gender
from fabula.lexicon.name_titles import TITLES
from fabula.lexicon.words import words
from fabula.types import ENTITY_TYPES, MENTION_KINDS, Ints, Story

_PERSON = ENTITY_TYPES.index("PER")
_NAME, _DESCRIPTION = MENTION_KINDS.index("PROP"), MENTION_KINDS.index("NOM")
_HYPHENS = frozenset("-‐‑")
_LONGEST = 9
"""Letters of what may stand behind a hyphen in a name: "seonbae", "shixiong"."""
_NO_PART = words(
    """
    like style styled esque ish born built made based led haired eyed free wide shaped sized speaking loving
    hating era type typed faced level bound owned side sided ward wards wise proof only self clad in law to
    up off on at by out and of the or for with induced related approved inspired themed adjacent worthy
    coloured colored blooded minded hearted dressed scented haunted obsessed fearing
    """
)
"""What a hyphen adds to a name without being part of it: "Tara-built"."""


_PREFIXES = words(
    """
    ex vice great grand step half co anti non self post pre sub under over mid pro semi arch all
    """
)
"""What stands before a hyphen and begins no name: "Great-grandmother"."""


class Hyphens:
    """Where the words of a story that have hyphens begin and end. ``text``: its tokens' texts."""

    def __init__(self, story: Story) -> None:
        """Note which tokens touch the next. Linear in tokens."""
        self.text = [story.token_text(i) for i in range(len(story.tokens))]
        self._touch = story.tokens.end[:-1] == story.tokens.start[1:]

    def end(self, b: int) -> int:
        """Where a name ends whose last token before a hyphen is ``b`` - 1; all in tokens of the story."""
        if not self.text[b - 1][:1].isupper():
            return b
        while b + 1 < len(self.text) and self._touch[b - 1] and self._touch[b] and self._is_tail(b + 1):
            b += 2
        return b

    def start(self, a: int) -> int:
        """Where a name begins of which token ``a`` may be what stands behind a hyphen."""
        first = a
        while a >= 2 and self._touch[a - 1] and self._touch[a - 2] and self._is_tail(a):
            a -= 2
        head = self.text[a]
        return a if head[:1].isupper() and head.lower() not in _PREFIXES else first

    def _is_tail(self, t: int) -> bool:
        word = self.text[t]
        return (
            self.text[t - 1] in _HYPHENS
            and word.isalpha()
            and word.islower()
            and len(word) <= _LONGEST
            and word not in _NO_PART
        )

    def _is_no_word(self, t: int) -> bool:
        word = self.text[t].lower()
        return word not in TITLES and noun_gender(word) == UNKNOWN

    def whole(self, at: int, room: Ints, m: WindowMentions) -> WindowMentions:
        """A window's mentions, whose token 0 is the story's ``at``, with persons' names whole.

        Of two that become one the surer stays. ``room`` (n,): tokens left in each token's sentence.
        """
        start, end, kind = m.start.tolist(), m.end.tolist(), m.kind.tolist()
        best: dict[tuple[int, int], int] = {}
        moved = False
        for k in np.flatnonzero(
            (m.type == _PERSON) & ((m.kind == _NAME) | (m.kind == _DESCRIPTION))
        ).tolist():
            a, b = start[k], end[k]
            if kind[k] == _NAME or (b == a + 1 and self._is_no_word(a + at)):
                a = max(self.start(a + at) - at, 0)
            if kind[k] == _NAME or a < start[k]:
                b = min(self.end(b + at) - at, a + int(room[a]))
            if (a, b) != (start[k], end[k]) and b >= end[k]:
                start[k], end[k], kind[k], moved = a, b, _NAME, True
        if not moved:
            return m
        for k, span in enumerate(zip(start, end, strict=True)):
            if span not in best or m.score[k] > m.score[best[span]]:
                best[span] = k
        order = sorted(best.values(), key=lambda k: (start[k], -end[k]))
        return WindowMentions(
            np.asarray(start, np.int32)[order],
            np.asarray(end, np.int32)[order],
            m.type[order],
            np.asarray(kind, np.int32)[order],
            m.score[order],
        )
