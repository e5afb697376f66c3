"""Beliefs about direct speech: who speaks each quote and to whom."""

from __future__ import annotations

from dataclasses import dataclass

from fabula.resolve.coref import Distribution
from fabula.types import Ints, QuoteKind, QuoteType, Span


@dataclass(frozen=True, slots=True)
class SpeechBeliefs:
    """Per quote of ``Story.quotes``, columns of one length.

    ``speaker`` and ``addressee`` are distributions over entities, best first; what is missing to 1 is nobody
    known. ``addressees`` are the decided ones. ``mention`` (n_quotes,) is the mention that names the speaker
    or -1; ``cue`` the speech verb.
    """

    speaker: tuple[Distribution, ...]
    addressee: tuple[Distribution, ...]
    addressees: tuple[tuple[int, ...], ...]
    type: tuple[QuoteType, ...]
    kind: tuple[QuoteKind, ...]
    mention: Ints
    cue: tuple[Span | None, ...]
