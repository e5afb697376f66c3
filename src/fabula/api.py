"""The functions behind ``fabula.read``, ``fabula.read_text`` and ``fabula.load``."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from fabula.reading import Reading
from fabula.types import CastMember, Story

Progress = Callable[[str, float], None]
"""Called with the name of a stage and how much of it is done, in [0, 1]."""

Cast = str | os.PathLike[str] | Sequence[CastMember]


def read(
    path: str | os.PathLike[str],
    *,
    cast: Cast | None = None,
    progress: Progress | None = None,
    experimental: bool = False,
) -> Reading:
    """Read the story in the file ``path``.

    ``cast`` is a cast file or its people: what is known of the characters, and will not be overruled.
    ``experimental`` adds the kinds of acts and feelings that docs/ledger.md calls so.
    Raises InputError (the story cannot be read), CastError, ModelError; all are FabulaErrors.
    """
    from fabula.text import read_file

    people = cast_members(cast)
    return analyse(read_file(os.fspath(path)), cast=people, progress=progress, experimental=experimental)


def read_text(
    text: str, *, cast: Cast | None = None, progress: Progress | None = None, experimental: bool = False
) -> Reading:
    """Read a story given as text. Options and errors are those of ``read``."""
    from fabula.text import read_text as story_of

    people = cast_members(cast)
    return analyse(story_of(text), cast=people, progress=progress, experimental=experimental)


def load(path: str | os.PathLike[str]) -> Reading:
    """The reading in a JSON file that ``Reading.save``, ``fabula read -o`` or another program wrote.

    Raises InputError if the file cannot be read, ContractError if it does not follow the contract.
    """
    return Reading.load(path)


def analyse(
    story: Story,
    *,
    cast: Sequence[CastMember] = (),
    progress: Progress | None = None,
    experimental: bool = False,
) -> Reading:
    """Read a story whose text is taken apart already."""
    from fabula import pipeline

    return Reading(pipeline.analyse(story, cast=cast, progress=progress, experimental=experimental))


def cast_members(cast: Cast | None) -> tuple[CastMember, ...]:
    """The people of a cast file, or those given. Raises CastError."""
    if cast is None:
        return ()
    if isinstance(cast, str | os.PathLike):
        from fabula.cast import read_cast

        return read_cast(cast)
    return tuple(cast)
