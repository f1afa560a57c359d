"""What every analysis shares: the columns it needs as a frame, checked arguments, the kinds of contact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import about
from ..errors import CDDError, UnknownNameError
from ..loading.engines import to_pandas
from ..loading.filters import is_keyed_by_meeting, partner_code, select
from ..loading.store import arrow_table, data_folder
from ..vocab import CONTACT_STATUSES, OPEN_STATUSES, Setting

if TYPE_CHECKING:
    import pandas as pd

MULTILATERAL = (str(Setting.MULTILATERAL_SESSION), str(Setting.COLLECTIVE_CALL))
"""Settings that bring many parties into one record; dyadic counts take them only on request."""


def frame(table: str, columns: Sequence[str], **filters: Any) -> pd.DataFrame:
    """Some columns of a table, filtered as the loaders filter: core records unless asked otherwise."""
    folder = data_folder()
    rows = arrow_table(table, folder)
    if is_keyed_by_meeting(rows.column_names):
        filters = {"scope": "core"} | {key: value for key, value in filters.items() if value is not None}
    chosen = select(table, rows, filters, folder) if filters else rows
    return to_pandas(chosen.select(list(columns)))


def meetings(
    columns: Sequence[str], *, aggregates: bool = False, multilateral: bool = True, **filters: Any
) -> pd.DataFrame:
    """Meetings as counts take them: no aggregate records unless asked for. `kind` says what a record counts as."""
    needed = dict.fromkeys(["meeting_id", "status", "setting", "aggregate", *columns])
    rows = frame("meetings", list(needed), **filters)
    if not aggregates:
        rows = rows[~rows["aggregate"]]
    if not multilateral:
        rows = rows[~rows["setting"].isin(MULTILATERAL)]
    rows = rows.reset_index(drop=True)
    rows["kind"] = kinds(rows["status"])
    return rows


def kinds(statuses: pd.Series) -> pd.Series:
    """contact, open (asked or agreed, not yet due) or non_contact, for each status."""
    names = {str(status): "contact" for status in CONTACT_STATUSES} | {str(status): "open" for status in OPEN_STATUSES}
    return statuses.astype(str).map(lambda status: names.get(status, "non_contact"))


def event_days(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """First and last day of each record; those of the intended date where the record has no other."""
    undated = rows["start_date"].isna() & rows["end_date"].isna()
    return rows["start_date"].mask(undated, rows["intended_start"]), rows["end_date"].mask(
        undated, rows["intended_end"]
    )


def period(rows: pd.DataFrame, number: Callable[[Any], Any]) -> pd.Series:
    """Number of the period (as `number` counts them from days) in which each record certainly falls, else missing.

    An event of several known days falls in the period in which it began.
    """
    first, last = event_days(rows)
    begin, end = number(first), number(last)
    one_event = rows["date_precision"].astype(str).eq("day") & rows["start_date"].notna()
    return begin.where(begin.notna() & ((begin == end) | one_event)).astype("Int64")  # type: ignore[no-any-return]


DAY_COLUMNS = ("start_date", "end_date", "date_precision", "intended_start", "intended_end")


def one_of(name: str, value: Any, valid: Iterable[str]) -> str:
    """The value, if it is one of the valid ones."""
    options = list(valid)
    if value not in options:
        raise UnknownNameError(name, value, options)
    return str(value)


def some_of(name: str, values: str | Iterable[str], valid: Iterable[str]) -> list[str]:
    """The values as a list, each checked."""
    return [one_of(name, value, valid) for value in ([values] if isinstance(values, str) else list(values))]


def known_id(kind: str, value: Any, table: str, column: str) -> str:
    """An id that exists in a table."""
    valid = _ids(table, column, data_folder())
    if value not in valid:
        raise UnknownNameError(kind, value, valid)
    return str(value)


@lru_cache(maxsize=32)
def _ids(table: str, column: str, folder: Path) -> frozenset[str]:
    return frozenset(arrow_table(table, folder)[column].to_pylist())


def partner(value: Any) -> str:
    """Code of a partner given by code or English name."""
    return partner_code(value, data_folder())


def finish(rows: pd.DataFrame, **notes: Any) -> pd.DataFrame:
    """The frame with plain row numbers, provenance and notes in `attrs`."""
    rows = rows.reset_index(drop=True)
    rows.attrs.clear()
    rows.attrs.update(notes, data_version=about.VERSION, licence=about.DATA_LICENCE, citation=about.cite())
    return rows


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dicts by column name."""
    names = [str(name) for name in rows.columns]
    return [
        dict(zip(names, cells, strict=True))
        for cells in zip(*(rows[name].tolist() for name in rows.columns), strict=True)
    ]


def is_missing(value: Any) -> bool:
    """Whether a single cell is empty: None, NaN, NaT or NA."""
    import pandas as pd

    return bool(pd.isna(value))


def share(part: pd.Series | Any, whole: pd.Series | Any) -> Any:
    """part / whole as Float64, missing where the whole is zero."""
    import pandas as pd

    return (pd.Series(part, dtype="Float64") / pd.Series(whole, dtype="Float64").replace(0, pd.NA)).astype("Float64")


def needs(module: str, extra: str) -> Any:
    """An optional package, or an error that says how to get it."""
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError:
        name = module.partition(".")[0]
        raise CDDError(f"this needs the package {name}; pip install 'china-defence-dialogues[{extra}]'") from None
