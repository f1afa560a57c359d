"""Documents from files, folders, JSON lines and Parquet, as Arrow batches; and the sharded, resumable run over them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import ExtractionError
from .batches import SCHEMA, OnError, extract_batches

BATCH = 1000
INPUT = pa.schema([("article_id", pa.string()), ("text", pa.string()), ("published", pa.string())])
_TEXT_SUFFIXES = (".txt", ".md", ".text")


def read_documents(
    paths: Iterable[Path], *, on_error: OnError | None = None, size: int = BATCH
) -> Iterator[pa.RecordBatch]:
    """Batches of documents from text files, folders of them, `.jsonl` and `.parquet` files.

    JSON lines and Parquet need `text`; `article_id` (or `doc_id`, `id`) and `published` (or `date`) are used where present.
    Bytes that are not UTF-8 are read as Windows-1252 where that fits, else with replacement characters.
    """
    waiting: list[dict[str, Any]] = []
    for path in paths:
        if not path.exists():
            raise ExtractionError(f"{path} does not exist; give text files, folders, .jsonl or .parquet files")
        for document in _documents(path, on_error):
            waiting.append(document)
            if len(waiting) == size:
                yield pa.RecordBatch.from_pylist(waiting, schema=INPUT)
                waiting = []
    if waiting:
        yield pa.RecordBatch.from_pylist(waiting, schema=INPUT)


def _documents(path: Path, on_error: OnError | None) -> Iterator[dict[str, Any]]:
    if path.is_dir():
        for child in sorted(path.rglob("*")):
            if child.suffix.lower() in _TEXT_SUFFIXES and child.is_file():
                yield {"article_id": child.stem, "text": decode(child.read_bytes()), "published": None}
    elif path.suffix.lower() == ".jsonl":
        yield from _json_lines(path, on_error)
    elif path.suffix.lower() == ".parquet":
        yield from _parquet(path)
    else:
        yield {"article_id": path.stem, "text": decode(path.read_bytes()), "published": None}


def _json_lines(path: Path, on_error: OnError | None) -> Iterator[dict[str, Any]]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(decode(line))
                if not isinstance(record, dict) or not isinstance(record.get("text"), str):
                    raise ValueError("no string `text`")
                yield _document(record, f"{path.stem}-{number}")
            except ValueError as error:
                if on_error is None:
                    raise ExtractionError(
                        f"{path}:{number}: {error}; each line must be an object with `text`"
                    ) from error
                on_error(f"{path.name}:{number}", error)


def _parquet(path: Path) -> Iterator[dict[str, Any]]:
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise ExtractionError(f"{path} is no readable Parquet file ({error})") from error
    if "text" not in file.schema_arrow.names:
        raise ExtractionError(f"{path} has no column `text` (it has {', '.join(file.schema_arrow.names)})")
    number = 0
    for batch in file.iter_batches(BATCH):
        for record in batch.to_pylist():
            number += 1
            if record["text"] is not None:
                yield _document(record, f"{path.stem}-{number}")


def _document(record: dict[str, Any], fallback: str) -> dict[str, Any]:
    key = next((str(record[name]) for name in ("article_id", "doc_id", "id") if record.get(name)), fallback)
    published = record.get("published") or record.get("date")
    text = record["text"].encode("utf-8", "replace").decode("utf-8")
    return {"article_id": key, "text": text, "published": str(published)[:10] if published else None}


def decode(raw: bytes) -> str:
    """Text of bytes of unknown encoding; never fails."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", errors="replace")


def run(
    batches: Iterable[pa.RecordBatch],
    out: Path,
    *,
    processes: int = 1,
    on_error: OnError | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> int:
    """Extract into a folder of shards, one per batch; shards of an earlier run over the same documents are kept.

    Returns:
        The number of events in the folder. A shard is named by its place and by a hash of its documents, written under
        another name and renamed, so that a killed run leaves whole shards only.
    """
    out.mkdir(parents=True, exist_ok=True)
    todo: list[tuple[Path, int]] = []
    total = 0

    def fresh() -> Iterator[pa.RecordBatch]:
        nonlocal total
        for number, batch in enumerate(batches):
            path = out / f"{number:06d}-{_fingerprint(batch)}.parquet"
            if path.exists():
                total += pq.read_metadata(path).num_rows
                advance(batch.num_rows)
                continue
            todo.append((path, batch.num_rows))
            yield batch

    for found in extract_batches(fresh(), processes=processes, on_error=on_error):
        path, documents = todo.pop(0)
        partial = path.with_suffix(".partial")
        pq.write_table(pa.Table.from_batches([found], schema=SCHEMA), partial, compression="zstd")
        os.replace(partial, path)
        total += found.num_rows
        advance(documents)
    return total


def _fingerprint(batch: pa.RecordBatch) -> str:
    digest = hashlib.sha256()
    for name in ("article_id", "text", "published"):
        for value in batch.column(name).to_pylist():
            digest.update(f"{value}\x1f".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def read_shards(folder: Path) -> pa.Table:
    """All events of a folder of shards."""
    paths = sorted(folder.glob("*.parquet"))
    if not paths:
        raise ExtractionError(f"{folder} holds no shards; run `cdd extract ... --out {folder}` first")
    return pa.concat_tables([pq.read_table(path) for path in paths])
