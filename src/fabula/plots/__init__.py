"""Plots as SVG: intervals drawn, empty bins blank, every point named by its passage."""

from __future__ import annotations

from fabula.plots.draw import PLOTS, draw

__all__ = ["PLOTS", "draw"]
