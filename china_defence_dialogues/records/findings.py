"""What the checks report: one line per finding, all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .codes import CODES


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Finding:
    """One fault: where it is, what is wrong, and how to mend it."""

    path: str
    """File, relative to the seeds folder."""
    line: int
    col: int
    code: str
    field: str
    """Field path, or "-" for the file as a whole."""
    what: str
    mend: str
    id: str = ""
    """Record concerned, which a waiver may name."""

    @property
    def severity(self) -> Severity:
        return Severity.WARNING if CODES[self.code].warning else Severity.ERROR

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.col}: {self.code} {self.field}: {self.what}; {self.mend}"
