"""The plots of a reading by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fabula.plots.bonds import bonds_plot
from fabula.plots.feelings import feelings_plot
from fabula.plots.presence import presence_plot
from fabula.reading import Reading

PLOTS: dict[str, Callable[[Reading, Sequence[int]], str]] = {
    "bonds": bonds_plot,
    "feelings": feelings_plot,
    "presence": presence_plot,
}


def draw(reading: Reading, what: str, people: Sequence[int] = ()) -> str:
    """The plot ``what`` of PLOTS as SVG, about ``people`` (entity ids; all if none). Raises KeyError."""
    return PLOTS[what](reading, people)
