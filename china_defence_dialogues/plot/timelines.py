"""One partner's contacts in time, and how long each ended a silence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from ..analysis.firsts import first_since
from ..analysis.frames import DAY_COLUMNS, event_days, is_missing, meetings, records
from ..analysis.frames import partner as partner_code
from ..analysis.spells import suspension_spells
from .style import BLUE, FAINT, GROUND, INK, LEVEL_NAMES, ORANGE, axes, dress, legend, nothing, partner_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MARKS: tuple[tuple[str, tuple[str, ...], dict[str, Any]], ...] = (
    ("held", ("held",), {"marker": "o", "color": BLUE, "s": 30}),
    ("encounter", ("encounter",), {"marker": "o", "facecolors": "white", "edgecolors": BLUE, "s": 30, "linewidths": 1.3}),
    ("refused or no answer", ("declined", "unanswered"), {"marker": "x", "color": ORANGE, "s": 34, "linewidths": 1.6}),
    ("called off or no-show", ("cancelled", "postponed", "no_show"), {"marker": "^", "facecolors": "white", "edgecolors": ORANGE, "s": 34, "linewidths": 1.3}),
    ("asked, planned or lapsed", ("proposed", "planned", "lapsed"), {"marker": "D", "facecolors": "white", "edgecolors": FAINT, "s": 22}),
)  # fmt: skip
_ROW_HEIGHT = 0.32


def timeline(
    partner: str, *, since: Any = None, until: Any = None, scope: str = "core", ax: Axes | None = None
) -> Axes:
    """A partner's contacts, non-events and suspension spells in time, by level.

    Args:
        partner: code or English name.
        since, until: as for `load_meetings`.
        scope: "core", "context" or "all".
        ax: matplotlib axes to draw on; None for new ones.

    Returns:
        The axes. A mark stands at the middle of the days that its date may mean, with a line over them where they are
        more than 40, and what did not happen at the level at which it was sought. Bars below stand for spells of
        suspension, to the last reopening on record; an arrowhead says that the end of some channel is not known.

    Raises:
        UnknownNameError: (a ValueError) for an unknown partner. CDDError: where matplotlib is not installed.
    """
    import pandas as pd

    code = partner_code(partner)
    rows = meetings(
        ["level", "intended_level", *DAY_COLUMNS], aggregates=True, partner=code, since=since, until=until, scope=scope
    )
    rows["first"], rows["last"] = event_days(rows)
    rows = rows[rows["first"].notna() & rows["last"].notna()]
    rows["level"] = rows["intended_level"].fillna(rows["level"])
    present = sorted(set(rows["level"]))
    ax = axes(ax, height=2.2 + _ROW_HEIGHT * max(len(present), 2))
    title = f"China and {partner_name(code)}: contacts and attempts"
    if rows.empty:
        nothing(ax, "no dated record")
        return dress(ax, title)
    place = {level: len(present) - index for index, level in enumerate(present)}
    middle = rows["first"] + (rows["last"] - rows["first"]) / 2
    low, high = rows["first"].min(), rows["last"].max()
    spells = _lanes(_spells(code, low, high))
    _draw_spells(ax, spells)
    for row in records(rows):
        if (row["last"] - row["first"]).days > 40:
            ax.plot([row["first"], row["last"]], [place[row["level"]]] * 2, color=FAINT, linewidth=1, zorder=1)
    for label, statuses, marks in _MARKS:
        chosen = rows["status"].isin(statuses)
        if chosen.any():
            ax.scatter(
                middle[chosen],
                rows.loc[chosen, "level"].map(place),
                label=f"{label} ({chosen.sum()})",
                zorder=3,
                **marks,
            )
    ticks = {height: LEVEL_NAMES[level] for level, height in place.items()} | (
        {0.35 - 0.2 * (len(spells) - 1): "suspended"} if spells else {}
    )
    ax.set_yticks(list(ticks), list(ticks.values()))
    ax.set_ylim(0.1 - 0.4 * len(spells) if spells else 0.4, len(place) + 0.6)
    margin = max((high - low) * 0.02, pd.Timedelta(days=30))
    ax.set_xlim(low - margin, high + margin)
    ax.grid(axis="y", color=GROUND)
    handles, labels = ax.get_legend_handles_labels()
    once = dict(zip(labels, handles, strict=True))
    legend(
        ax,
        handles=list(once.values()),
        labels=list(once),
        loc="upper center",
        bbox_to_anchor=(0.5, -0.18),
        ncols=3,
    )
    return dress(ax, title, f"{len(rows)} dated records")


class _Band(NamedTuple):
    """One spell as drawn: to the last reopening on record, `more` where a channel's end is not known."""

    start: Any
    end: Any
    more: bool


