"""A pipeline that knows one story by heart, for tests of what stands around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from fabula.types import Analysis, CastMember, Producer, Story
from tests.support.fake import ferry, flat_syntax


def stand_in(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Story, Sequence[CastMember]]]:
    """Put a pipeline that needs no model in the place of the real one; the list collects what it is asked.

    It knows the ferry story; in any other it finds nobody.
    """
    asked: list[tuple[Story, Sequence[CastMember]]] = []

    def analyse(
        story: Story,
        *,
        cast: Sequence[CastMember] = (),
        progress: Callable[[str, float], None] | None = None,
        experimental: bool = False,
    ) -> Analysis:
        asked.append((story, cast))
        if progress:
            progress("deciding", 1.0)
        if story.text == ferry().story.text:
            return ferry()
        return Analysis(Producer("0", "none"), story, flat_syntax(story), (), (), (), ())

    monkeypatch.setattr("fabula.pipeline.analyse", analyse)
    return asked
