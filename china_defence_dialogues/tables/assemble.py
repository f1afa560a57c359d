"""Records into Arrow tables: rows sorted by key, keys unique, references kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

import pyarrow as pa

from ..errors import DataError
from ..records.seeds import Seeds
from . import events, naming, reference
from .codebook_rows import codebook_rows
from .events import Row
from .history import ORIGINS, Releases, canonical_json, read_changes, read_releases
from .schema import TABLES, Table

_BUILDERS: dict[str, Callable[..., Iterable[Row]]] = {
    "articles": reference.articles,
    "meetings": events.meetings,
    "participants": events.participants,
    "dates": events.dates,
    "topics": events.topics,
    "evidence": events.evidence,
    "status_history": events.status_history,
    "outcomes": events.outcomes,
    "links": events.links,
    "meeting_partners": events.meeting_partners,
    "occasions": reference.occasions,
    "suspensions": reference.suspensions,
    "people": reference.people,
    "posts": reference.posts,
    "tenures": reference.tenures,
    "mechanisms": reference.mechanisms,
    "rounds": reference.rounds,
    "names": naming.names,
    "places": reference.places,
    "countries": reference.countries,
    "cues": reference.cues,
    "vocabulary": reference.vocabulary,
    "coverage": reference.coverage,
    "double_codings": reference.double_codings,
    "records": reference.records,
}


def assemble(seeds: Seeds) -> dict[str, pa.Table]:
    """Every published table, from seeds that passed validation.

    Raises DataError where a key is not unique or a reference leads nowhere.
    """
    releases, changes = read_releases(seeds.root), read_changes(seeds.root)
    tables: dict[str, pa.Table] = {}
    for name, builder in _BUILDERS.items():
        tables[name] = to_arrow(TABLES[name], _dated(name, builder(seeds), releases))
    tables["changes"] = to_arrow(TABLES["changes"], changes)
    tables["codebook"] = to_arrow(TABLES["codebook"], codebook_rows(tables, changes))
    _check_references(tables)
    return {name: tables[name] for name in TABLES}


def _dated(table: str, rows: Iterable[Row], releases: Releases) -> Iterable[Row]:
    """Rows with the version in which the record behind each first appeared."""
    origin = ORIGINS[table]
    return (row | {"added_in": releases.get(origin(row))} for row in rows)


def to_arrow(table: Table, rows: Iterable[Row]) -> pa.Table:
    """Rows as an Arrow table with the declared schema, sorted by key."""
    names = [column.name for column in table.columns]
    ordered = sorted(rows, key=lambda row: tuple((row[name] is not None, row[name]) for name in table.key))
    for left, right in zip(ordered, ordered[1:], strict=False):
        if all(left[name] == right[name] for name in table.key):
            shown = ", ".join(f"{name}={left[name]!r}" for name in table.key)
            raise DataError(
                f"table {table.name}: two rows with the key {shown}; the records behind them say the same thing twice"
            )
    try:
        return pa.Table.from_pydict(
            {name: [_plain(row[name]) for row in ordered] for name in names}, schema=table.arrow
        )
    except (KeyError, pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise DataError(f"table {table.name}: {error}") from error


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _check_references(tables: dict[str, pa.Table]) -> None:
    for name, table in TABLES.items():
        for column in table.columns:
            if column.references is None:
                continue
            (key,) = TABLES[column.references].key
            valid = set(tables[column.references].column(key).to_pylist())
            missing = sorted(
                {value for value in tables[name].column(column.name).to_pylist() if value is not None} - valid
            )
            if missing:
                raise DataError(
                    f"table {name}: {column.name} {missing[0]!r} is not in {column.references} ({len(missing)} such values)"
                )


def content_hash(table: pa.Table) -> str:
    """SHA-256 of a table's values, the same with every version of every library."""
    digest = hashlib.sha256()
    digest.update(canonical_json(table.column_names).encode())
    for batch in table.to_batches(max_chunksize=4096):
        for row in batch.to_pylist():
            digest.update(
                b"\n" + json.dumps(list(row.values()), ensure_ascii=False, separators=(",", ":"), default=str).encode()
            )
    return digest.hexdigest()