def _spells(code: str, low: Any, high: Any) -> list[_Band]:
    """Spells that touch the days shown, cut to them."""
    bands = []
    for _, group in suspension_spells(code).groupby("suspension_id", sort=True):
        start, end, more = group["started"].min(), group["ended"].max(), bool(group["ended"].isna().any())
        end = start if is_missing(end) else end
        if not is_missing(start) and start <= high and (end >= low or more):
            bands.append(_Band(max(start, low), min(max(end, low), high), more))
    return sorted(bands)


def _lanes(bands: list[_Band]) -> list[list[_Band]]:
    """Spells in as few lanes as keep them apart."""
    lanes: list[list[_Band]] = []
    for band in bands:
        lane = next((lane for lane in lanes if (band.start - lane[-1].end).days > 200), None)
        if lane is None:
            lanes.append([band])
        else:
            lane.append(band)
    return lanes


def _draw_spells(ax: Axes, lanes: list[list[_Band]]) -> None:
    """Bars below the lowest level; an arrowhead where the end is not known."""
    for number, lane in enumerate(lanes):
        y = 0.35 - 0.4 * number
        for band in lane:
            ax.plot(
                [band.start, band.end],
                [y, y],
                color=INK,
                linewidth=4,
                solid_capstyle="butt",
                zorder=2,
                label="suspension",
            )
            if band.more:
                ax.scatter([band.end], [y], marker=">", color=INK, s=26, zorder=3, label="suspension, end not known")


def first_since_gaps(
    partner: str | None = None,
    *,
    like: str | Iterable[str] = ("domain", "level"),
    ax: Axes | None = None,
    **filters: Any,
) -> Axes:
    """How many months each contact came after the last of its kind.

    Args:
        partner: code or English name; None for all partners.
        like: respects in which the earlier contact must be alike, as for `first_since`.
        ax: matplotlib axes to draw on; None for new ones.
        **filters: filters of `load_meetings`, such as level.

    Returns:
        The axes: a stem per contact; contacts with none of their kind before on record stand as open marks on the base line,
        for the data cannot say how long the silence was.

    Raises:
        UnknownNameError: (a ValueError) for an unknown partner or filter value.
    """
    gaps = first_since(like=like, partner=partner, **filters)
    if partner:
        gaps = gaps[gaps["partner"].eq(partner_code(partner))]
    ax = axes(ax, height=3.2)
    title = "Months since the last contact of the same kind" + (
        f": {partner_name(partner_code(partner))}" if partner else ""
    )
    if gaps.empty:
        nothing(ax, "no dated contact")
        return dress(ax, title)
    known = gaps[gaps["months"].notna()]
    ax.vlines(known["start_date"], 0, known["months"].astype(float), color=BLUE, linewidth=1.2, zorder=2)
    ax.scatter(
        known["start_date"],
        known["months"].astype(float),
        color=BLUE,
        s=14,
        zorder=3,
        label=f"gap known ({len(known)})",
    )
    first = gaps[gaps["censored"]]
    if len(first):
        ax.scatter(
            first["start_date"],
            [0] * len(first),
            facecolors="white",
            edgecolors=INK,
            s=22,
            zorder=3,
            label=f"none before on record ({len(first)})",
        )
    for row in records(known.nlargest(3, "months")):
        ax.annotate(
            f"{row['months']:.0f}",
            (row["start_date"], row["months"]),
            textcoords="offset points",
            xytext=(5, 1),
            fontsize=7.5,
            color=INK,
        )
    most = max([1.0, *known["months"].astype(float)])
    ax.set_ylim(-0.06 * most, 1.15 * most)
    ax.set_ylabel("months", fontsize=8, color=INK)
    ax.grid(axis="y", color=GROUND)
    legend(ax, loc="upper left")
    return dress(
        ax, title, f"alike in {', '.join([like] if isinstance(like, str) else like) or 'nothing but the partner'}"
    )
