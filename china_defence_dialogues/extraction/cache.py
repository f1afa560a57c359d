"""Rows that the lexicon needs, kept as plain JSON beside nothing secret: keyed by content, never a pickle.

Reading the Parquet tables costs a start-up of pyarrow; the cache spares it. A cache that cannot be read, or that was
made from other tables, is made anew; where no cache can be written, the tables are read each time.
"""

from __future__ import annotations

import json
import os
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from ..about import VERSION
from ..loading.store import arrow_table, manifest

FORMAT = 3
_COLUMNS = {
    "names": ("entity_kind", "entity_id", "surface", "language", "kind"),
    "cues": ("kind", "value", "pattern"),
    "people": ("person_id", "name", "family_name", "country"),
    "posts": ("post_id", "title", "country", "office_class", "domain", "rank_level"),
    "tenures": ("person_id", "post_id", "start_edtf", "end_edtf", "first_seen", "last_seen", "start_date", "end_date", "acting", "article_id"),
    "countries": ("iso3", "iso2"),
    "mechanisms": ("mechanism_id", "name", "partners", "owner", "forum"),
}  # fmt: skip


def load_rows(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Rows of the tables above, from the cache where it fits."""
    path = _path(folder)
    if path is not None:
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            if set(stored) == set(_COLUMNS):
                return dict(stored)
        except (OSError, ValueError):
            pass
    rows = {
        table: [
            {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
            for row in arrow_table(table, folder).select(list(columns)).to_pylist()
        ]
        for table, columns in _COLUMNS.items()
    }
    if path is not None:
        _write(path, rows)
    return rows


def _path(folder: Path) -> Path | None:
    root = os.environ.get("CDD_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    tables = manifest(folder)["tables"]
    if not set(_COLUMNS) <= tables.keys():
        return None
    key = "-".join(tables[table]["sha256"][:10] for table in _COLUMNS)
    return Path(root) / "china_defence_dialogues" / f"lexicon-{FORMAT}-{VERSION}-{key}.json"


def _write(path: Path, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Write whole or not at all, so that processes may race."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
            json.dump(rows, file, ensure_ascii=False)
        os.replace(file.name, path)
    except OSError:
        return
