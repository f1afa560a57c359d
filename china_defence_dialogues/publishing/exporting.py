"""`export`: a release folder in the formats asked for, written beside its target and renamed into place."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from ..errors import CDDError, DataError, UnknownNameError
from .release import HUB_PLACEHOLDER, Release
from .text_files import write_text

SUMS = "SHA256SUMS"
"""Of every file that comes out the same, byte for byte, whenever it is written from the same tables."""
OTHER_SUMS = "SHA256SUMS.other"
"""Of the files of which the same cannot be said."""


@dataclass(frozen=True)
class Format:
    """One format: the module that writes it, and packages it needs beyond the core ones."""

    module: str
    summary: str
    needs: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    """Formats whose files it describes; asking for it asks for them too."""
    files_that_vary: tuple[str, ...] = ()
    """Files whose bytes differ from one export to the next."""


FORMATS = {
    "huggingface": Format("huggingface", "Hugging Face dataset repository: card and Parquet"),
    "csv": Format("csv_files", "CSV, one file per table, lists joined by |"),
    "jsonl": Format("json_lines", "JSON Lines, meetings with all that hangs on them"),
    "sqlite": Format("sqlite", "SQLite with keys, indexes and views, and Datasette metadata"),
    "duckdb": Format(
        "duckdb_file",
        "DuckDB database with keys, comments and views",
        needs=("duckdb",),
        files_that_vary=("china_defence_dialogues.duckdb",),
    ),
    "stata": Format("stata", "Stata 14+ .dta with variable and value labels"),
    "excel": Format("excel", "Excel workbook, one sheet per table", needs=("xlsxwriter",)),
    "graphml": Format("graphml", "GraphML of dyads and of officials who met", needs=("networkx",)),
    "croissant": Format("croissant", "Croissant 1.1 metadata of the Parquet files", after=("huggingface",)),
    "datapackage": Format("data_package", "Data Package 2 of the CSV and Parquet files", after=("huggingface", "csv")),
    "citation": Format("citation_files", "CITATION.cff, .zenodo.json, DataCite and schema.org"),
    "prov": Format("prov", "PROV-JSON, one bundle per meeting"),
    "popolo": Format("popolo", "Popolo JSON of people, posts and memberships"),
    "codebook": Format("codebook_files", "Codebook as Markdown, CSV and Parquet"),
}
"""Every format by its name. Order matters: a format stands after those that it describes."""


def export(
    to: Path | str,
    *,
    formats: Iterable[str] | None = None,
    source: Path | None = None,
    hub_repository: str = HUB_PLACEHOLDER,
) -> list[Path]:
    """Write a release folder.

    Args:
        to: a new or empty folder.
        formats: names of `FORMATS`; None for all.
        source: a folder of built tables; None for the installed ones.
        hub_repository: the name by which the dataset card loads the data.

    Returns:
        The files written, the sums last.

    Raises:
        UnknownNameError: for a format that does not exist.
        DataError: where the target holds files or cannot be written, or the data are damaged. The target is then
            as it was before.
        CDDError: where a package that a format needs is not installed.
    """
    chosen = _chosen(formats)
    writers = [_writer(name) for name in chosen]
    release = replace(Release.of(source), hub_repository=hub_repository)
    to = Path(os.path.abspath(to))
    staging = to.with_name(f".{to.name}.cdd-export")
    try:
        if to.exists() and (not to.is_dir() or any(to.iterdir())):
            raise DataError(f"{to} is not empty; name a new or empty folder")
        if staging.exists():  # of an export that was killed
            shutil.rmtree(staging)
        staging.mkdir(parents=True)
        try:
            for write in writers:
                write(release, staging)
            shutil.copyfile(release.folder / "manifest.json", staging / "manifest.json")
            _write_sums(staging, {file for name in chosen for file in FORMATS[name].files_that_vary})
            if to.exists():
                to.rmdir()
            staging.rename(to)
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
    except OSError as error:
        raise DataError(f"cannot write to {to}: {error.strerror or error}; nothing was left there") from error
    return sorted(
        (path for path in to.rglob("*") if path.is_file()), key=lambda path: (path.name.startswith(SUMS), path)
    )


def _chosen(formats: Iterable[str] | None) -> list[str]:
    wanted = set(FORMATS if formats is None else formats)
    if not wanted:
        raise DataError(f"no format named; there are {', '.join(FORMATS)}")
    for name in sorted(wanted):
        if name not in FORMATS:
            raise UnknownNameError("format", name, FORMATS)
    for name in sorted(wanted):
        wanted.update(FORMATS[name].after)
    return [name for name in FORMATS if name in wanted]


def _writer(name: str) -> Callable[[Release, Path], None]:
    for package in FORMATS[name].needs:
        try:
            import_module(package)
        except ImportError:
            raise CDDError(
                f"format {name!r} needs the package {package}; pip install 'china-defence-dialogues[export]', "
                f"or leave it out with --formats"
            ) from None
    write: Callable[[Release, Path], None] = import_module(f"{__package__}.formats.{FORMATS[name].module}").write
    return write


def _write_sums(folder: Path, vary: set[str]) -> None:
    """Sums of every file, as `sha256sum --check` reads them."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    lines = {name: f"{sha256(folder / name)}  {name}\n" for name in files}
    write_text(folder / SUMS, "".join(line for name, line in lines.items() if name not in vary))
    if vary:
        write_text(folder / OTHER_SUMS, "".join(lines[name] for name in sorted(vary)))


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
