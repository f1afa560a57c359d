"""CSV (RFC 4180): one UTF-8 file per table, values unaltered, null as an empty field.

Lists are joined by `|`, truth values are true and false, dates YYYY-MM-DD. Text that a spreadsheet would take for a
formula is left as it is: a file for programs must hold what the source says. The Excel workbook is for spreadsheets.
"""

from __future__ import annotations

import csv
from pathlib import Path

from ...tables.schema import TABLES
from ..release import Release, plain
from ..text_files import write_text

_README = r"""CSV twins of the Parquet tables: UTF-8, comma, double quotes, CRLF line ends (RFC 4180).

- An empty field is null (not stated in any source seen), or an empty list.
- Elements of a list are joined by |; a | or \ inside an element is written \| or \\.
- Truth values are true and false; dates are YYYY-MM-DD; *_edtf columns are EDTF level 1.
- Values are never altered: when opening a file in a spreadsheet, import every column as text.
"""


def write(release: Release, to: Path) -> None:
    write_text(to / "csv" / "README.txt", _README)
    for name, table in TABLES.items():
        with (to / "csv" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(column.name for column in table.columns)
            for row in release.rows(name):
                writer.writerow(plain(row[column.name]) for column in table.columns)
