"""One partner's contacts in time, and how long each ended a silence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

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
        more than 40. Spells of suspension are hatched from their start to the last known reopening, or to the edge.

    Raises:
        UnknownNameError: (a ValueError) for an unknown partner. CDDError: where matplotlib is not installed.
    """
    import pandas as pd

    code = partner_code(partner)
    rows = meetings(["level", *DAY_COLUMNS], aggregates=True, partner=code, since=since, until=until, scope=scope)
    rows["first"], rows["last"] = event_days(rows)
    rows = rows[rows["first"].notna() & rows["last"].notna()]
    present = sorted(set(rows["level"]))
    ax = axes(ax, height=1.6 + _ROW_HEIGHT * max(len(present), 2))
    title = f"China and {partner_name(code)}: contacts and attempts"
    if rows.empty:
        nothing(ax, "no dated record")
        return dress(ax, title)
    place = {level: len(present) - index for index, level in enumerate(present)}
    middle = rows["first"] + (rows["last"] - rows["first"]) / 2
    low, high = rows["first"].min(), rows["last"].max()
    for first, last in _spells(code, low, high):
        ax.axvspan(
            first, last, facecolor=GROUND, edgecolor="#c4c4c4", hatch="////", linewidth=0, zorder=0, label="suspension"
        )
    for row, centre in zip(records(rows), middle, strict=True):
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
    ax.set_yticks(list(place.values()), [LEVEL_NAMES[level] for level in place])
    ax.set_ylim(0.4, len(place) + 0.6)
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
        bbox_to_anchor=(0.5, -0.16 if ax.figure.get_size_inches()[1] > 3 else -0.2),
        ncols=3,
    )
    return dress(ax, title, f"{len(rows)} dated records")


def _spells(code: str, low: Any, high: Any) -> list[tuple[Any, Any]]:
    """One band per spell, to the last end of its channels, cut to what is shown."""
    spells = suspension_spells(code)
    bands = []
    for _, group in spells.groupby("suspension_id", sort=True):
        start = group["started"].min()
        end = high if group["ended"].isna().any() else group["ended"].max()
        if not is_missing(start) and start <= high and end >= low:
            bands.append((max(start, low), min(end, high)))
    return bands


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
    gaps = first_since(like=like, **({"partner": partner} if partner else {}), **filters)
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
    ax.set_ylim(bottom=-0.04 * max([1.0, *known["months"].astype(float)]))
    ax.set_ylabel("months", fontsize=8, color=INK)
    ax.grid(axis="y", color=GROUND)
    legend(ax, loc="upper left")
    return dress(
        ax, title, f"alike in {', '.join([like] if isinstance(like, str) else like) or 'nothing but the partner'}"
    )
