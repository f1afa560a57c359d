"""Extraction over Arrow batches: in one process, in several, under `datasets.map`, or on Spark.

`extract_batch` is the whole contract: a batch with `article_id`, `text` and `published` in, one row per event out, always
with `SCHEMA`. Everything else feeds it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pyarrow as pa

from ..errors import CDDError, ExtractionError
from . import fast
from .gate import gate, plain_strings
from .pipeline import extract
from .result import KEYS

_SPAN = pa.struct([("field", pa.string()), ("start", pa.int32()), ("end", pa.int32())])
_TYPES = {
    "start_date": pa.date32(),
    "end_date": pa.date32(),
    "partners": pa.list_(pa.string()),
    "participants": pa.list_(
        pa.struct([("name", pa.string()), ("person_id", pa.string()), ("side", pa.string()), ("office", pa.string())])
    ),
    "topics": pa.list_(pa.string()),
    "spans": pa.list_(_SPAN),
    "resolved_by": pa.list_(pa.struct([("name", pa.string()), ("how", pa.string())])),
}
SCHEMA = pa.schema(
    [("article_id", pa.string()), ("seq", pa.int32())] + [(key, _TYPES.get(key, pa.string())) for key in KEYS]
)
"""Columns of extracted events: the document's id, the event's number in it, and the keys of a row."""
REQUIRED = ("article_id", "text", "published")
OnError = Callable[[str, Exception], None]


def extract_batch(
    batch: pa.RecordBatch, *, folder: Path | None = None, on_error: OnError | None = None
) -> pa.RecordBatch:
    """Events of a batch of documents.

    Args:
        batch: Columns `article_id` (string), `text` (string of any Arrow kind; null: skipped) and `published`
            (date32, ISO text, or null).
        folder: Built tables to take the lexicon from; None for the installed ones.
        on_error: Called with the article id and the exception of a document that cannot be read, which is then
            skipped; None raises it.

    Returns:
        A batch of `SCHEMA`, one row per event, in the order of the documents.

    Raises:
        ExtractionError: a column is missing or of the wrong type, or (without `on_error`) a document is unreadable.
    """
    _check(batch)
    texts = plain_strings(batch.column("text"))
    batch = pa.RecordBatch.from_arrays(
        [batch.column("article_id"), texts, batch.column("published")], names=list(REQUIRED)
    )
    rows: list[dict[str, Any]] = []
    kept = gate(folder).mask(texts).nonzero()[0]
    if len(kept):
        fast.switch_on()
        chosen = batch.take(pa.array(kept))
        for article_id, text, published in zip(*(chosen.column(name).to_pylist() for name in REQUIRED), strict=True):
            try:
                found = extract(text, _published(published), article_id, folder=folder).to_rows()
            except CDDError as error:
                if on_error is None:
                    raise ExtractionError(f"document {article_id!r}: {error}") from error
                on_error(str(article_id), error)
                continue
            rows.extend(_flat(article_id, seq, row) for seq, row in enumerate(found))
    return pa.RecordBatch.from_pylist(rows, schema=SCHEMA)


def extract_table(table: pa.Table) -> pa.Table:
    """Events of a table: the form that `Dataset.with_format("arrow").map(..., batched=True)` calls."""
    batches = [extract_batch(batch) for batch in table.select(list(REQUIRED)).combine_chunks().to_batches()]
    return pa.Table.from_batches(batches, schema=SCHEMA)


def extract_batches(
    batches: Iterable[pa.RecordBatch],
    *,
    processes: int = 1,
    folder: Path | None = None,
    on_error: OnError | None = None,
) -> Iterator[pa.RecordBatch]:
    """Events batch by batch, in order; memory stays with the batches under way.

    Args:
        batches: As for `extract_batch`; 1,000 to 8,000 documents each serve well.
        processes: Worker processes; 1 works in this one. `on_error` is called here, after the batch.
        folder: Built tables to take the lexicon from.
        on_error: As for `extract_batch`.

    Returns:
        One batch of `SCHEMA` per batch given.
    """
    if processes <= 1:
        for batch in batches:
            yield extract_batch(batch, folder=folder, on_error=on_error)
        return
    work = partial(_remote, folder=folder, keep_errors=on_error is not None)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[tuple[pa.RecordBatch, list[tuple[str, str]]]]] = deque()
        for batch in batches:
            waiting.append(pool.submit(work, batch))
            if len(waiting) > 2 * processes:
                yield _received(waiting.popleft(), on_error)
        while waiting:
            yield _received(waiting.popleft(), on_error)


def _remote(
    batch: pa.RecordBatch, *, folder: Path | None, keep_errors: bool
) -> tuple[pa.RecordBatch, list[tuple[str, str]]]:
    errors: list[tuple[str, str]] = []
    found = extract_batch(
        batch,
        folder=folder,
        on_error=(lambda article, error: errors.append((article, str(error)))) if keep_errors else None,
    )
    return found, errors


def _received(future: Future[tuple[pa.RecordBatch, list[tuple[str, str]]]], on_error: OnError | None) -> pa.RecordBatch:
    batch, errors = future.result()
    for article, message in errors:
        if on_error is not None:
            on_error(article, ExtractionError(message))
    return batch


def _check(batch: pa.RecordBatch) -> None:
    missing = [name for name in REQUIRED if name not in batch.schema.names]
    if missing:
        raise ExtractionError(
            f"the batch lacks {', '.join(missing)} (it has {', '.join(batch.schema.names) or 'no columns'}); give {', '.join(REQUIRED)}"
        )


def _published(value: Any) -> date | str | None:
    if value is None or isinstance(value, date | str):
        return value or None
    raise ExtractionError(f"`published` must be a date, ISO text or null, got {type(value).__name__}")


def _flat(article_id: str, seq: int, row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "article_id": article_id,
        "seq": seq,
        "spans": [{"field": name, "start": span[0], "end": span[1]} for name, span in sorted(row["spans"].items())],
        "resolved_by": [{"name": name, "how": how} for name, how in sorted(row["resolved_by"].items())],
    }
