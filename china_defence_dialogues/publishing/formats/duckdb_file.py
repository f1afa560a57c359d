"""DuckDB: every table with its own types (lists, dates, truth values), primary keys, comments and views."""

from __future__ import annotations

from pathlib import Path

from ...tables.schema import TABLES
from ..release import Release
from .sql import VIEWS, create_table, quoted

FILE = "china_defence_dialogues.duckdb"
_TYPES = {
    "string": "VARCHAR",
    "int64": "BIGINT",
    "double": "DOUBLE",
    "bool": "BOOLEAN",
    "date32[day]": "DATE",
    "list<element: string>": "VARCHAR[]",
    "list<element: int64>": "BIGINT[]",
}


def write(release: Release, to: Path) -> None:
    import duckdb

    try:
        with duckdb.connect(str(to / FILE), config={"threads": 1}) as connection:
            for name, table in TABLES.items():
                connection.execute(create_table(table, _TYPES, foreign_keys=False))
                connection.register("built", release.table(name))
                connection.execute(f"INSERT INTO {quoted(name)} SELECT * FROM built")
                connection.unregister("built")
                connection.execute(f"COMMENT ON TABLE {quoted(name)} IS {_text(table.description)}")
                for column in table.columns:
                    place = f"{quoted(name)}.{quoted(column.name)}"
                    connection.execute(f"COMMENT ON COLUMN {place} IS {_text(column.description)}")
            for name, query in VIEWS.items():
                connection.execute(f"CREATE VIEW {name} AS {query.format(strings='string_agg')}")
            connection.execute("CHECKPOINT")
    except (duckdb.IOException, duckdb.FatalException) as error:  # a full disk shows up as one of these
        raise OSError(str(error).splitlines()[0]) from error


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
