"""State numbers of other data sets, by partner and year."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ..errors import UnknownNameError
from ..loading.store import arrow_table, data_folder
from .frames import finish, is_missing, some_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

Universe = Literal["iso3", "cow", "gw"]
CODES = ("cow", "gw", "vdem", "region", "name")


class State(NamedTuple):
    """One state for one span of years."""

    iso3: str
    name: str
    cow: int | None
    gw: int | None
    vdem: int | None
    region: str
    first: int
    last: int
    in_panel: bool
    kind: str


@lru_cache(maxsize=4)
def states(folder: Path) -> tuple[State, ...]:
    """Every state and body, as `countries` has them."""
    return tuple(
        State(
            row["iso3"], row["name"], row["cow"], row["gw"], row["vdem"], row["region"], row["valid_from"] or 0,
            row["valid_to"] if row["valid_to"] is not None else 9999, row["in_panel"], row["kind"],
        )
        for row in arrow_table("countries", folder).to_pylist()
    )  # fmt: skip


@lru_cache(maxsize=4)
def _by_name(folder: Path) -> dict[str, tuple[State, ...]]:
    """States by code, name and the names table's other forms, without regard to case."""
    found: dict[str, list[State]] = {}
    for state in states(folder):
        for key in {state.iso3.casefold(), state.name.casefold()}:
            found.setdefault(key, []).append(state)
    by_code = {state.iso3: [other for other in states(folder) if other.iso3 == state.iso3] for state in states(folder)}
    names = arrow_table("names", folder).select(["entity_kind", "entity_id", "surface"])
    for row in names.to_pylist():
        if row["entity_kind"] in ("country", "body") and row["entity_id"] in by_code:
            found.setdefault(row["surface"].casefold(), by_code[row["entity_id"]])
    return {key: tuple(value) for key, value in found.items()}


def state_in(name: Any, year: int | None) -> State | None:
    """The state that a code or name means in a year; its latest codes where the year is not given."""
    spans = _by_name(data_folder()).get(str(name).casefold(), ())
    if year is None:
        return max(spans, key=lambda state: state.last, default=None)
    return next((state for state in spans if state.first <= year <= state.last), None)


def add_codes(
    frame: pd.DataFrame,
    column: str = "partner",
    *,
    year: str | None = None,
    codes: str | Iterable[str] = ("cow", "gw", "vdem", "region"),
) -> pd.DataFrame:
    """A frame with the codes of other data sets beside its states.

    Args:
        frame: any frame with a column of states, by ISO 3166-1 alpha-3 code or English name.
        column: that column.
        year: column of years; None takes "year" where the frame has it, else every state's latest codes.
        codes: of "cow" (Correlates of War), "gw" (Gleditsch–Ward), "vdem" (V-Dem), "region" and "name".

    Returns:
        A copy with one column per code: cow, gw, vdem Int64; region, name string; missing where there is none.
        `attrs["unmatched"]` lists the names that match nothing; `unmatched` gives their rows.

    Raises:
        UnknownNameError: (a ValueError) for a column or code that does not exist.
    """
    import pandas as pd

    wanted = some_of("code", codes, CODES)
    found, _ = _found(frame, column, year)
    result = frame.copy()
    for code in wanted:
        cells = [getattr(state, code) if state else None for state in found]
        result[code] = pd.array(cells, dtype="string" if code in ("region", "name") else "Int64")
    missing = sorted({str(name) for name, state in zip(frame[column], found, strict=True) if state is None})
    result.attrs = {**frame.attrs, "unmatched": missing}
    return result


def unmatched(frame: pd.DataFrame, column: str = "partner", *, year: str | None = None) -> pd.DataFrame:
    """The states of a frame that this package cannot match to a code, with how often and when they occur.

    Args:
        frame, column, year: as for `add_codes`.

    Returns:
        One row per unmatched name: name (string), rows (int64), first_year and last_year (Int64), reason
        ("no such state" or "not a state in that year").

    Raises:
        UnknownNameError: for a column that does not exist.
    """
    import pandas as pd

    found, years = _found(frame, column, year)
    rows: dict[str, list[int | None]] = {}
    for name, state, when in zip(frame[column], found, years, strict=True):
        if state is None:
            rows.setdefault(str(name), []).append(when)
    known = _by_name(data_folder())
    table = [
        {
            "name": name, "rows": len(when), "first_year": min((y for y in when if y is not None), default=None),
            "last_year": max((y for y in when if y is not None), default=None),
            "reason": "not a state in that year" if name.casefold() in known else "no such state",
        }
        for name, when in sorted(rows.items())
    ]  # fmt: skip
    result = pd.DataFrame(table, columns=["name", "rows", "first_year", "last_year", "reason"])
    return finish(
        result.astype(
            {"name": "string", "rows": "int64", "first_year": "Int64", "last_year": "Int64", "reason": "string"}
        )
    )


def _found(frame: pd.DataFrame, column: str, year: str | None) -> tuple[list[State | None], list[int | None]]:
    for name in (column, year):
        if name is not None and name not in frame.columns:
            raise UnknownNameError("column", name, [str(item) for item in frame.columns])
    year = year or ("year" if "year" in frame.columns else None)
    years: list[int | None] = [None] * len(frame)
    if year:
        years = [None if is_missing(value) else int(value) for value in frame[year]]
    cache: dict[tuple[str, int | None], State | None] = {}
    found = []
    for name, when in zip(frame[column].astype(str), years, strict=True):
        if (name, when) not in cache:
            cache[name, when] = state_in(name, when)
        found.append(cache[name, when])
    return found, years
