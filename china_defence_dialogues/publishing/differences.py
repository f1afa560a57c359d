"""`changes`: what differs between two releases, record by record and field by field.

A record is flattened into paths with one value each. A path names the elements of a list by what they are about
(`sources[20240417-xinhua].supports.date`), never by their place, so that an element put in front changes nothing else;
and it depends on that record alone, so that changes of successive releases add up to those between the first and last.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UnknownNameError
from ..loading.store import arrow_table, data_folder, manifest
from ..loading.versions import is_version, release_folder, version_key
from ..tables.history import CHANGE_COLUMNS, Origin, Row, identified

if TYPE_CHECKING:
    import pandas as pd

WHOLE = "-"
"""Field of a change that concerns a record as a whole."""
_NAMES = (
    "id",
    "code",
    "article",
    "meeting",
    "mechanism",
    "person",
    "name",
    "name_as_reported",
    "post",
    "topic",
    "status",
)
"""Fields that can name an element of a list, first that it has."""
_VARIABLE_FIELDS = ("type", "nullable", "description", "vocabulary", "references", "is_key")


def changes(old: str | Path | None = None, new: str | Path | None = None) -> pd.DataFrame:
    """What changed between two releases.

    Args:
        old: a version ("0.1.0"), a folder of built tables or an exported release, a wheel, or "hub:ORG/NAME@v0.1.0";
            None for the release before `new`. Only "hub:" reaches for the network.
        new: the same; None for the installed data.

    Returns:
        Data frame with release, kind, id, field, change (added, changed, removed or superseded), old and new (text).
        Field "-" stands for the record as a whole. Two versions are compared through the installed `changes` table,
        anything else by comparing the records themselves.

    Raises:
        UnknownNameError: for a version that the installed data do not know.
        DataError: where a release is not where it was said to be, or is damaged.
    """
    import pandas as pd

    installed = data_folder()
    known = _versions(installed)
    if old is None and new is None:
        old, new = _before(known[-1] if known else None, known), known[-1] if known else None
        if new is None:
            return pd.DataFrame(columns=list(CHANGE_COLUMNS), dtype="string")
    elif old is None:
        old = _before(new, known)
    both_known = all(version is None or (isinstance(version, str) and version in known) for version in (old, new))
    if new is not None and both_known:
        rows = [row for row in arrow_table("changes", installed).to_pylist() if row["kind"] != "release"]
        found = compose(row for row in rows if _after(row["release"], old) and not _after(row["release"], str(new)))
    else:
        for side in (old, new):
            if isinstance(side, str) and is_version(side) and side not in known and side != _version(installed):
                raise UnknownNameError(
                    "release", side, [*known, _version(installed)], hint="or name a folder, a wheel, or hub:ORG/NAME@v…"
                )
        found = between(release_folder(old), release_folder(new))
    return pd.DataFrame([{name: row[name] for name in CHANGE_COLUMNS} for row in found], columns=list(CHANGE_COLUMNS)).astype("string")  # fmt: skip


def _version(folder: Path) -> str:
    return str(manifest(folder)["data_version"])


def _versions(folder: Path) -> list[str]:
    """Released versions that the `changes` table covers, oldest first."""
    rows = arrow_table("changes", folder).to_pylist()
    return sorted((row["id"] for row in rows if row["kind"] == "release"), key=version_key)


def _before(version: str | Path | None, known: list[str]) -> str | None:
    """The release before a version; None before the first, where every record counts as added."""
    if version not in known:
        raise UnknownNameError("release", version, known, hint="name the older release too")
    place = known.index(str(version))
    return known[place - 1] if place else None


def _after(release: str, version: str | Path | None) -> bool:
    return version is None or version_key(release) > version_key(str(version))


def between(old: Path | None, new: Path) -> list[Row]:
    """Changes from one folder of built tables to another; from None, everything is added."""
    release = _version(new)
    before = _flat_records(old) if old is not None else {}
    after = _flat_records(new)
    rows = [
        row
        for origin in before.keys() | after.keys()
        for row in _changes_of(origin, before.get(origin), after.get(origin))
    ]
    return sorted(({"release": release, **row} for row in rows), key=_order)


def compose(rows: Iterable[Row]) -> list[Row]:
    """Changes of successive releases as one set of changes: what is undone on the way is left out."""
    net: dict[tuple[str, str, str], Row] = {}
    for row in sorted(rows, key=lambda row: (version_key(row["release"]), *_order(row))):
        key = (row["kind"], row["id"], row["field"])
        whole = net.get((row["kind"], row["id"], WHOLE))
        if row["field"] == WHOLE and row["change"] in ("added", "removed"):
            for other in [other for other in net if other[:2] == key[:2] and other[2] != WHOLE]:
                del net[other]
            if whole is not None and whole["change"] == "added" and row["change"] == "removed":
                del net[key]
            elif whole is not None and whole["change"] == "removed" and row["change"] == "added":
                net[key] = row | {"change": "changed", "old": whole["old"]}
            else:
                net[key] = row
        elif whole is not None and whole["change"] == "added":
            continue  # part of what the record looked like when it was new
        elif key in net:
            first = net.pop(key)["old"]
            if first != row["new"]:
                net[key] = row | {"old": first, "change": _kind_of_change(first, row["new"], row["change"])}
        else:
            net[key] = row
    return sorted(net.values(), key=_order)


def _order(row: Row) -> tuple[str, str, bool, str]:
    return row["kind"], row["id"], row["field"] != WHOLE, row["field"]


def _flat_records(folder: Path) -> dict[Origin, dict[str, str]]:
    """Every record and every variable of a release, as field path → value."""
    records = {
        origin: dict(flatten(record)) for origin, record in identified(arrow_table("records", folder).to_pylist())
    }
    for row in arrow_table("codebook", folder).to_pylist():
        if row.get("removed_in") is None:
            facts = {name: row[name] for name in _VARIABLE_FIELDS if row[name] is not None}
            records["variable", f"{row['table']}.{row['column']}"] = dict(flatten(facts))
    return records


def flatten(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Field path and value (text as it is, anything else as JSON) of every leaf of a record."""
    if isinstance(value, dict) and value:
        for name, part in value.items():
            yield from flatten(part, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        seen: Counter[str] = Counter()
        for item in value:
            label = next((str(item[name]) for name in _NAMES if isinstance(item.get(name), str)), "")
            seen[label] += 1
            repeated = f"#{seen[label]}" if seen[label] > 1 or not label else ""
            yield from flatten(item, f"{path}[{label}{repeated}]")
    else:
        yield path, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _changes_of(origin: Origin, before: dict[str, str] | None, after: dict[str, str] | None) -> Iterator[Row]:
    def row(field: str, change: str, old: str | None, new: str | None) -> Row:
        return {"kind": origin[0], "id": origin[1], "field": field, "change": change, "old": old, "new": new}

    if before is None:
        yield row(WHOLE, "added", None, None)
    elif after is None:
        yield row(WHOLE, "removed", json.dumps(before, ensure_ascii=False), None)
    else:
        for field in before.keys() | after.keys():
            old, new = before.get(field), after.get(field)
            if old != new:
                superseded = field == "superseded_by" and new is not None
                yield row(field, "superseded" if superseded else _kind_of_change(old, new), old, new)


def _kind_of_change(old: str | None, new: str | None, change: str = "changed") -> str:
    if change == "superseded":
        return change
    return "added" if old is None else "removed" if new is None else "changed"
