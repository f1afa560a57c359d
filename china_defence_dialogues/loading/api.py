"""`load` and what it shares with the typed `load_<table>` functions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import filters as _filters
from .engines import ENGINES, hand_over
from .store import arrow_table, data_folder, manifest, table_names
from .versions import release_folder

if TYPE_CHECKING:
    import datasets

    from .engines import Engine


def list_tables() -> list[str]:
    """Names of all tables of the installed data, in their usual order."""
    return table_names()


def data_version() -> str:
    """Version of the installed data; package and data share one version."""
    return str(manifest(data_folder())["data_version"])


def load(table: str, *, engine: Engine = "pandas", version: str | Path | None = None, **filters: Any) -> Any:
    """Load one table, filtered.

    Args:
        table: a name of `list_tables()`.
        engine: "pandas" (default), "arrow", "polars" or "duckdb" (a relation; those of one thread share a private connection).
        **filters: rows to keep. `since` and `until` take an EDTF string, a year or a date and match by overlap
            (`date_match="within"`: wholly inside). Scalars match by equality, lists by any of their values.
            Tables keyed by meeting also take the filters of `meetings` and hold core records unless
            `scope="context"` or `scope="all"` is asked for.
        version: a pinned release: a version ("0.1.0": the installed data, or one in the folder that the environment
            variable CDD_RELEASES names), a folder of built tables or an exported release, a wheel, or
            "hub:ORG/NAME@v0.1.0", which alone reaches for the network. None for the installed data.

    Returns:
        The rows, as a fresh copy, in the form of the engine. For pandas, `attrs` carries data version, licence
        and citation.

    Raises:
        UnknownNameError: (a ValueError) for a table, engine, code, id or country that does not exist.
        TypeError: for a filter that the table cannot take.
        DataError: where the data are missing or damaged, or the pinned release is not there.
    """
    return load_from(release_folder(version), table, engine=engine, **filters)


def load_from(folder: Path, table: str, *, engine: Engine = "pandas", **filters: Any) -> Any:
    """As `load`, from a folder of built tables."""
    data = arrow_table(table, folder)
    if engine not in ENGINES:
        hand_over(data, engine)
    if _filters.is_keyed_by_meeting(data.column_names):
        filters = {"scope": "core"} | {
            key: value for key, value in filters.items() if not (key == "scope" and value is None)
        }
    return hand_over(
        _filters.select(table, data, filters, folder), engine, version=str(manifest(folder)["data_version"])
    )


def to_datasets() -> dict[str, datasets.Dataset]:
    """Every table as a Hugging Face `datasets.Dataset`, in memory, without any download.

    Returns:
        {table: Dataset}; whole tables, context records included.
    """
    from datasets import Dataset
    from datasets.table import InMemoryTable

    return {name: Dataset(InMemoryTable(arrow_table(name))) for name in table_names()}
