"""Stata 14 and later (format 118, UTF-8): variable labels, value labels, days as %td, lists joined by `|`.

Columns of a closed vocabulary are numbers with the codes as value labels; truth values are 0 and 1, labelled. Text that
is null is empty, as Stata has no missing text.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import about
from ...errors import DataError
from ...tables.schema import TABLES, Column
from ..release import Release, joined

if TYPE_CHECKING:
    import pandas as pd

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,31}")
_RENAMED = {"aggregate": "is_aggregate"}
"""Columns whose names are reserved words of Stata or Mata."""
_LABEL_LENGTH = 80


def write(release: Release, to: Path) -> None:
    import pandas as pd

    (to / "stata").mkdir()
    for name, table in TABLES.items():
        columns: dict[str, Any] = {}
        days: dict[Any, Any] = {}
        labels: dict[str, dict[float, str]] = {}
        for column in table.columns:
            variable = _RENAMED.get(column.name, column.name)
            if not _NAME.fullmatch(variable):
                raise DataError(f"{name}.{variable} is no name that Stata takes (letters, digits, _; 32 at most)")
            cells = release.table(name)[column.name].to_pylist()
            codes = release.codes.get((name, column.name), [])
            if str(column.type) == "date32[day]":
                days[variable] = "td"
            if column.vocabulary and codes and not str(column.type).startswith("list"):
                columns[variable] = _coded(cells, codes, f"{name}.{column.name}")
                labels[variable] = {float(number): code for number, code in enumerate(codes, 1)}
            else:
                columns[variable] = _column(cells, column)
            if str(column.type) == "bool":
                labels[variable] = {0: "false", 1: "true"}
        pd.DataFrame(columns).to_stata(
            to / "stata" / f"{name}.dta",
            version=118,
            write_index=False,
            time_stamp=datetime.fromisoformat(release.released),
            data_label=_label(f"{about.TITLE} {release.version}: {name}"),
            variable_labels={
                _RENAMED.get(column.name, column.name): _label(column.description) for column in table.columns
            },
            value_labels=labels,
            convert_dates=days,
        )


def _coded(cells: list[Any], codes: list[str], where: str) -> pd.Series[float]:
    import pandas as pd

    numbers = {code: float(number) for number, code in enumerate(codes, 1)}
    if unknown := {cell for cell in cells if cell is not None} - numbers.keys():
        raise DataError(f"{where}: {sorted(unknown)[0]!r} is not in its vocabulary; run `cdd validate` and rebuild")
    return pd.Series([None if cell is None else numbers[cell] for cell in cells], dtype="float64")


def _column(cells: list[Any], column: Column) -> pd.Series[Any]:
    import pandas as pd

    kind = str(column.type)
    if kind.startswith("list"):
        return pd.Series([joined(cell) for cell in cells], dtype=object)
    if kind == "date32[day]":
        return pd.Series(cells, dtype="datetime64[s]")
    if kind == "bool":
        return pd.Series([int(cell) for cell in cells], dtype="int8")
    if kind == "string":
        return pd.Series([cell or "" for cell in cells], dtype=object)
    return pd.Series(cells, dtype="float64")


def _label(text: str) -> str:
    return text if len(text) <= _LABEL_LENGTH else text[: _LABEL_LENGTH - 1] + "…"
