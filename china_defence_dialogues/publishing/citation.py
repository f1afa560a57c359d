"""CITATION.cff, from the project's own facts."""

from __future__ import annotations

from .. import about
from ..records.yaml_writer import dump_value


def citation_cff() -> str:
    """Text of CITATION.cff (CFF 1.2.0, a data set)."""
    return dump_value(
        {
            "cff-version": "1.2.0",
            "message": "If you use these data, please cite them as below.",
            "type": "dataset",
            "title": about.TITLE,
            "abstract": about.ABSTRACT,
            "authors": [{"name": author} for author in about.AUTHORS],
            "version": about.VERSION,
            "date-released": about.RELEASED,
            "license": about.DATA_LICENCE,
            "repository-code": about.REPOSITORY,
            "keywords": list(about.KEYWORDS),
        }
    ).replace('"cff-version": 1.2.0', "cff-version: 1.2.0")
