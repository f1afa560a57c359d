"""Where they meet, on a small built-in coastline."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ..analysis.frames import frame, meetings, records
from .style import BLUE, FAINT, INK, axes, dress, legend, nothing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LABELLED = 8


@lru_cache(maxsize=1)
def land() -> list[list[tuple[float, float]]]:
    """Outer rings of the land, in degrees; land.json states source and licence. No borders are drawn."""
    rings = json.loads(files(__package__).joinpath("land.json").read_text(encoding="utf-8"))["rings"]
    return [list(zip(ring[::2], ring[1::2], strict=True)) for ring in rings]


def venues(*, ax: Axes | None = None, multilateral: bool = True, **filters: Any) -> Axes:
    """A world map of the cities where contacts were held.

    Args:
        ax: matplotlib axes to draw on; None for new ones.
        multilateral: also count multilateral sessions and collective calls (once each).
        **filters: filters of `load_meetings`.

    Returns:
        The axes, in degrees of longitude and latitude; areas of the marks go with the number of contacts. The caption
        says how many contacts in person have no city on record and so no mark.
    """
    from matplotlib.collections import PolyCollection

    rows = meetings(["mode", "city", "country"], multilateral=multilateral, **filters)
    rows = rows[rows["kind"].eq("contact") & rows["mode"].eq("in_person")]
    places = frame("places", ["country", "name", "lat", "lon"]).rename(columns={"name": "city"})
    found = rows.merge(places, on=["country", "city"])
    ax = axes(ax, height=3.9)
    ax.add_collection(PolyCollection(land(), facecolor="#e6e6e6", edgecolor="#b5b5b5", linewidth=0.3, zorder=1))
    ax.set_xlim(-180, 180)
    ax.set_ylim(-58, 84)
    ax.set_aspect("equal")
    counts = found.groupby(["city", "country", "lat", "lon"]).size().rename("n").reset_index()
    counts = counts.sort_values(["n", "city"], ascending=[False, True])
    if counts.empty:
        nothing(ax, "no contact with a known city")
    else:
        most = int(counts["n"].max())
        scale = 260 / most
        ax.scatter(
            counts["lon"],
            counts["lat"],
            s=counts["n"] * scale + 6,
            color=BLUE,
            alpha=0.6,
            edgecolors="white",
            linewidths=0.6,
            zorder=3,
        )
        for row in _apart(records(counts)):
            ax.annotate(
                f"{row['city']} {row['n']}",
                (row["lon"], row["lat"]),
                textcoords="offset points",
                xytext=(6, 3),
                fontsize=6.5,
                color=INK,
                zorder=4,
            )
        for n in sorted({1, max(1, most // 4), most}):
            ax.scatter([], [], s=n * scale + 6, color=BLUE, alpha=0.6, label=str(n))
        legend(ax, loc="lower left", title="contacts", title_fontsize=7, labelspacing=1.4)
    dress(
        ax,
        "Where contacts in person were held",
        f"{len(found)} of {len(rows)} have a city on record · coastline: Natural Earth",
    )
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(True)
        spine.set_color(FAINT)
    return ax


def _apart(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The largest places, without those whose label would lie over another's."""
    chosen: list[dict[str, Any]] = []
    for row in rows:
        if len(chosen) < LABELLED and all(
            abs(row["lat"] - other["lat"]) > 7 or abs(row["lon"] - other["lon"]) > 40 for other in chosen
        ):
            chosen.append(row)
    return chosen
