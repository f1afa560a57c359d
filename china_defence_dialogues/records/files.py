"""Writing seed files: canonical text, to a temporary file first, then renamed into place."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ..errors import CDDError
from ..models import LIST_KINDS
from .layout import LISTS
from .seeds import Seeds, dump_list, read_seeds
from .yaml_writer import dump


def write_text(path: Path, text: str) -> None:
    """Replace a file's text as a whole, or leave it as it is."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    except OSError as error:
        raise CDDError(f"cannot write {path}: {error.strerror}") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise CDDError(f"cannot write {path}: {error.strerror}") from error


def canonical_texts(seeds: Seeds) -> dict[Path, str]:
    """Path (relative to the root) → canonical text, for every record that could be read."""
    texts = {Path(seeds.files[(kind, record_id)]): dump(record) for kind, record_id, record in seeds.all_records()}
    unreadable = {finding.path for finding in seeds.findings if finding.code[0] in "YM"}
    for kind in LIST_KINDS:
        if (seeds.root / LISTS[kind]).exists() and LISTS[kind] not in unreadable:
            texts[Path(LISTS[kind])] = dump_list(seeds.lists[kind])
    return texts


def format_seeds(root: Path | str, *, check: bool = False) -> tuple[list[Path], Seeds]:
    """Bring every readable file into canonical form; with `check`, only say which are not.

    Returns the files that were (or would be) changed, and the seeds as read, whose findings name unreadable files.
    """
    seeds = read_seeds(root)
    changed = []
    for path, text in sorted(canonical_texts(seeds).items()):
        file = seeds.root / path
        if file.read_bytes() != text.encode("utf-8"):
            changed.append(file)
            if not check:
                write_text(file, text)
    return changed, seeds
