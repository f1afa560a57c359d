"""An exported release, judged by its formats' own validators. Needs the development extra."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ..errors import DataError
from .exporting import OTHER_SUMS, SUMS, export, sha256


def check_fresh_export() -> None:
    """Export the installed data in every format to a temporary folder and check it."""
    with tempfile.TemporaryDirectory() as place:
        export(Path(place) / "release")
        check_export(Path(place) / "release")


def check_export(folder: Path) -> None:
    """Check sums, Croissant, Data Package and the Hugging Face configs of an export of all formats.

    Raises DataError with the first thing that is wrong.
    """
    _check_sums(folder)
    _check_croissant(folder / "croissant.json")
    _check_data_package(folder / "datapackage.json")
    _check_configs(folder)


def _check_sums(folder: Path) -> None:
    for name in (SUMS, OTHER_SUMS):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            digest, _, file = line.partition("  ")
            if sha256(folder / file) != digest:
                raise DataError(f"{folder / file} is not the file that {name} lists")


def _check_croissant(path: Path) -> None:
    import mlcroissant

    issues = mlcroissant.Dataset(jsonld=path).metadata.ctx.issues
    if issues.errors or issues.warnings:
        raise DataError(f"{path}: {issues.report()}")


def _check_data_package(path: Path) -> None:
    import frictionless

    report = frictionless.validate(str(path))
    if not report.valid:
        errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
        raise DataError(f"{path}: {errors[0]}")


def _check_configs(folder: Path) -> None:
    import datasets

    with tempfile.TemporaryDirectory() as cache:
        for name in datasets.get_dataset_config_names(str(folder)):
            datasets.load_dataset(str(folder), name, split="train", cache_dir=cache)
