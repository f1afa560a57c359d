"""Rows of the `codebook` table: every variable in use, then those that earlier releases had."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from .. import models
from ..models import Model
from .history import RENAMED, Row
from .schema import TABLES, Column, Table

_EXAMPLE_LENGTH = 80
_RECORDS: dict[str, tuple[type[Model], ...]] = {
    "articles": (models.Article,),
    "meetings": (models.Meeting, models.Place, models.Coding),
    "participants": (models.Participant,),
    "dates": (models.DateMention,),
    "topics": (models.TopicMention,),
    "evidence": (models.Source,),
    "status_history": (models.StatusStep,),
    "outcomes": (models.Outcome,),
    "links": (models.Link,),
    "occasions": (models.Occasion, models.Place),
    "suspensions": (models.Suspension, models.Channel),
    "people": (models.Person,),
    "posts": (models.Post,),
    "tenures": (models.Tenure,),
    "mechanisms": (models.Mechanism,),
    "rounds": (models.Round, models.Place),
    "names": (models.Name,),
    "places": (models.NamedPlace,),
    "countries": (models.CountryCodes, models.Body),
    "cues": (models.Cue,),
    "vocabulary": (models.Term,),
    "coverage": (models.CoverageEntry,),
    "double_codings": (models.DoubleCoding,),
}
"""Table → the parts of records from which columns of the same name are taken as written; all others are computed."""


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
        "coding_rule": coding_rule(table.name, column),
        "missing_rule": missing_rule(table.name, column, allowed),
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


def coding_rule(table: str, column: Column) -> str:
    """How a value of the column comes about."""
    if column.name == "added_in":
        return "Written by the release script."
    written = _written(table, column)
    start = "" if written is None else "As the record states it. "
    if column.is_key and column.description == "Permanent id.":
        return "Given once with the record, never changed, never used again."
    if column.references:
        return f"{start or 'The record that the row belongs to or names. '}Id of a row of {column.references}."
    if written is None:
        start = "Computed when the tables are built. "
    if column.vocabulary:
        return f"{start}A code of the vocabulary {column.vocabulary}, by its definitions and near cases."
    return f"{start}{written}" if written and written != column.description else start.strip()


def _written(table: str, column: Column) -> str | None:
    """What the record's own field of that name says of itself; None where the column is computed."""
    if column.description.endswith("Derived."):
        return None
    names = (column.name, column.name.removesuffix("_id"), column.name.removesuffix("_edtf"))
    fields = (model.model_fields.get(name) for name in names for model in _RECORDS.get(table, ()))
    return next((field.description or "" for field in fields if field is not None), None)


def missing_rule(table: str, column: Column, codes: list[str]) -> str:
    """What a missing value of the column means."""
    if pa.types.is_list(column.type):
        return "Never null; an empty list means that no page seen states one."
    if not column.nullable:
        return "Never missing; unknown where no page seen says." if "unknown" in codes else "Never missing."
    if column.name in ("summary", "notes", "note"):
        return "Null where the coders wrote none."
    described = column.description.lower()
    if "null" in described:
        return "Null: " + column.description[described.index("null") + len("null") :].strip(" ;,").rstrip(".") + "."
    if _written(table, column) is None and not column.references:
        return "Null where it does not apply or cannot be computed from what is stated."
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
