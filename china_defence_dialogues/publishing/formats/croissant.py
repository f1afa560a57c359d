"""Croissant 1.1: the Parquet files as a record set per table, with keys and references."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ... import about
from ...tables.schema import TABLES, Column, Table
from ..exporting import sha256
from ..metadata import LICENCE_URL, creators
from ..release import Release
from ..text_files import write_json

FILE = "croissant.json"
_TYPES = {
    "string": "sc:Text",
    "int64": "sc:Integer",
    "double": "sc:Float",
    "bool": "sc:Boolean",
    "date32[day]": "sc:Date",
    "list<element: string>": "sc:Text",
    "list<element: int64>": "sc:Integer",
}
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context of the Croissant 1.1 specification."""


def write(release: Release, to: Path) -> None:
    write_json(
        to / FILE,
        {
            "@context": _CONTEXT,
            "@type": "sc:Dataset",
            "conformsTo": "http://mlcommons.org/croissant/1.1",
            "name": about.TITLE,
            "description": about.ABSTRACT,
            "citeAs": about.cite("bibtex"),
            "creator": creators(),
            "datePublished": release.released,
            "keywords": list(about.KEYWORDS),
            "license": LICENCE_URL,
            "url": about.REPOSITORY,
            "version": release.version,
            "isLiveDataset": False,
            "distribution": [_file(to / "data" / f"{name}.parquet", name) for name in TABLES],
            "recordSet": [_record_set(release, table) for table in TABLES.values()],
        },
    )


def _file(path: Path, name: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{name}.parquet",
        "name": f"{name}.parquet",
        "description": TABLES[name].description,
        "contentUrl": f"data/{name}.parquet",
        "contentSize": f"{path.stat().st_size} B",
        "encodingFormat": "application/x-parquet",
        "sha256": sha256(path),
    }


def _record_set(release: Release, table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "key": [{"@id": f"{table.name}/{column}"} for column in table.key],
        "field": [_field(release, table, column) for column in table.columns],
    }


def _field(release: Release, table: Table, column: Column) -> dict[str, Any]:
    kind = str(column.type)
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": f"{table.name}/{column.name}",
        "description": column.description,
        "dataType": _TYPES[kind],
        "source": {"fileObject": {"@id": f"{table.name}.parquet"}, "extract": {"column": column.name}},
    }
    if kind.startswith("list"):
        field |= {"isArray": True, "arrayShape": "-1"}
    cells = release.table(table.name)[column.name]
    if column.references and cells.null_count < len(cells):  # readers join on it, and cannot where nothing is filled
        (key,) = TABLES[column.references].key
        field["references"] = {"field": {"@id": f"{column.references}/{key}"}}
    return field
