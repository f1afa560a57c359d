"""Figures: `cdd.plot.timeline("USA")` and others. Each draws on the axes given, or on new ones, and returns them.

Colours are told apart by colour-blind readers and, by lightness, hatching or marker, in grey print. Needs matplotlib
(`pip install 'china-defence-dialogues[plot]'`).
"""

from __future__ import annotations

from .grids import heatmap, levels_over_time, sidedness
from .maps import venues
from .ties import ties
from .timelines import first_since_gaps, timeline

__all__ = ["first_since_gaps", "heatmap", "levels_over_time", "sidedness", "ties", "timeline", "venues"]
