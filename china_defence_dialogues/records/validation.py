"""The whole check of a seeds folder: reading, cross-record checks, waivers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from .checks import run_checks, waive
from .findings import Finding, Severity
from .seeds import Seeds, read_seeds


def validate_seeds(root: Path | str, *, today: date | None = None) -> tuple[Seeds, list[Finding]]:
    """Read and check a seeds folder.

    Returns the records and every finding, sorted by place. Cross-record checks run only over what could be read,
    so a malformed file also shows as dangling references to it.
    """
    seeds = read_seeds(root)
    findings = waive(seeds, [*seeds.findings, *run_checks(seeds, today=today)])
    return seeds, sorted(findings)


def errors_of(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is Severity.ERROR]
