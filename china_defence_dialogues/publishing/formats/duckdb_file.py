"""DuckDB: every table with its own types (lists, dates, truth values), primary keys, comments and views.

Each file carries an identity drawn at random by DuckDB: its cells are the same every time, its bytes are not.
"""

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
        with duckdb.connect(config={"threads": 1}) as connection:
            # the smallest blocks: with the usual ones every column of every table would take 256 kB
            connection.execute(f"ATTACH {_text(str(to / FILE))} AS export (BLOCK_SIZE 16384)")
            connection.execute("USE export")
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
            connection.execute("CHECKPOINT export")
            connection.execute("USE memory")
            connection.execute("DETACH export")
    except (duckdb.IOException, duckdb.FatalException) as error:  # a full disk shows up as one of these
        raise OSError(str(error).splitlines()[0]) from error


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
