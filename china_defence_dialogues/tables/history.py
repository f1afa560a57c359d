"""What earlier releases held, read from two files that only the release script writes.

`releases.csv` says in which version each record first appeared; `changes.jsonl` keeps every change since, so that
the `changes` table and the `since` of each variable need no earlier release at hand.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from ..errors import DataError
from ..records.layout import CHANGES, RELEASES

Row = dict[str, Any]
Origin = tuple[str, str]
"""Kind and id of a record."""
Releases = dict[Origin, str]
"""Record → version in which it first appeared."""
RELEASE_COLUMNS = ("kind", "id", "version", "content_hash")
CHANGE_COLUMNS = ("release", "kind", "id", "field", "change", "old", "new")
RENAMED: dict[str, str] = {}
"""Removed variable → the variable that took its place, as "meetings.old": "meetings.new"."""


def read_releases(root: Path) -> Releases:
    """First version of every released record."""
    path = root / RELEASES
    if not path.exists():
        return {}
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != RELEASE_COLUMNS:
            raise DataError(
                f"{path}: the first line must be {','.join(RELEASE_COLUMNS)}; restore it from the last release"
            )
        return {(row["kind"], row["id"]): row["version"] for row in reader}


def read_changes(root: Path) -> list[Row]:
    """Every change of every release."""
    path = root / CHANGES
    if not path.exists():
        return []
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            rows.append({name: row[name] for name in CHANGE_COLUMNS})
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(
                f"{path}:{number}: not a change ({error}); restore the line from the last release"
            ) from None
    return rows


LIST_KEYS: dict[str, tuple[str, ...]] = {
    "country": ("iso3",),
    "body": ("code",),
    "forum": ("code",),
    "place": ("country", "name"),
    "cue": ("id",),
    "coverage_entry": ("partner", "channel", "status_class", "language", "first_year"),
    "audit": ("subject", "checked_on"),
    "expectation": ("table", "column"),
    "waiver": ("code", "id"),
}
"""Kinds kept in lists, whose entries have no file name to be known by: the fields that identify an entry."""


def natural_key(kind: str, record: Row) -> str:
    """What identifies a record in every release: its id, or what stands for one in kinds kept in lists."""
    return "/".join(str(record.get(name) or "-") for name in LIST_KEYS.get(kind, ("id",)))


def identified(rows: Iterable[Row]) -> Iterator[tuple[Origin, Row]]:
    """Rows of the `records` table with the identity of each; a second entry under one key is called key#2."""
    seen: Counter[Origin] = Counter()
    for row in rows:
        record = json.loads(row["record"])
        origin = (row["kind"], natural_key(row["kind"], record))
        seen[origin] += 1
        yield (origin if seen[origin] == 1 else (origin[0], f"{origin[1]}#{seen[origin]}")), record


def record_hash(record: Row) -> str:
    """SHA-256 of a record's canonical JSON."""
    return hashlib.sha256(canonical_json(record).encode()).hexdigest()


def canonical_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _of(kind: str, column: str) -> Callable[[Row], Origin]:
    return lambda row: (kind, row[column])


_OF_MEETING = _of("meeting", "meeting_id")
ORIGINS: dict[str, Callable[[Row], Origin]] = {
    "articles": _of("article", "article_id"),
    "meetings": _OF_MEETING,
    "participants": _OF_MEETING,
    "dates": _of("article", "article_id"),
    "topics": _OF_MEETING,
    "evidence": _OF_MEETING,
    "status_history": _OF_MEETING,
    "outcomes": _OF_MEETING,
    "links": _OF_MEETING,
    "meeting_partners": _OF_MEETING,
    "occasions": _of("occasion", "occasion_id"),
    "suspensions": _of("suspension", "suspension_id"),
    "people": _of("person", "person_id"),
    "posts": _of("post", "post_id"),
    "tenures": _of("person", "person_id"),
    "mechanisms": _of("mechanism", "mechanism_id"),
    "rounds": _of("mechanism", "mechanism_id"),
    "names": lambda row: (row["entity_kind"], row["entity_id"]),
    "places": lambda row: ("place", natural_key("place", row)),
    "countries": lambda row: ("body" if row["kind"] == "body" else "country", row["iso3"]),
    "cues": _of("cue", "cue_id"),
    "vocabulary": _of("vocabulary", "vocabulary"),
    "coverage": lambda row: ("coverage_entry", natural_key("coverage_entry", row)),
    "double_codings": _of("double_coding", "coding_id"),
    "records": lambda row: (row["kind"], natural_key(row["kind"], json.loads(row["record"]))),
}
"""Table → the record behind one of its rows. `codebook` and `changes` carry versions of their own."""
