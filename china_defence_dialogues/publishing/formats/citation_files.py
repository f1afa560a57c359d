"""CITATION.cff, .zenodo.json, DataCite fields and schema.org JSON-LD, all from the same facts."""

from __future__ import annotations

import json
from pathlib import Path

from ...tables.schema import TABLES
from .. import metadata
from ..citation import citation_cff
from ..release import Release
from ..text_files import write_json, write_text


def write(release: Release, to: Path) -> None:
    write_text(to / "CITATION.cff", citation_cff())
    write_text(to / ".zenodo.json", zenodo_json())
    write_json(to / "datacite.json", metadata.datacite())
    sums = {name: entry["sha256"] for name, entry in release.manifest["tables"].items()}
    files = [
        {
            "@type": "DataDownload",
            "name": f"{name}.parquet",
            "description": table.description,
            "encodingFormat": "application/vnd.apache.parquet",
            "contentUrl": f"data/{name}.parquet",
            "sha256": sums[name],
        }
        for name, table in TABLES.items()
    ]
    write_json(to / "schema_org.jsonld", metadata.schema_org(files))


def zenodo_json() -> str:
    """Text of .zenodo.json."""
    return json.dumps(metadata.zenodo(), ensure_ascii=False, indent=1) + "\n"
