"""Hugging Face: the tables in memory, and the exported repository read by `datasets` itself."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import china_defence_dialogues as cdd
from china_defence_dialogues.publishing.huggingface import export

datasets = pytest.importorskip("datasets")
FILLED = [name for name in cdd.TABLE_NAMES if name != "changes"]
"""The mini set fills every table but this; `datasets` cannot load an empty split."""

pytestmark = pytest.mark.usefixtures("use_mini")


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")


def test_every_table_is_a_dataset_in_memory() -> None:
    found = cdd.to_datasets()
    assert list(found) == cdd.list_tables()
    for name, dataset in found.items():
        assert (
            dataset.to_list()
            == cdd.load(
                name, engine="arrow", **({"scope": "all"} if "meeting_id" in dataset.column_names else {})
            ).to_pylist()
        )
    assert found["meetings"].features["start_date"].dtype == "date32"


def test_exported_folder_loads_with_equal_features(tmp_path: Path, use_mini: Path) -> None:
    export(tmp_path / "repository")
    ours = cdd.to_datasets()
    for name in FILLED:
        theirs = datasets.load_dataset(
            str(tmp_path / "repository"), name, split="train", cache_dir=str(tmp_path / "cache")
        )
        assert theirs.features == ours[name].features, name
        assert theirs.to_list() == ours[name].to_list(), name


def test_card_maps_one_config_to_each_table(tmp_path: Path) -> None:
    export(tmp_path / "repository")
    header = yaml.safe_load((tmp_path / "repository" / "README.md").read_text().split("---")[1])
    assert [config["config_name"] for config in header["configs"]] == FILLED
    assert [config["config_name"] for config in header["configs"] if config.get("default")] == ["meetings"]


def test_export_refuses_a_folder_in_use(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("precious")
    with pytest.raises(cdd.DataError, match="not empty"):
        export(tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "precious"
