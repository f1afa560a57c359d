"""The built tables on disk: found, checked against their manifest, read once."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import DataError, UnknownNameError

if TYPE_CHECKING:
    import pyarrow as pa

DATA = Path(__file__).resolve().parent.parent / "data"
MANIFEST = "manifest.json"
_RESTORE = (
    "reinstall the package (pip install --force-reinstall china-defence-dialogues) or rebuild it with `cdd build`"
)


def data_folder() -> Path:
    """The folder of the installed data; the previous build where a killed one left only that."""
    old = DATA.with_name("data.old")
    return old if not (DATA / MANIFEST).exists() and (old / MANIFEST).exists() else DATA


def manifest(folder: Path) -> dict[str, Any]:
    """The manifest as it stands on disk, so that a rebuild is seen by a running process."""
    path = folder / MANIFEST
    try:
        return _parsed(path, path.read_bytes())
    except FileNotFoundError:
        raise DataError(f"no built data in {folder}; {_RESTORE}") from None
    except OSError as error:
        raise DataError(f"cannot read {path} ({error.strerror}); {_RESTORE}") from error


@lru_cache(maxsize=8)
def _parsed(path: Path, raw: bytes) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(raw)
        for entry in found["tables"].values():
            entry["rows"], entry["sha256"]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DataError(f"{path} is damaged ({type(error).__name__}: {error}); {_RESTORE}") from None
    return found


def table_file(name: str, folder: Path) -> Path:
    """Where a table lies: beside the manifest, or in the `data/` of an exported release."""
    path = folder / f"{name}.parquet"
    return path if path.exists() else folder / "data" / path.name


def table_names(folder: Path | None = None) -> list[str]:
    return list(manifest(folder or data_folder())["tables"])


def arrow_table(name: str, folder: Path | None = None) -> pa.Table:
    """One whole table, as built. Raises UnknownNameError, or DataError where the file is missing or altered."""
    folder = folder or data_folder()
    if name not in manifest(folder)["tables"]:
        raise UnknownNameError("table", name, table_names(folder))
    return _read(name, folder, manifest(folder)["tables"][name]["sha256"])


@lru_cache(maxsize=128)
def _read(name: str, folder: Path, expected: str) -> pa.Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = table_file(name, folder)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DataError(f"cannot read {path} ({error.strerror}); {_RESTORE}") from error
    if hashlib.sha256(raw).hexdigest() != expected:
        raise DataError(f"{path} was altered or cut short: its SHA-256 is not the manifest's; {_RESTORE}")
    try:
        # no threads: Arrow's pools can abort a process that ends right after a read, and gain nothing on tables this small
        return pq.read_table(pa.BufferReader(raw), use_threads=False, pre_buffer=False)
    except pa.ArrowInvalid as error:
        raise DataError(f"{path} is no Parquet file ({error}); {_RESTORE}") from error
