"""Reading the seeds folder: every file into records, every fault into a finding."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, cast

from pydantic import ValidationError

from ..errors import SeedError
from ..models import (
    LIST_KINDS,
    RECORD_KINDS,
    Article,
    DoubleCoding,
    Mechanism,
    Meeting,
    Model,
    Occasion,
    Person,
    Post,
    Suspension,
    Vocabulary,
)
from . import yaml_reader
from .findings import Finding
from .layout import DOCUMENTS, LISTS, NOT_RECORDS, kind_at, path_of
from .yaml_writer import dump, dump_value


@dataclass
class Seeds:
    """All records of a seeds folder, by kind and id, with what was found while reading them."""

    root: Path
    records: dict[str, dict[str, Model]] = field(default_factory=lambda: {kind: {} for kind in RECORD_KINDS})
    lists: dict[str, list[Model]] = field(default_factory=lambda: {kind: [] for kind in LIST_KINDS})
    documents: dict[str, str] = field(default_factory=dict)
    """Text of every file in documents/, by file name."""
    document_hashes: dict[str, str] = field(default_factory=dict)
    """SHA-256 of every file in documents/."""
    files: dict[tuple[str, str], PurePosixPath] = field(default_factory=dict)
    """(kind, id) → path of the record, relative to the root."""
    findings: list[Finding] = field(default_factory=list)

    def of(self, kind: str) -> dict[str, Any]:
        """Records of one kind, by id."""
        return self.records[kind]

    @property
    def articles(self) -> dict[str, Article]:
        return cast(dict[str, Article], self.records["article"])

    @property
    def meetings(self) -> dict[str, Meeting]:
        return cast(dict[str, Meeting], self.records["meeting"])

    @property
    def occasions(self) -> dict[str, Occasion]:
        return cast(dict[str, Occasion], self.records["occasion"])

    @property
    def people(self) -> dict[str, Person]:
        return cast(dict[str, Person], self.records["person"])

    @property
    def posts(self) -> dict[str, Post]:
        return cast(dict[str, Post], self.records["post"])

    @property
    def mechanisms(self) -> dict[str, Mechanism]:
        return cast(dict[str, Mechanism], self.records["mechanism"])

    @property
    def suspensions(self) -> dict[str, Suspension]:
        return cast(dict[str, Suspension], self.records["suspension"])

    @property
    def vocabularies(self) -> dict[str, Vocabulary]:
        return cast(dict[str, Vocabulary], self.records["vocabulary"])

    @property
    def double_codings(self) -> dict[str, DoubleCoding]:
        return cast(dict[str, DoubleCoding], self.records["double_coding"])

    def all_records(self) -> Iterator[tuple[str, str, Model]]:
        """Every record with a file of its own, as (kind, id, record)."""
        for kind, records in self.records.items():
            for record_id, record in records.items():
                yield kind, record_id, record

    def finding(self, code: str, kind: str, record_id: str, at: Iterable[str | int], what: str, mend: str) -> Finding:
        """A finding at a field of a record, with its line looked up in the file."""
        path = self.files.get((kind, record_id)) or PurePosixPath(LISTS.get(kind, kind))
        location = tuple(at)
        line, col = locate(self.root / path, location)
        return Finding(str(path), line, col, code, ".".join(map(str, location)) or "-", what, mend, record_id)


def locate(path: Path, location: tuple[str | int, ...]) -> tuple[int, int]:
    """Line and column of a field; of its nearest parent where the file does not write it out."""
    try:
        found = yaml_reader.positions(yaml_reader.decode(path.read_bytes()))
    except (OSError, yaml_reader.YamlError):
        return 1, 1
    while location and location not in found:
        location = location[:-1]
    return found.get(location, (1, 1))


def read_seeds(root: Path | str) -> Seeds:
    """Read a seeds folder. Faults of form become findings; the records that are sound are kept."""
    root = Path(root)
    if not (root / "meetings").is_dir() and not (root / "vocabularies").is_dir():
        raise SeedError([f"{root}: no seeds folder here; run this at the repository's root, or name the folder"])
    seeds = Seeds(root)
    for file in _files(root):
        path = PurePosixPath(file.relative_to(root).as_posix())
        if file.is_symlink():
            seeds.findings.append(_whole(path, "F005", "a symbolic link", "put the file itself here"))
        elif not file.is_file() or not str(path).isprintable():
            seeds.findings.append(
                _whole(
                    PurePosixPath(ascii(str(path))),
                    "F004",
                    "no ordinary file with a readable name",
                    "delete or rename it",
                )
            )
        elif path.parts[0] == DOCUMENTS:
            _read_document(seeds, file)
        elif kind := kind_at(path):
            _read_record_file(seeds, kind, path, file)
        elif path.name not in NOT_RECORDS:
            seeds.findings.append(
                _whole(path, "F004", "no record may lie here", "move or delete it; seeds/README.md shows the folders")
            )
    return seeds


def _files(root: Path) -> Iterator[Path]:
    """All files below the root in a fixed order; links are handed on as they are, to be refused."""
    for entry in sorted(root.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            yield from _files(entry)
        elif not entry.name.startswith("."):
            yield entry


def _whole(path: PurePosixPath, code: str, what: str, mend: str, line: int = 1, col: int = 1) -> Finding:
    return Finding(str(path), line, col, code, "-", what, mend, path.stem)


def _read_document(seeds: Seeds, file: Path) -> None:
    raw = file.read_bytes()
    seeds.document_hashes[file.name] = hashlib.sha256(raw).hexdigest()
    try:
        seeds.documents[file.name] = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        path = PurePosixPath(DOCUMENTS, file.name)
        seeds.findings.append(
            _whole(path, "Y007", f"the document is not UTF-8 (byte {error.start})", "restore the original file")
        )


def _read_record_file(seeds: Seeds, kind: str, path: PurePosixPath, file: Path) -> None:
    try:
        text = yaml_reader.decode(file.read_bytes())
        value = yaml_reader.read(text)
    except yaml_reader.YamlError as error:
        for problem in error.problems:
            seeds.findings.append(_whole(path, problem.code, problem.what, problem.mend, problem.line, problem.col))
        return
    if not isinstance(value, dict):
        seeds.findings.append(
            _whole(
                path, "Y009", "the file does not hold fields", "write `field: value` lines; `cdd new` gives a template"
            )
        )
    elif kind in LISTS:
        _read_list(seeds, kind, path, text, value)
    else:
        _read_one(seeds, kind, path, text, value)


def _read_one(seeds: Seeds, kind: str, path: PurePosixPath, text: str, value: dict[str, Any]) -> None:
    record, findings = validate(kind, value, path, text)
    seeds.findings.extend(findings)
    if record is None:
        return
    record_id: str = record.id  # type: ignore[attr-defined]
    seeds.records[kind][record_id] = record
    seeds.files[(kind, record_id)] = path
    if record_id != path.stem:
        seeds.findings.append(
            _whole(
                path, "F001", f"id {record_id!r} is not the file name", f"name the file {record_id}.yaml or mend the id"
            )
        )
    elif path != path_of(record):
        seeds.findings.append(
            _whole(path, "F002", "the file lies in the wrong folder", f"move it to {path_of(record)}")
        )
    if text != dump(record):
        seeds.findings.append(_whole(path, "F003", "not in canonical form", "run `cdd fmt`"))


def _read_list(seeds: Seeds, kind: str, path: PurePosixPath, text: str, value: dict[str, Any]) -> None:
    entries = value.get("entries")
    if set(value) != {"entries"} or not isinstance(entries, list):
        seeds.findings.append(
            _whole(
                path, "M001", "the file must hold one list under `entries`", "write `entries:` and the list below it"
            )
        )
        return
    records = []
    for number, entry in enumerate(entries):
        record, findings = validate(kind, entry, path, text, ("entries", number))
        seeds.findings.extend(findings)
        if record is not None:
            records.append(record)
    seeds.lists[kind] = records
    if len(records) == len(entries) and text != dump_list(records):
        seeds.findings.append(_whole(path, "F003", "not in canonical form", "run `cdd fmt`"))


def dump_list(records: Iterable[Model]) -> str:
    """Canonical YAML of a file that holds a list."""
    return dump_value({"entries": [record.model_dump(mode="json", exclude_defaults=True) for record in records]})


def validate(
    kind: str, value: Any, path: PurePosixPath, text: str = "", prefix: tuple[str | int, ...] = ()
) -> tuple[Model | None, list[Finding]]:
    """Check one value against its model; every fault becomes a finding with its line."""
    model = (RECORD_KINDS | LIST_KINDS)[kind]
    try:
        return model.model_validate_json(json.dumps(value), strict=True), []
    except ValidationError as error:
        located = yaml_reader.positions(text) if text else {}
        record_id = str(value.get("id", path.stem)) if isinstance(value, dict) else path.stem
        return None, [_model_finding(fault, path, record_id, located, prefix) for fault in error.errors()]


_ADVICE = {
    "extra_forbidden": ("M001", "unknown field", "check the spelling; schemas/ lists the fields"),
    "missing": ("M002", "missing", "add the field"),
}


def _model_finding(
    fault: Any, path: PurePosixPath, record_id: str, located: dict[Any, tuple[int, int]], prefix: tuple[str | int, ...]
) -> Finding:
    location = (*prefix, *(part for part in fault["loc"] if not (isinstance(part, str) and "[" in part)))
    at = location
    while at and at not in located:
        at = at[:-1]
    line, col = located.get(at, (1, 1))
    code, what, mend = _ADVICE.get(fault["type"], ("M003", "", "correct the value"))
    if code == "M003":
        value = fault.get("input")
        shown = "nothing" if value is None else repr(value)
        what = f"{fault['msg'].removeprefix('Value error, ')} (got {shown if len(shown) <= 80 else shown[:77] + '...'})"
    return Finding(str(path), line, col, code, ".".join(map(str, location)) or "-", what, mend, record_id)
