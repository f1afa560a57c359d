"""Dyadic panels: one row per partner and year, quarter or month."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..loading.store import data_folder
from ..vocab import CHINA, Mode, Status
from .codes import State, Universe, states
from .frames import DAY_COLUMNS, finish, meetings, one_of, period, some_of
from .windows import LEVEL_CHANNELS, Window, checked_channels

if TYPE_CHECKING:
    import pandas as pd

BREAKDOWNS = ("status", "mode", "level")
UNIVERSES = ("iso3", "cow", "gw")
_KIND_COLUMNS = {"contact": "n_contacts", "non_contact": "n_non_contacts", "open": "n_open"}


def dyad_year(
    start: int, end: int, *, universe: Universe = "iso3", zero_fill: bool = True, by: str | Iterable[str] = BREAKDOWNS,
    multilateral: bool = False, channels: str | Iterable[str] = (), scope: str = "core",
) -> pd.DataFrame:  # fmt: skip
    """Contacts of China with each state of the world, by year.

    Counts leave out aggregate records; multilateral sessions and collective calls come in on request only, once
    for each partner present. A record counts in the year in which it certainly falls (an event over New Year in
    the year it began); those with no certain year are listed in `attrs["unassigned"]`.

    Args:
        start, end: first and last year.
        universe: states listed: "iso3" (all states of `countries`), "cow" or "gw" (states of that list in that year).
        zero_fill: list every state and year, with 0 where the coded window warrants it and missing elsewhere;
            False lists only partner-years with a record.
        by: more columns, all by default; any of "status" (status_held, …, all records), "mode" (mode_video, …, contacts) and
            "level" (level_2, …, contacts).
        multilateral: also count multilateral sessions and collective calls.
        channels: classes of channels that must all have been searched before a year counts as coded; by default
            any will do, and columns of one level ask for a search of a channel of that level.
        scope: "core", "context" or "all".

    Returns:
        One row per partner and year: partner (string, iso3; of state numbers the state's code that year), cow or gw
        (int64, in those universes), name (string), year (int64), n_records, n_contacts (held, encounter),
        n_non_contacts (declined, unanswered, no_show, cancelled, postponed, lapsed), n_open (proposed, planned)
        (Int64), the columns of `by` (Int64), in_window and in_window_non_contacts (bool: searched for contacts, for
        non-contacts). `attrs` has unassigned (ids without a certain year) and left_out (ids whose partner is in no
        row, such as bodies, with the partner).

    Raises:
        UnknownNameError: (a ValueError) for a universe, breakdown, channel or scope that does not exist.
        ValueError: where `end` is before `start`.
    """
    return _panel("year", start, end, universe, zero_fill, by, multilateral, channels, scope)


def dyad_quarter(
    start: int, end: int, *, universe: Universe = "iso3", zero_fill: bool = True, by: str | Iterable[str] = BREAKDOWNS,
    multilateral: bool = False, channels: str | Iterable[str] = (), scope: str = "core",
) -> pd.DataFrame:  # fmt: skip
    """As `dyad_year`, by quarter: with a column quarter (int64, 1 to 4). Records not certain to a quarter are unassigned."""
    return _panel("quarter", start, end, universe, zero_fill, by, multilateral, channels, scope)


def dyad_month(
    start: int, end: int, *, universe: Universe = "iso3", zero_fill: bool = True, by: str | Iterable[str] = BREAKDOWNS,
    multilateral: bool = False, channels: str | Iterable[str] = (), scope: str = "core",
) -> pd.DataFrame:  # fmt: skip
    """As `dyad_year`, by month: with a column month (int64, 1 to 12). Records not certain to a month are unassigned."""
    return _panel("month", start, end, universe, zero_fill, by, multilateral, channels, scope)


_PER_YEAR = {"year": 1, "quarter": 4, "month": 12}


def _panel(
    unit: str, start: int, end: int, universe: str, zero_fill: bool, by: str | Iterable[str], multilateral: bool,
    channels: str | Iterable[str], scope: str,
) -> pd.DataFrame:  # fmt: skip

    import pandas as pd

    one_of("universe", universe, UNIVERSES)
    one_of("scope", scope, ("core", "context", "all"))
    breakdowns = some_of("breakdown", by, BREAKDOWNS)
    required = checked_channels(channels)
    if not (isinstance(start, int) and isinstance(end, int) and 1 <= start <= end <= 9999):
        raise ValueError(f"start and end must be years with start <= end, got {start!r} and {end!r}")
    pairs = dyads(unit, multilateral=multilateral, scope=scope)
    unassigned = sorted(set(pairs.loc[pairs["period"].isna(), "meeting_id"]))
    per_year = _PER_YEAR[unit]
    pairs = pairs[pairs["period"].notna()]
    pairs = pairs[(pairs["period"] // per_year).between(start, end)].astype({"period": "int64"})
    grid, unit_of = _grid(start, end, universe, data_folder())
    units = [unit_of.get(pair) for pair in zip(pairs["partner"], pairs["period"] // per_year, strict=True)]
    inside = pd.Series([unit is not None for unit in units], index=pairs.index, dtype=bool)
    outside = pairs.loc[~inside, ["meeting_id", "partner"]]
    left_out = sorted(set(outside.itertuples(index=False, name=None)))
    pairs["partner"] = pd.array(units, dtype="string")
    counts = _counts(pairs[inside], breakdowns)
    cells = grid.assign(row=grid.index).loc[grid.index.repeat(per_year)].reset_index(drop=True)
    cells["period"] = cells["year"] * per_year + cells.index % per_year
    panel = cells.merge(counts, on=["partner", "period"], how="left" if zero_fill else "inner", sort=False)
    panel = _zeros(panel, grid, list(counts.columns[2:]), required)
    keys = ["partner", *([universe] if universe != "iso3" else []), "name", "year"]
    if unit != "year":
        panel[unit] = panel["period"] % per_year + 1
        keys.append(unit)
    panel = panel[keys + [column for column in panel.columns if column not in (*keys, "period", "row")]]
    order = [universe if universe != "iso3" else "partner", "year", *([unit] if unit != "year" else [])]
    return finish(panel.sort_values(order, kind="stable"), unassigned=unassigned, left_out=left_out)


def dyads(unit: str, *, multilateral: bool, scope: str) -> pd.DataFrame:
    """One row per counted record and partner, with the period it certainly falls in (year × periods + number)."""
    rows = meetings(["mode", "level", "partners", *DAY_COLUMNS], multilateral=multilateral, scope=scope)
    rows["period"] = period(rows, lambda days: _number(days, unit))
    pairs = rows[["meeting_id", "partners", "status", "kind", "mode", "level", "period"]].explode("partners")
    return pairs.rename(columns={"partners": "partner"}).reset_index(drop=True)


def _number(days: Any, unit: str) -> Any:
    if unit == "year":
        return days.dt.year
    return days.dt.year * _PER_YEAR[unit] + (days.dt.quarter if unit == "quarter" else days.dt.month) - 1


@lru_cache(maxsize=16)
def _grid(start: int, end: int, universe: str, folder: Path) -> tuple[pd.DataFrame, dict[tuple[str, int], str]]:
    """Every state of the universe in every year, once; and the row in which each partner and year counts.

    Two states may share one state number in the year in which one followed the other: they share the successor's row.
    """
    import pandas as pd

    rows: dict[tuple[Any, int], State] = {}
    members: dict[tuple[str, int], tuple[Any, int]] = {}
    for state in sorted(states(folder), key=lambda state: (-state.first, state.iso3)):
        code = state.iso3 if universe == "iso3" else getattr(state, universe)
        if code is None or state.kind != "state" or not state.in_panel or state.iso3 == CHINA:
            continue
        for year in range(max(start, state.first), min(end, state.last) + 1):
            rows.setdefault((code, year), state)
            members[state.iso3, year] = (code, year)
    grid = pd.DataFrame(
        {
            "partner": pd.array([state.iso3 for state in rows.values()], dtype="string"),
            **({universe: [code for code, _ in rows]} if universe != "iso3" else {}),
            "name": pd.array([state.name for state in rows.values()], dtype="string"),
            "year": pd.array([year for _, year in rows], dtype="int64"),
        }
    )
    return grid, {member: rows[key].iso3 for member, key in members.items()}


def _counts(pairs: pd.DataFrame, breakdowns: list[str]) -> pd.DataFrame:
    """Counts by partner and period, every column present whatever the data hold."""
    import pandas as pd

    keys = [pairs["partner"].astype("string"), pairs["period"]]
    columns: dict[str, pd.Series] = {"n_records": pd.Series(1, index=pairs.index)}
    for kind, name in _KIND_COLUMNS.items():
        columns[name] = pairs["kind"].eq(kind).astype("int64")
    contact = pairs["kind"].eq("contact")
    if "status" in breakdowns:
        columns |= {
            f"status_{status}": pairs["status"].astype(str).eq(str(status)).astype("int64") for status in Status
        }
    if "mode" in breakdowns:
        columns |= {
            f"mode_{mode}": (contact & pairs["mode"].astype(str).eq(str(mode))).astype("int64") for mode in Mode
        }
    if "level" in breakdowns:
        columns |= {f"level_{level}": (contact & pairs["level"].eq(level)).astype("int64") for level in LEVEL_CHANNELS}
    counts = pd.DataFrame(columns).groupby(keys, sort=True).sum()
    counts.index.names = ["partner", "period"]
    return counts.reset_index()


def _zeros(panel: pd.DataFrame, grid: pd.DataFrame, columns: list[str], required: list[str]) -> pd.DataFrame:
    """Zero where the window was searched for what the column counts, missing elsewhere; counts found always stand."""
    contacts, others = Window("contacts", required), Window("non_contacts", required)
    pairs = list(zip(grid["partner"], grid["year"], strict=True))
    partners = dict.fromkeys(partner for partner, _ in pairs)
    row = panel.pop("row").to_numpy()

    def searched(window: Window, channels: tuple[str, ...] = ()) -> Any:
        """Whether each row of the panel was searched."""
        years = {partner: window.years(partner, one_of=channels) for partner in partners}
        return _array([year in years[partner] for partner, year in pairs])[row]

    panel["in_window"], panel["in_window_non_contacts"] = searched(contacts), searched(others)
    both = panel["in_window"] & panel["in_window_non_contacts"]
    for column in columns:
        window = both if column == "n_records" else panel["in_window"]
        name, _, code = column.partition("_")
        if column in ("n_non_contacts", "n_open") or (name == "status" and code not in ("held", "encounter")):
            window = panel["in_window_non_contacts"]
        elif name == "level":
            window = searched(contacts, LEVEL_CHANNELS[int(code)])
        found = panel[column].fillna(0).astype("Int64")
        panel[column] = found.mask(found.eq(0) & ~window)
    # The two windows stand last.
    return panel[
        [name for name in panel.columns if not name.startswith("in_window")] + ["in_window", "in_window_non_contacts"]
    ]


def _array(values: list[bool]) -> Any:
    import numpy

    return numpy.array(values, dtype=bool)
