"""Adding filled records: all of them, or none.

The input is JSON: one meeting, a list of meetings, each with its new articles inline under `articles`; or a bundle
{"meetings": [...], "articles": [...], "people": [...], ...}. Everything is checked together with the records that
exist, before any file is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from ..errors import CDDError, FormatError, SeedError
from ..models import RECORD_KINDS, Model
from .checks import run_checks, waive
from .files import write_text
from .findings import Finding
from .layout import FOLDERS, path_of
from .seeds import Seeds, read_seeds, validate
from .validation import errors_of
from .yaml_writer import dump

_KIND_OF_SECTION = {folder: kind for kind, folder in FOLDERS.items()}


def add_from_json(root: Path | str, kind: str, text: str) -> list[Path]:
    """Add the records of a JSON text to a seeds folder. Returns the files written.

    Raises FormatError where the text is not of the form asked for, SeedError with every finding where a record is bad;
    nothing is written then.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"not JSON: {error}") from None
    return add_records(root, _named(_sections(kind, value)))


def add_records(root: Path | str, values: Iterable[tuple[str, Any]]) -> list[Path]:
    """Add records given as (kind, plain data). Returns the files written; raises SeedError and writes nothing if any is bad."""
    seeds = read_seeds(root)
    before = {*seeds.findings, *run_checks(seeds)}
    records: list[Model] = []
    findings: list[Finding] = []
    for kind, value in values:
        record, faults = validate(kind, value, PurePosixPath(f"<{kind}>"))
        findings += faults
        if record is not None:
            findings += _stage(seeds, kind, record)
            records.append(record)
    if not findings:
        findings = [item for item in waive(seeds, run_checks(seeds)) if item not in before and item.code != "A001"]
    if errors := errors_of(sorted(findings)):
        raise SeedError(errors)
    return _write_all({seeds.root / path_of(record): dump(record) for record in records})


def _write_all(texts: dict[Path, str]) -> list[Path]:
    """Write every file; where one cannot be written, take back those that were."""
    written: list[Path] = []
    try:
        for path, text in texts.items():
            if not path.exists():
                write_text(path, text)
                written.append(path)
    except CDDError:
        for path in written:
            path.unlink()
        raise
    return written


def _stage(seeds: Seeds, kind: str, record: Model) -> list[Finding]:
    """Put a new record among those read; a record that exists is not replaced."""
    record_id: str = record.id  # type: ignore[attr-defined]
    path = path_of(record)
    if record_id in seeds.records[kind]:
        same = seeds.records[kind][record_id] == record
        return (
            []
            if same
            else [
                Finding(
                    str(path),
                    1,
                    1,
                    "F001",
                    "id",
                    f"{kind} {record_id!r} exists already",
                    "edit that file, or choose another id",
                    record_id,
                )
            ]
        )
    if (seeds.root / path).exists():
        return [
            Finding(
                str(path),
                1,
                1,
                "F001",
                "id",
                "a file that cannot be read stands here",
                "mend or remove that file first",
                record_id,
            )
        ]
    seeds.records[kind][record_id] = record
    seeds.files[(kind, record_id)] = path
    return []


def _sections(kind: str, value: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(value, dict) and value and set(value) <= set(_KIND_OF_SECTION):
        yield from value.items()
        return
    items = value if isinstance(value, list) else [value]
    if not all(isinstance(item, dict) for item in items):
        raise FormatError(
            f"expected a {kind}, a list of them, or a bundle with the sections {', '.join(_KIND_OF_SECTION)}"
        )
    section = FOLDERS[kind]
    for item in items:
        own = set(_KIND_OF_SECTION) & set(item) - set(RECORD_KINDS[kind].model_fields)
        yield from ((name, item[name]) for name in own)
        yield section, [{key: part for key, part in item.items() if key not in own}]


def _named(sections: Iterable[tuple[str, Any]]) -> Iterable[tuple[str, Any]]:
    for section, values in sections:
        if not isinstance(values, list):
            raise FormatError(f"section {section!r} must be a list of records")
        yield from ((_KIND_OF_SECTION[section], value) for value in values)
