"""SQLite: every table with its keys, foreign keys and indexes, views, and metadata for Datasette.

Lists are JSON arrays (use json_each), truth values 0 and 1, dates text. The file carries no clock: user_version is the
release day as YYYYMMDD.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from ... import about
from ...tables.schema import TABLES
from ..release import Release
from ..text_files import write_json
from .sql import VIEWS, create_table, quoted

FILE = "china_defence_dialogues.sqlite"
_TYPES = {
    "string": "TEXT",
    "int64": "INTEGER",
    "double": "REAL",
    "bool": "INTEGER",
    "date32[day]": "TEXT",
    "list<element: string>": "TEXT",
    "list<element: int64>": "TEXT",
}


def write(release: Release, to: Path) -> None:
    try:
        _fill(release, to / FILE)
    except sqlite3.OperationalError as error:  # a full disk shows up as this
        raise OSError(str(error)) from error
    write_json(to / "datasette.json", _datasette(release))


def _fill(release: Release, path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute(f"PRAGMA user_version = {release.released.replace('-', '')}")
        connection.execute("BEGIN")
        for name, table in TABLES.items():
            connection.execute(create_table(table, _TYPES, foreign_keys=True))
            marks = ", ".join("?" for _ in table.columns)
            connection.executemany(
                f"INSERT INTO {quoted(name)} VALUES ({marks})",
                ([_cell(row[column.name]) for column in table.columns] for row in release.rows(name)),
            )
            for column in table.columns:
                if column.references and table.key != (column.name,):
                    connection.execute(
                        f"CREATE INDEX {quoted(f'{name}_{column.name}')} ON {quoted(name)} ({quoted(column.name)})"
                    )
        connection.execute("CREATE INDEX meetings_start_date ON meetings (start_date)")
        for name, query in VIEWS.items():
            connection.execute(f"CREATE VIEW {name} AS {query.format(strings='group_concat')}")
        connection.execute("COMMIT")
    finally:
        connection.close()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _datasette(release: Release) -> dict[str, Any]:
    """Metadata file of Datasette: titles, licence, and what every table and column holds."""
    tables = {
        name: {
            "description": table.description,
            "columns": {column.name: column.description for column in table.columns},
        }
        for name, table in TABLES.items()
    }
    return {
        "title": f"{about.TITLE} {release.version}",
        "description": about.ABSTRACT,
        "license": about.DATA_LICENCE,
        "license_url": "https://creativecommons.org/licenses/by/4.0/",
        "source": about.TITLE,
        "source_url": about.REPOSITORY,
        "databases": {Path(FILE).stem: {"tables": tables}},
    }
