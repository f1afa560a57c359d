"""The folder of built tables: written beside the old one, then swapped in by renaming.

At every moment either the old or the new data are whole: `data.new` is filled and synced, `data` becomes
`data.old`, `data.new` becomes `data`, `data.old` is removed. A build that finds the leftovers of a killed one
puts them right first; readers fall back to `data.old`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from ..about import VERSION
from ..errors import DataError
from .assemble import content_hash
from .schema import TABLES

MANIFEST = "manifest.json"
LOCK_SECONDS = 60
_OURS = frozenset({MANIFEST, *(f"{name}.parquet" for name in TABLES)})


def write(tables: dict[str, pa.Table], folder: Path) -> dict[str, Any]:
    """Write all tables and their manifest to a folder, replacing it as a whole. Returns the manifest."""
    folder = Path(os.path.realpath(folder))
    new, old = _beside(folder, ".new"), _beside(folder, ".old")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(_beside(folder, ".lock"), timeout=LOCK_SECONDS):
            for place in (folder, new, old):
                _refuse_foreign(place)
            recover(folder)
            new.mkdir()
            manifest = _fill(new, tables)
            if folder.exists():
                folder.rename(old)
            new.rename(folder)
            _sync(folder.parent)
            shutil.rmtree(old, ignore_errors=True)
    except Timeout as error:
        raise DataError(f"another build has held {folder} for {LOCK_SECONDS} s; wait for it, or stop it") from error
    except OSError as error:
        raise DataError(f"cannot write to {folder}: {error.strerror or error}; the old data are unchanged") from error
    return manifest


def _refuse_foreign(folder: Path) -> None:
    """Never replace or remove what a build did not write: tables and their manifest, and nothing else."""
    if not folder.exists():
        return
    if not folder.is_dir() or any(path.name not in _OURS or not path.is_file() for path in folder.iterdir()):
        raise DataError(f"{folder} holds other files; name an empty or new folder, or move them")


def recover(folder: Path) -> None:
    """Put right what a killed build left behind."""
    new, old = _beside(folder, ".new"), _beside(folder, ".old")
    if old.exists() and not folder.exists():
        old.rename(folder)
    for leftover in (new, old):
        if leftover.exists():
            shutil.rmtree(leftover)


def _beside(folder: Path, suffix: str) -> Path:
    return folder.with_name(folder.name + suffix)


def _fill(folder: Path, tables: dict[str, pa.Table]) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for name, table in tables.items():
        path = folder / f"{name}.parquet"
        with pq.ParquetWriter(path, table.schema, compression="zstd", write_page_index=True, version="2.6") as writer:
            if table.num_rows:  # a row group without rows stops some readers
                writer.write_table(table)
        raw = path.read_bytes()
        entries[name] = {
            "rows": table.num_rows,
            "bytes": len(raw),
            "sha256": hashlib.sha256(raw).hexdigest(),
            "content_hash": content_hash(table),
        }
    manifest = {"data_version": VERSION, "pyarrow": pa.__version__, "tables": entries}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    for path in folder.iterdir():
        _sync(path)
    _sync(folder)
    return manifest


def _sync(path: Path) -> None:
    """Force a file or folder to disk; systems that cannot open folders sync by themselves."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
