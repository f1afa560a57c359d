"""One release as the exporters see it: the built tables, what the manifest says, and codes by vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import about
from ..errors import DataError
from ..loading.store import arrow_table, data_folder, manifest
from ..tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

SEPARATOR = "|"
"""Between the elements of a list in formats that know no lists."""


HUB_PLACEHOLDER = "ORG/china-defence-dialogues"


@dataclass(frozen=True)
class Release:
    """Built tables of this package's own version."""

    folder: Path
    hub_repository: str = HUB_PLACEHOLDER

    @classmethod
    def of(cls, folder: Path | None = None) -> Release:
        """The release in a folder of built tables, or the installed one.

        Raises DataError where the tables are not those that this version of the package describes.
        """
        release = cls((folder or data_folder()).resolve())
        if release.version != about.VERSION or list(release.manifest["tables"]) != list(TABLES):
            raise DataError(
                f"{release.folder} holds data version {release.version}, this package is {about.VERSION}; "
                f"export with the package of that version, or rebuild with `cdd build`"
            )
        for name, table in TABLES.items():
            if release.table(name).schema.names != [column.name for column in table.columns]:
                raise DataError(
                    f"{release.folder}: {name} has other columns than this package describes; run `cdd build`"
                )
        return release

    @property
    def manifest(self) -> dict[str, Any]:
        return manifest(self.folder)

    @property
    def version(self) -> str:
        return str(self.manifest["data_version"])

    @property
    def released(self) -> str:
        """Day of the release (YYYY-MM-DD), used wherever a format wants a clock."""
        return about.RELEASED

    def table(self, name: str) -> pa.Table:
        return arrow_table(name, self.folder)

    def rows(self, name: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.table(name).to_pylist()
        return rows

    def parquet(self) -> Iterator[tuple[str, Path]]:
        """Name and file of every table, in the usual order."""
        for name in TABLES:
            yield name, self.folder / f"{name}.parquet"

    @cached_property
    def codes(self) -> dict[tuple[str, str], list[str]]:
        """(table, column) → codes that the column may hold, for columns coded from a vocabulary."""
        return {(row["table"], row["column"]): row["codes"] for row in self.rows("codebook") if row["codes"]}


def joined(values: list[Any]) -> str:
    r"""A list as one text: elements joined by `|`; `|` and `\` inside an element are written `\|` and `\\`."""
    texts = [str(value).replace("\\", "\\\\").replace(SEPARATOR, "\\" + SEPARATOR) for value in values]
    if "" in texts:
        raise DataError("a list with an empty element cannot be written as text; mend the record it comes from")
    return SEPARATOR.join(texts)


def plain(value: Any) -> Any:
    """A cell for formats without lists, dates or truth values of their own: None stays None."""
    if isinstance(value, list):
        return joined(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if hasattr(value, "isoformat") else value
