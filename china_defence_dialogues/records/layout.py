"""Where each kind of record lies in the seeds folder."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ..models import Model, kind_of

FOLDERS = {
    "article": "articles",
    "meeting": "meetings",
    "occasion": "occasions",
    "person": "people",
    "post": "posts",
    "mechanism": "mechanisms",
    "suspension": "suspensions",
    "vocabulary": "vocabularies",
    "double_coding": "double_coding",
}
"""Folder of each kind that has one file per record."""

LISTS = {
    "country": "vocabularies/countries.yaml",
    "body": "vocabularies/bodies.yaml",
    "forum": "vocabularies/forums.yaml",
    "place": "vocabularies/places.yaml",
    "cue": "vocabularies/cues.yaml",
    "coverage_entry": "coverage.yaml",
    "expectation": "expectations.yaml",
    "audit": "audits.yaml",
    "waiver": "allowlist.yaml",
}
"""File of each kind whose records stand together, under the key `entries`."""

DOCUMENTS = "documents"
RELEASES = "releases.csv"
CHANGES = "changes.jsonl"
NOT_RECORDS = {"README.md", RELEASES, CHANGES}
_BY_YEAR = frozenset({"article", "meeting", "occasion"})


def path_of(record: Model) -> PurePosixPath:
    """The one path, relative to the seeds folder, at which a record may lie."""
    kind = kind_of(record)
    record_id: str = record.id  # type: ignore[attr-defined]
    folder = PurePosixPath(FOLDERS[kind])
    if kind in _BY_YEAR:
        year = re.match(r"(?:19|20)[0-9]{2}", record_id)
        folder /= year.group() if year else "undated"
    elif kind == "post":
        folder /= record.country.lower().replace(":", "-")  # type: ignore[attr-defined]
    return folder / f"{record_id}.yaml"


def kind_at(path: PurePosixPath) -> str | None:
    """The kind of record that a path of the seeds folder holds, or None where no record may lie."""
    for kind, file in LISTS.items():
        if str(path) == file:
            return kind
    if path.suffix != ".yaml":
        return None
    for kind, folder in FOLDERS.items():
        if path.parts[0] == folder and len(path.parts) > 1:
            return kind
    return None
