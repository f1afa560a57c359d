"""What all figures share: axes, colours, captions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import about
from ..analysis.frames import needs

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, FAINT, GROUND = "#222222", "#8a8a8a", "#ededed"
BLUE, ORANGE, SKY, DARK = "#0072B2", "#D55E00", "#9ecae8", "#08306b"
"""Of the Okabe–Ito palette and its lightness scale: apart for colour-blind readers and in grey."""

LEVEL_NAMES = {
    1: "leaders", 2: "ministers", 3: "chiefs of defence", 4: "vice-ministers", 5: "service chiefs", 6: "directors-general",
    7: "working level", 8: "level unknown",
}  # fmt: skip
LEVEL_COLOURS = {
    1: "#08306b", 2: "#08519c", 3: "#2a7ab9", 4: "#539ecd", 5: "#89bedc", 6: "#b9d5ea", 7: "#dbe9f6", 8: "#ffffff",
}  # fmt: skip


def axes(ax: Axes | None, *, width: float = 7.2, height: float = 4.0) -> Axes:
    """The axes given, or new ones of a printable size."""
    if ax is not None:
        return ax
    pyplot = needs("matplotlib.pyplot", "plot")
    _, new = pyplot.subplots(figsize=(width, height), layout="constrained")
    return new  # type: ignore[no-any-return]


def dress(ax: Axes, title: str, caption: str = "") -> Axes:
    """Title to the left, light frame, a caption with the data version below."""
    ax.set_title(title, loc="left", fontsize=10, color=INK)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        ax.spines[side].set_color(FAINT)
    ax.tick_params(colors=INK, labelsize=8)
    note = f"{about.TITLE} {about.VERSION}"
    ax.set_xlabel(f"{caption} · {note}" if caption else note, loc="right", fontsize=7, color=FAINT)
    return ax


def legend(ax: Axes, **more: Any) -> None:
    ax.legend(fontsize=7.5, frameon=False, **more)


def nothing(ax: Axes, text: str) -> None:
    """Say that there is nothing to show, rather than leave the axes bare."""
    ax.text(0.5, 0.5, text, transform=ax.transAxes, ha="center", va="center", color=FAINT, fontsize=9)
    ax.set_xticks([])
    ax.set_yticks([])


def years(ax: Axes, values: list[int]) -> None:
    """Whole years as ticks, as many as fit."""
    step = next(step for step in (1, 2, 5, 10, 20, 100) if len(values) / step <= 12)
    ax.set_xticks([year for year in values if year % step == 0] or values[:1])


def partner_name(code: str) -> str:
    from ..analysis.codes import state_in

    state = state_in(code, None)
    return state.name if state else code
