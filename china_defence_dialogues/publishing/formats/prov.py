"""PROV-JSON: how each meeting record came about, one bundle per meeting."""

from __future__ import annotations

from pathlib import Path

from ..origins import all_provenance
from ..release import Release
from ..text_files import write_json


def write(release: Release, to: Path) -> None:
    write_json(to / "prov.json", all_provenance(release.folder))
