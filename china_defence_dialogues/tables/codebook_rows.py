"""Rows of the `codebook` table: every variable in use, then those that earlier releases had."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from .history import RENAMED, Row
from .schema import TABLES, Column, Table

_EXAMPLE_LENGTH = 80


def codebook_rows(tables: dict[str, pa.Table], changes: list[Row]) -> Iterator[Row]:
    """One row per variable of every table built; the codebook counts itself too."""
    history = [row for row in changes if row["kind"] == "variable" and row["field"] == "-"]
    first = {row["id"]: row["release"] for row in reversed(history) if row["change"] == "added"}
    codes = _codes(tables)
    in_use = {f"{table.name}.{column.name}" for table in TABLES.values() for column in table.columns}
    removed = {row["id"]: row for row in history if row["change"] == "removed" and row["id"] not in in_use}
    size = len(in_use) + len(removed)
    for table in TABLES.values():
        for seq, column in enumerate(table.columns, 1):
            yield _row(table, column, seq, tables.get(table.name), size, codes) | {
                "since": first.get(f"{table.name}.{column.name}"),
                "removed_in": None,
                "renamed_to": None,
            }
    for name, change in removed.items():
        yield _removed(name, change, tables, size) | {"since": first.get(name), "renamed_to": RENAMED.get(name)}


def _row(table: Table, column: Column, seq: int, data: pa.Table | None, size: int, codes: dict[str, list[str]]) -> Row:
    allowed = codes.get(column.vocabulary or "", [])
    counts = Counter(_cells(data, column.name)) if data is not None and allowed else Counter[Any]()
    return {
        "table": table.name,
        "column": column.name,
        "seq": seq,
        "type": str(column.type),
        "nullable": column.nullable,
        "description": column.description,
        "vocabulary": column.vocabulary,
        "references": column.references,
        "is_key": column.is_key,
        "n_filled": _filled(data, column.name) if data is not None else size,
        "n_rows": data.num_rows if data is not None else size,
        "codes": allowed,
        "counts": [counts[code] for code in allowed],
        "coding_rule": coding_rule(column),
        "missing_rule": missing_rule(column),
        "example": _example(data, column.name) if data is not None else None,
    }


def _removed(name: str, change: Row, tables: dict[str, pa.Table], size: int) -> Row:
    """A variable of earlier releases, as the release that took it out remembers it."""
    table, _, column = name.partition(".")
    before: dict[str, str] = json.loads(change["old"] or "{}")
    return {
        "table": table,
        "column": column,
        "seq": 0,
        "type": before.get("type", ""),
        "nullable": before.get("nullable") != "false",
        "description": before.get("description", ""),
        "vocabulary": before.get("vocabulary"),
        "references": before.get("references"),
        "is_key": before.get("is_key") == "true",
        "n_filled": 0,
        "n_rows": tables[table].num_rows if table in tables else size if table == "codebook" else 0,
        "codes": [],
        "counts": [],
        "coding_rule": "No longer coded.",
        "missing_rule": "Not in this version.",
        "example": None,
        "removed_in": change["release"],
    }


def coding_rule(column: Column) -> str:
    """How a value of the column comes about."""
    if column.name == "added_in":
        return "Written by the release script."
    derived = "Computed from the records, never typed. " if "Derived" in column.description else ""
    if column.vocabulary:
        return f"{derived}A code of the vocabulary {column.vocabulary}, whose definitions and near cases decide."
    if column.references:
        return f"{derived}Id of a row of {column.references}."
    return derived.strip() or "As the record states it, from the pages it cites; nothing is inferred."


def missing_rule(column: Column) -> str:
    """What a missing value of the column means."""
    if pa.types.is_list(column.type):
        return "Never null; an empty list means that no page seen states one."
    if not column.nullable:
        return "Never missing."
    described = column.description.lower()
    if "null" in described:
        return "Null: " + column.description[described.index("null") + len("null") :].strip(" ;,").rstrip(".") + "."
    return "Null means not stated in any source seen, never no."


def _codes(tables: dict[str, pa.Table]) -> dict[str, list[str]]:
    """Vocabulary → codes in the printed order; countries, places and forums have tables or records of their own."""
    terms = sorted(tables["vocabulary"].to_pylist(), key=lambda row: (row["vocabulary"], row["seq"]))
    codes: dict[str, list[str]] = {}
    for row in terms:
        codes.setdefault(row["vocabulary"], []).append(row["code"])
    codes["countries"] = list(dict.fromkeys(tables["countries"]["iso3"].to_pylist()))
    named = tables["names"].to_pylist()
    codes["forums"] = sorted({row["entity_id"] for row in named if row["entity_kind"] == "forum"})
    return codes


def _cells(data: pa.Table, column: str) -> Iterable[Any]:
    values = data.column(column)
    cells = values.to_pylist()
    return (item for cell in cells for item in cell) if pa.types.is_list(values.type) else cells


def _filled(data: pa.Table, column: str) -> int:
    values = data.column(column)
    if pa.types.is_list(values.type):
        return sum(1 for value in values.to_pylist() if value)
    return int(len(values) - values.null_count)


def _example(data: pa.Table, column: str) -> str | None:
    for value in data.column(column).to_pylist():
        if value is not None and value != []:
            text = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else _text(value)
            return text if len(text) <= _EXAMPLE_LENGTH else text[: _EXAMPLE_LENGTH - 1] + "…"
    return None


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
