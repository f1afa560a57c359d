"""The tables as Hugging Face data sets in memory; tests/test_exports.py reads the exported repository."""

from __future__ import annotations

import pytest

import china_defence_dialogues as cdd

pytest.importorskip("datasets")
pytestmark = pytest.mark.usefixtures("use_mini")


def test_every_table_is_a_dataset_in_memory() -> None:
    found = cdd.to_datasets()
    assert list(found) == cdd.list_tables()
    for name, dataset in found.items():
        whole = {"scope": "all"} if "meeting_id" in dataset.column_names else {}
        assert dataset.to_list() == cdd.load(name, engine="arrow", **whole).to_pylist()
    assert found["meetings"].features["start_date"].dtype == "date32"
