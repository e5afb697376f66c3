"""The choices of a performance: who reads what, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reader = Literal["character", "narrator"]
Spoken = Literal["spoken", "omitted"]
Unknown = Literal["narrator", "unknown"]


@dataclass(frozen=True, slots=True)
class Choices:
    """How ``script``, ``ssml`` and ``ebook2audiobook`` treat what can be read in more than one way.

    ``thoughts`` and ``letters`` (letters and other writing): in the voice of who thinks or writes, or the
    narrator's. ``tags``: a bare "said Imre" is read or left out. ``unknown``: a line of an unknown speaker is
    the narrator's, or has the voice ``(unknown)`` of voices.csv. ``first_person``: a narrator who is a
    character is read in that character's voice, or in the narrator's. ``headings``: chapter headings are read
    or left out. ``paratext``: notes, summaries, disclaimers and their like are left out or read.
    """

    thoughts: Reader = "character"
    letters: Reader = "character"
    tags: Spoken = "spoken"
    unknown: Unknown = "narrator"
    first_person: Reader = "character"
    headings: Spoken = "spoken"
    paratext: Spoken = "omitted"
