"""A small seeds folder whose every derived value can be worked out by hand, and the tables built from it."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from china_defence_dialogues.loading import store
from china_defence_dialogues.models import LIST_KINDS, RECORD_KINDS
from china_defence_dialogues.records.layout import LISTS, path_of
from china_defence_dialogues.records.seeds import dump_list
from china_defence_dialogues.records.yaml_writer import dump
from china_defence_dialogues.tables.building import build

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
MINI: dict[str, list[dict[str, Any]]] = json.loads((Path(__file__).parent / "mini.json").read_text(encoding="utf-8"))
"""Records by kind; places, coverage and the like beside them. Vocabularies come from the real seeds."""


def write_seeds(root: Path, records: dict[str, list[dict[str, Any]]]) -> Path:
    """A seeds folder with the real vocabularies and these records."""
    shutil.copytree(SEEDS / "vocabularies", root / "vocabularies")
    for name in ("places.yaml", "cues.yaml"):
        (root / "vocabularies" / name).unlink(missing_ok=True)
    (root / "meetings").mkdir()
    documents = root / "documents"
    documents.mkdir()
    for name, text in records.get("documents", {}).items():  # type: ignore[attr-defined]
        (documents / name).write_bytes(text.encode())
    for kind, values in records.items():
        if kind in RECORD_KINDS:
            for value in values:
                record = RECORD_KINDS[kind].model_validate_json(json.dumps(value), strict=True)
                path = root / path_of(record)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(dump(record), encoding="utf-8")
        elif kind in LIST_KINDS:
            entries = [LIST_KINDS[kind].model_validate_json(json.dumps(value), strict=True) for value in values]
            (root / LISTS[kind]).write_text(dump_list(entries), encoding="utf-8")
    return root


@pytest.fixture
def mini() -> dict[str, list[dict[str, Any]]]:
    """The mini records, free to change."""
    return copy.deepcopy(MINI)


@pytest.fixture
def mini_seeds(tmp_path: Path, mini: dict[str, Any]) -> Path:
    """The mini seeds folder, free to change."""
    return write_seeds(tmp_path / "seeds", mini)


@pytest.fixture(scope="session")
def mini_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built mini tables; not to be changed."""
    root = tmp_path_factory.mktemp("mini")
    build(write_seeds(root / "seeds", MINI), root / "data")
    return root / "data"


@pytest.fixture(scope="session")
def study_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built tables of tests/analysis_data.py; not to be changed."""
    from analysis_data import records

    root = tmp_path_factory.mktemp("study")
    build(write_seeds(root / "seeds", records()), root / "data")
    return root / "data"


@pytest.fixture
def use_study(study_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the loaders read the tables of tests/analysis_data.py."""
    monkeypatch.setattr(store, "DATA", study_data)
    return study_data


@pytest.fixture
def use_mini(mini_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the loaders read the mini tables."""
    monkeypatch.setattr(store, "DATA", mini_data)
    return mini_data


@pytest.fixture(scope="session")
def real_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables built from the repository's own seeds; not to be changed."""
    root = tmp_path_factory.mktemp("real")
    build(SEEDS, root / "data")
    return root / "data"
