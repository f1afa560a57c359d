"""Counts by partner, year, level and side."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ..analysis.balance import grouped_rows
from ..analysis.panels import dyad_year
from ..analysis.windows import LEVEL_CHANNELS
from .style import (
    DARK,
    FAINT,
    GROUND,
    INK,
    LEVEL_COLOURS,
    LEVEL_NAMES,
    ORANGE,
    SKY,
    axes,
    dress,
    legend,
    nothing,
    partner_name,
    years,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def heatmap(start: int, end: int, *, top: int = 20, multilateral: bool = False, ax: Axes | None = None) -> Axes:
    """Contacts by partner and year, with unsearched years hatched.

    Args:
        start, end: first and last year.
        top: how many partners, those with most contacts first.
        multilateral: also count multilateral sessions and collective calls.
        ax: matplotlib axes to draw on; None for new ones.

    Returns:
        The axes. A count is printed in each cell that has one; white is a searched year without a contact on record, hatching a
        year that was not searched.

    Raises:
        ValueError: where `end` is before `start`, or `top` is not positive.
    """
    if not isinstance(top, int) or top < 1:
        raise ValueError(f"top must be a positive number of partners, got {top!r}")
    panel = dyad_year(start, end, multilateral=multilateral)
    totals = panel.groupby("partner")["n_contacts"].sum()
    order = sorted(
        (partner for partner in totals.index if totals[partner]), key=lambda partner: (-totals[partner], partner)
    )[:top]
    ax = axes(ax, height=1.0 + 0.24 * max(len(order), 3))
    title = f"Contacts with China by partner, {start}–{end}"
    if not order:
        nothing(ax, "no contact on record in these years")
        return dress(ax, title)
    table = (
        panel[panel["partner"].isin(order)]
        .pivot(index="partner", columns="year", values="n_contacts")
        .reindex(index=order, columns=range(start, end + 1))
    )
    names = dict(zip(panel["partner"], panel["name"], strict=True))
    most = float(table.max().max())
    counts = table.to_numpy(dtype=float, na_value=float("nan"))
    ax.set_facecolor("white")
    for row in range(len(order)):
        for column, year in enumerate(range(start, end + 1)):
            count = counts[row][column]
            edges = (year - 0.5, row - 0.5)
            if math.isnan(count):
                ax.add_patch(_cell(edges, facecolor="white", edgecolor="#d0d0d0", hatch="////"))
            elif count:
                ax.add_patch(_cell(edges, facecolor=_shade(count / most), edgecolor="white"))
                ax.text(
                    year,
                    row,
                    f"{count:.0f}",
                    ha="center",
                    va="center",
                    fontsize=6.5,
                    color="white" if count / most > 0.45 else INK,
                )
    ax.set_xlim(start - 0.5, end + 0.5)
    ax.set_ylim(len(order) - 0.5, -0.5)
    ax.set_yticks(range(len(order)), [f"{names[partner]} ({totals[partner]})" for partner in order])
    years(ax, list(range(start, end + 1)))
    return dress(ax, title, "hatched: not searched; white: searched, none on record")


def _cell(corner: tuple[float, float], **look: Any) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle(corner, 1, 1, linewidth=0.4, **look)


def _shade(share: float) -> Any:
    from matplotlib import colormaps

    return colormaps["Blues"](0.18 + 0.82 * share)


def levels_over_time(*, ax: Axes | None = None, multilateral: bool = False, **filters: Any) -> Axes:
    """Contacts by year and level of the lower-ranking principal, as stacked bars.

    Args:
        ax: matplotlib axes to draw on; None for new ones.
        multilateral: also count multilateral sessions and collective calls.
        **filters: filters of `load_meetings`, such as partner or mode.

    Returns:
        The axes; darker is higher, unknown is white. Contacts of no certain year are counted in the caption.
    """
    rows = grouped_rows(["year"], multilateral=multilateral, **filters)
    rows = rows[rows["kind"].eq("contact")]
    dated = rows[rows["year"].notna()]
    ax = axes(ax, height=3.4)
    title = "Contacts by level"
    if dated.empty:
        nothing(ax, "no dated contact")
        return dress(ax, title)
    counts = dated.groupby(["year", "level"]).size().unstack(fill_value=0)
    span = list(range(int(counts.index.min()), int(counts.index.max()) + 1))
    counts = counts.reindex(index=span, columns=list(LEVEL_CHANNELS), fill_value=0)
    base = counts.sum(axis=1) * 0
    for level in LEVEL_CHANNELS:
        if counts[level].any():
            look: dict[str, Any] = {
                "color": LEVEL_COLOURS[level],
                "edgecolor": FAINT if level > 6 else "white",
                "linewidth": 0.5,
            }
            ax.bar(span, counts[level], bottom=base, width=0.82, label=LEVEL_NAMES[level], **look)
            base = base + counts[level]
    years(ax, span)
    ax.set_ylabel("contacts", fontsize=8, color=INK)
    ax.locator_params(axis="y", integer=True)
    ax.grid(axis="y", color=GROUND)
    ax.set_axisbelow(True)
    legend(ax, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return dress(ax, title, f"{len(dated)} contacts, {len(rows) - len(dated)} more of no certain year")


def sidedness(*, by: str = "year", top: int = 15, ax: Axes | None = None, **filters: Any) -> Axes:
    """Whose account each contact rests on: both sides', one side's, or neither's.

    Args:
        by: "year" or "partner".
        top: how many partners, those with most contacts first.
        ax: matplotlib axes to draw on; None for new ones.
        **filters: filters of `load_meetings`.

    Returns:
        The axes.

    Raises:
        UnknownNameError: (a ValueError) for another grouping.
    """
    from ..analysis.frames import one_of

    one_of("group", by, ("year", "partner"))
    rows = grouped_rows([by], columns=["has_prc_account", "has_partner_account"], multilateral=True, **filters)
    rows = rows[rows["kind"].eq("contact") & rows[by].notna()]
    ax = axes(ax, height=3.4 if by == "year" else 1.2 + 0.24 * min(top, max(rows[by].nunique(), 3)))
    title = f"Whose account is on record, by {by}"
    if rows.empty:
        nothing(ax, "no contact on record")
        return dress(ax, title)
    prc, partner = rows["has_prc_account"], rows["has_partner_account"]
    parts = {
        "both sides": (prc & partner, DARK, ""), "PRC only": (prc & ~partner, ORANGE, "////"),
        "partner only": (partner & ~prc, SKY, ""), "neither": (~prc & ~partner, "white", "...."),
    }  # fmt: skip
    keys = rows[by].astype(str)
    order = sorted(set(keys), key=lambda key: (-int(keys.eq(key).sum()), key))[:top] if by == "partner" else None
    span = order or [str(year) for year in range(int(rows[by].min()), int(rows[by].max()) + 1)]
    base = [0] * len(span)
    for label, (chosen, colour, hatch) in parts.items():
        counts = keys[chosen].value_counts()
        heights = [int(counts.get(key, 0)) for key in span]
        look: dict[str, Any] = {
            "color": colour,
            "edgecolor": FAINT if colour == "white" else "white",
            "hatch": hatch,
            "linewidth": 0.5,
            "label": f"{label} ({sum(heights)})",
        }
        if by == "year":
            ax.bar([int(key) for key in span], heights, bottom=base, width=0.82, **look)
        else:
            ax.barh(range(len(span)), heights, left=base, height=0.78, **look)
        base = [low + height for low, height in zip(base, heights, strict=True)]
    if by == "year":
        years(ax, [int(key) for key in span])
        ax.locator_params(axis="y", integer=True)
        ax.set_ylabel("contacts", fontsize=8, color=INK)
    else:
        ax.set_yticks(range(len(span)), [partner_name(code) for code in span])
        ax.invert_yaxis()
    ax.grid(axis="y" if by == "year" else "x", color=GROUND)
    ax.set_axisbelow(True)
    legend(ax, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return dress(ax, title, "a joint statement counts as both sides'")
