"""The Hugging Face dataset repository: Parquet files, and a card whose header maps one config to each table."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from .. import about
from ..errors import DataError
from ..loading.store import data_folder, manifest

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def export(to: Path | str, *, source: Path | None = None) -> list[Path]:
    """Write the dataset repository to a new or empty folder. Returns the files written.

    Tables without rows get a file but no config: `datasets` cannot load a split that is empty.

    Raises DataError where the folder holds other files or cannot be written.
    """
    to = Path(to)
    folder = source or data_folder()
    facts = manifest(folder)
    if to.exists() and any(to.iterdir()):
        raise DataError(f"{to} is not empty; name a new or empty folder")
    try:
        (to / "data").mkdir(parents=True, exist_ok=True)
        written = []
        for name in facts["tables"]:
            target = to / "data" / f"{name}.parquet"
            shutil.copyfile(folder / f"{name}.parquet", target)
            written.append(target)
        for name, text in (("README.md", card(facts)), ("manifest.json", json.dumps(facts, indent=2) + "\n")):
            (to / name).write_text(text, encoding="utf-8")
            written.append(to / name)
    except OSError as error:
        raise DataError(f"cannot write to {to}: {error.strerror}") from error
    return written


def card(facts: dict[str, Any]) -> str:
    """The dataset card."""
    tables = facts["tables"]
    header = [
        "---",
        f"pretty_name: {about.TITLE}",
        "license: cc-by-4.0",
        "language:\n- en",
        "tags:\n- china\n- military-diplomacy\n- international-relations\n- event-data",
        f"size_categories:\n- {_size(sum(entry['rows'] for entry in tables.values()))}",
        "configs:",
    ]
    for name, entry in tables.items():
        if not entry["rows"]:
            continue
        header.append(f"- config_name: {name}\n  data_files:\n  - split: train\n    path: data/{name}.parquet")
        if name == "meetings":
            header.append("  default: true")
    header.append("---")
    rows = "\n".join(f"| {name} | {entry['rows']:,} |" for name, entry in tables.items())
    body = f"""
# {about.TITLE}

{about.ABSTRACT}

Version {facts["data_version"]}. Source, codebook and Python package: {about.REPOSITORY}

```python
from datasets import load_dataset
meetings = load_dataset("ORG/china-defence-dialogues", "meetings", split="train")
```

| table | rows |
|---|---|
{rows}

## How the records were made

Records were curated one by one from public pages, with language-model assistance and from stored copies of those pages;
each carries the pages it rests on. `coverage` says what was searched. Unknown is null and means "not stated in any
source seen", never "no".

## Citation

{about.cite()}

Data: CC BY 4.0. Press texts are not included, only titles, addresses, hashes and spans.
"""
    return "\n".join(header) + "\n" + body


def _size(rows: int) -> str:
    return next((label for limit, label in _SIZES if rows < limit), "n>1M")
