"""The Hugging Face dataset repository: Parquet files, and a card whose header maps one config to each table."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from ... import about
from ...tables.schema import TABLES
from ..readme import limits
from ..release import Release
from ..text_files import write_text

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_FAIR_SHARE = 0.05
_DTYPES = {"string": "string", "int64": "int64", "double": "float64", "bool": "bool", "date32[day]": "date32"}


def write(release: Release, to: Path) -> None:
    """Add `data/` and the card. Tables without rows get a file but no config: `datasets` loads no empty split."""
    (to / "data").mkdir()
    for name, path in release.parquet():
        shutil.copyfile(path, to / "data" / f"{name}.parquet")
    write_text(to / "README.md", card(release))


def card(release: Release) -> str:
    """The dataset card: YAML header and Markdown body."""
    header = yaml.safe_dump(_header(release), sort_keys=False, allow_unicode=True, width=120)
    return f"---\n{header}---\n{_body(release)}"


def _header(release: Release) -> dict[str, Any]:
    entries = release.manifest["tables"]
    filled = [name for name in TABLES if entries[name]["rows"]]
    rows = sum(entries[name]["rows"] for name in filled)
    return {
        "pretty_name": about.TITLE,
        "license": about.DATA_LICENCE.lower(),
        "language": _languages(release),
        "annotations_creators": _annotators(release),
        "source_datasets": ["original"],
        "multilinguality": ["monolingual"] if len(_languages(release)) == 1 else ["multilingual"],
        "size_categories": [next((label for limit, label in _SIZES if rows < limit), "n>1M")],
        "tags": [keyword.lower().replace("'", "").replace(" ", "-") for keyword in about.KEYWORDS],
        "configs": [
            {"config_name": name, "data_files": [{"split": "train", "path": f"data/{name}.parquet"}]}
            | ({"default": True} if name == "meetings" else {})
            for name in filled
        ],
        "dataset_info": [_info(name, release.table(name), entries[name]) for name in filled],
    }


def _annotators(release: Release) -> list[str]:
    """The Hub's words for who coded the meetings: a record made with a language model is never called hand-coded."""
    words = {"person": "expert-generated", "language_model": "machine-generated"}
    return sorted({words[row["coder_kind"]] for row in release.rows("meetings")})


def _languages(release: Release) -> list[str]:
    """Languages of the texts in the tables: English, and those of a fair share of the names."""
    names = Counter(row["language"].split("-")[0] for row in release.rows("names"))
    return ["en", *sorted(code for code, n in names.items() if n >= _FAIR_SHARE * names.total() and code != "en")]


def _info(name: str, table: pa.Table, entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "config_name": name,
        "features": [_feature(field) for field in table.schema],
        "splits": [{"name": "train", "num_bytes": table.nbytes, "num_examples": table.num_rows}],
        "download_size": entry["bytes"],
        "dataset_size": table.nbytes,
    }


def _feature(field: pa.Field) -> dict[str, Any]:
    if pa.types.is_list(field.type):
        return {"name": field.name, "sequence": _DTYPES[str(field.type.value_type)]}
    return {"name": field.name, "dtype": _DTYPES[str(field.type)]}


def _body(release: Release) -> str:
    entries = release.manifest["tables"]
    tables = "\n".join(
        f"| `{name}` | {entries[name]['rows']:,} | {table.description} |" for name, table in TABLES.items()
    )
    fields = "\n".join(
        f"| `{column.name}` | {str(column.type).replace('element: ', '')} | {column.description.replace('|', chr(92) + '|')} |"
        for column in TABLES["meetings"].columns
    )
    return f"""
# {about.TITLE}

{about.ABSTRACT}

Version {release.version}, {release.released}. Records, codebook and Python package: {about.REPOSITORY}

```python
from datasets import load_dataset

meetings = load_dataset("{release.hub_repository}", "meetings", split="train")
```

In R, `nanoparquet::read_parquet("data/meetings.parquet")` or `arrow::read_parquet(...)` (documented, not tested).

## Tables

One config per table; a table without rows in this version has a file in `data/` but no config.

| table | rows | what a row is |
|---|---|---|
{tables}

## Fields of `meetings`

Every field of every table, with codes, rules and counts, is in the `codebook` table. Unknown is null and means "not
stated in any source seen", never "no".

| field | type | meaning |
|---|---|---|
{fields}

## Collection

Public pages of governments, official media, news agencies, press and parliaments. `articles` lists every page read;
`coverage` says which partners, channels and years were searched. A year without records is a zero only where `coverage`
says that it was searched; a search for meetings is not a search for refusals.

## Annotation

Records were curated one by one, with language-model assistance and mostly from stored copies of the pages; every field
points to the pages that support it (`evidence`), and values on which pages disagree are kept. Second codings, where
there are some, are in `double_codings`.

## Limits

{limits(folder=release.folder)}
## Citation

{about.cite()}

```bibtex
{about.cite("bibtex")}
```

Data: CC BY 4.0. Press texts are not included, only titles, addresses, hashes and spans.
"""
