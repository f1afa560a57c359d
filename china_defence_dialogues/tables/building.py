"""Seeds to built tables, refusing seeds that have errors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa

from ..errors import SeedError
from ..models import Expectation
from ..records.findings import Finding
from ..records.seeds import Seeds
from ..records.validation import errors_of, validate_seeds
from . import folder
from .assemble import assemble


def build(seeds_root: Path | str, to: Path | str) -> dict[str, Any]:
    """Validate seeds, build every table and write them to a folder. Returns the manifest.

    Raises SeedError with all errors found, or DataError where the folder cannot be written.
    """
    seeds, findings = validate_seeds(seeds_root)
    if errors := errors_of(findings):
        raise SeedError(errors)
    tables = assemble(seeds)
    if unmet := unmet_expectations(seeds, tables):
        raise SeedError(unmet)
    return folder.write(tables, Path(to))


def unmet_expectations(seeds: Seeds, tables: dict[str, pa.Table]) -> list[Finding]:
    """Counts and fill rates of expectations.yaml that the tables do not meet."""
    unmet = []
    for number, item in enumerate(seeds.lists["expectation"]):
        assert isinstance(item, Expectation)
        what = _measure(item, tables)
        if what:
            unmet.append(
                seeds.finding(
                    "E001",
                    "expectation",
                    item.table,
                    ("entries", number),
                    what,
                    f"find out why; the bound stands because: {item.reason}",
                )
            )
    return unmet


def _measure(item: Expectation, tables: dict[str, pa.Table]) -> str | None:
    table = tables.get(item.table)
    if table is None or (item.column and item.column not in table.column_names):
        return f"there is no {item.table}.{item.column}" if item.column else f"there is no table {item.table}"
    if item.column is None:
        value: float = table.num_rows
        name = f"{item.table} has {table.num_rows} rows"
    else:
        values = table.column(item.column).to_pylist()
        value = sum(1 for cell in values if cell not in (None, [], False)) / max(len(values), 1)
        name = f"{item.table}.{item.column} is filled in {value:.1%} of the rows"
    low = value < item.at_least
    high = item.at_most is not None and value > item.at_most
    return (
        f"{name} (expected {'at least ' + format(item.at_least, 'g') if low else 'at most ' + format(item.at_most, 'g')})"
        if low or high
        else None
    )
