"""Every error this package raises on purpose, under one root."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class CDDError(Exception):
    """Root of the package's own errors."""


class FormatError(CDDError, ValueError):
    """A text (a date, a YAML file, an id) is not in the form asked for."""


class SeedError(CDDError):
    """The seed records have errors; `findings` lists every one of them."""

    def __init__(self, findings: Iterable[object]) -> None:
        self.findings = list(findings)
        shown = "\n".join(str(finding) for finding in self.findings[:20])
        more = len(self.findings) - 20
        super().__init__(shown + (f"\n... and {more} more" if more > 0 else ""))


class DataError(CDDError):
    """The built tables are missing, damaged or of another make than the package expects."""


class UnknownNameError(CDDError, ValueError):
    """A table, column, record, topic or other name that does not exist."""

    def __init__(self, kind: str, name: object, valid: Iterable[str], *, hint: str = "") -> None:
        names = sorted(set(valid))
        near = get_close_matches(str(name), names, n=3, cutoff=0.5)
        if near:
            offer = f"nearest: {', '.join(near)}"
        elif names and len(names) <= 40:
            offer = f"valid: {', '.join(names)}"
        else:
            offer = f"there are {len(names)} valid names"
        super().__init__(f"unknown {kind} {name!r}; {offer}{'; ' + hint if hint else ''}")
        self.kind, self.name, self.nearest = kind, name, near


class ExtractionError(CDDError, ValueError):
    """A text or batch that the extractor cannot take."""
