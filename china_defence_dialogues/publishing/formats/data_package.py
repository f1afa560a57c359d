"""Data Package 2: the CSV files with types, keys and codes, and the Parquet files by hash."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ... import about
from ...tables.schema import TABLES, Column, Table
from ..exporting import sha256
from ..metadata import LICENCE_URL
from ..release import Release
from ..text_files import write_json

FILE = "datapackage.json"
_TYPES = {"string": "string", "int64": "integer", "double": "number", "bool": "boolean", "date32[day]": "date"}


def write(release: Release, to: Path) -> None:
    csv = [_csv(release, table, to / "csv" / f"{table.name}.csv") for table in TABLES.values()]
    parquet = [_parquet(table, to / "data" / f"{table.name}.parquet") for table in TABLES.values()]
    write_json(
        to / FILE,
        {
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": "china-defence-dialogues",
            "title": about.TITLE,
            "description": about.ABSTRACT,
            "version": release.version,
            "created": f"{release.released}T00:00:00Z",
            "homepage": about.REPOSITORY,
            "keywords": list(about.KEYWORDS),
            "licenses": [{"name": about.DATA_LICENCE, "path": LICENCE_URL}],
            "contributors": [{"title": author, "roles": ["creator"]} for author in about.AUTHORS],
            "resources": csv + parquet,
        },
    )


def _file(path: Path) -> dict[str, Any]:
    return {
        "path": f"{path.parent.name}/{path.name}",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256(path)}",
    }


def _csv(release: Release, table: Table, path: Path) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(release, table, column) for column in table.columns],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    keys = [
        {
            "fields": [column.name],
            "reference": {
                "resource": "" if column.references == table.name else column.references,
                "fields": list(TABLES[column.references].key),
            },
        }
        for column in table.columns
        if column.references
    ]
    return {
        "name": table.name,
        "type": "table",
        "description": table.description,
        **_file(path),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"$schema": "https://datapackage.org/profiles/2.0/tabledialect.json", "delimiter": ",", "lineTerminator": "\r\n"},
        "schema": schema | ({"foreignKeys": keys} if keys else {}),
    }  # fmt: skip


def _parquet(table: Table, path: Path) -> dict[str, Any]:
    return {
        "name": f"{table.name}-parquet",
        "type": "file",
        "description": table.description,
        **_file(path),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
    }


def _field(release: Release, table: Table, column: Column) -> dict[str, Any]:
    is_list = str(column.type).startswith("list")
    constraints: dict[str, Any] = {} if column.nullable or is_list else {"required": True}
    codes = release.codes.get((table.name, column.name))
    if codes and not is_list:
        constraints["enum"] = codes
    if table.key == (column.name,):
        constraints["unique"] = True
    return {
        "name": column.name,
        "type": "string" if is_list else _TYPES[str(column.type)],
        "description": column.description + (" Elements joined by |." if is_list else ""),
        **({"constraints": constraints} if constraints else {}),
    }
