"""Excel: one sheet per table with a frozen header, typed cells and links; text is never taken for a formula."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from ... import about
from ...tables.schema import TABLES
from ..release import Release, joined

FILE = "china_defence_dialogues.xlsx"
LONGEST = 32_767
"""Characters that a cell can hold."""
_MOST_LINKS = 65_530
_LONGEST_LINK = 2_079
_SHEET_NAME = 31


def write(release: Release, to: Path) -> None:
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(str(to / FILE), options | {"in_memory": True})
    workbook.set_properties(
        {
            "title": f"{about.TITLE} {release.version}",
            "author": "; ".join(about.AUTHORS),
            "comments": f"{about.cite()} Data: {about.DATA_LICENCE}.",
            "created": datetime.fromisoformat(release.released),
        }
    )
    try:
        _contents(workbook, release)
        for name in TABLES:
            _sheet(workbook, release, name)
        workbook.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(str(error)) from error


def _contents(workbook: Any, release: Release) -> None:
    """First sheet: what this is, how to cite it, and a link to every table."""
    sheet, bold = workbook.add_worksheet("contents"), workbook.add_format({"bold": True})
    sheet.set_column(0, 0, 22)
    sheet.set_column(2, 2, 100)
    sheet.write_string(0, 0, f"{about.TITLE} {release.version} ({release.released})", bold)
    sheet.write_string(1, 0, about.cite())
    sheet.write_string(
        2,
        0,
        f"Data: {about.DATA_LICENCE}. Lists are joined by |; an empty cell is null: not stated in any source seen.",
    )
    for number, (name, table) in enumerate(TABLES.items(), 4):
        sheet.write_url(number, 0, f"internal:'{name[:_SHEET_NAME]}'!A1", string=name)
        sheet.write_number(number, 1, release.table(name).num_rows)
        sheet.write_string(number, 2, table.description)


def _sheet(workbook: Any, release: Release, name: str) -> None:
    table = TABLES[name]
    sheet, bold = workbook.add_worksheet(name[:_SHEET_NAME]), workbook.add_format({"bold": True})
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 1)
    links = 0
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, bold)
        sheet.set_column(place, place, min(40, max(10, len(column.name) + 2)))
    rows = release.rows(name)
    for number, row in enumerate(rows, 1):
        for place, column in enumerate(table.columns):
            value = row[column.name]
            if column.name.endswith("url") and links < _MOST_LINKS and _is_link(value):
                links += 1
                sheet.write_url(number, place, value, string=value)
            else:
                _cell(sheet, number, place, value, day)
    sheet.autofilter(0, 0, max(1, len(rows)), len(table.columns) - 1)


def _is_link(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("https://", "http://")) and len(value) <= _LONGEST_LINK


def _cell(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    else:
        text = joined(value) if isinstance(value, list) else value
        if not text:
            return
        if len(text.encode("utf-16-le")) // 2 > LONGEST:
            text = f"[{len(text):,} characters, more than a cell holds: see the CSV or Parquet file]"
        sheet.write_string(row, column, text)
