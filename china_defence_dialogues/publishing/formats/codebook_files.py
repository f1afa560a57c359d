"""The codebook as Markdown, CSV and Parquet."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from ...tables.schema import TABLES
from ..codebook import codebook_page
from ..release import Release, plain
from ..text_files import write_text


def write(release: Release, to: Path) -> None:
    folder = to / "codebook"
    write_text(folder / "codebook.md", codebook_page(release.folder))
    table = release.table("codebook")
    rows = table.to_pylist()
    places = sorted(range(len(rows)), key=lambda place: _order(rows[place]))
    table = table.take(places)
    with (folder / "codebook.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.column_names)
        writer.writerows([plain(cell) for cell in row.values()] for row in table.to_pylist())
    pq.write_table(table, folder / "codebook.parquet", compression="zstd", version="2.6")


def _order(row: dict[str, Any]) -> tuple[bool, int, int, str, str]:
    """Tables and columns as published, variables of earlier versions last."""
    removed = row["removed_in"] is not None
    return removed, 0 if removed else list(TABLES).index(row["table"]), row["seq"], row["table"], row["column"]
