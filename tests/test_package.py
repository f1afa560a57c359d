"""The installed package: quick and light import, stable names, contents of both archives, true documents."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import jsonschema
import pytest
import yaml
from conftest import ROOT
from test_data import PRESS_TEXTS

import china_defence_dialogues as cdd
from china_defence_dialogues.loading import store


def python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT).stdout


def test_import_is_light() -> None:
    heavy = json.loads(
        python(
            "import json, sys, china_defence_dialogues; print(json.dumps(sorted({'pandas', 'pyarrow', 'datasets', 'pydantic', 'yaml', 'numpy'} & set(sys.modules))))"
        )
    )
    assert heavy == []


def test_import_takes_less_than_100_ms() -> None:
    code = "import time; t = time.perf_counter(); import china_defence_dialogues; print(time.perf_counter() - t)"
    assert min(float(python(code)) for _ in range(3)) < 0.1


def test_loading_needs_neither_models_nor_seeds() -> None:
    code = "import sys, china_defence_dialogues as c; c.load_meetings(); print([m for m in sys.modules if m.startswith('china_defence_dialogues.') and m.split('.')[1] in ('records', 'tables', 'models', 'cli')])"
    assert python(code).strip() == "[]"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_public_name_resolves_twice_in_any_order(seed: int) -> None:
    """A module with the name of a public function would take its place on second use."""
    code = f"""
import random, types, china_defence_dialogues as cdd
names = list(cdd.__all__)
random.Random({seed}).shuffle(names)
first = {{name: getattr(cdd, name) for name in names}}
random.Random({seed} + 9).shuffle(names)
for name in names:
    assert getattr(cdd, name) is first[name], name
    assert not isinstance(first[name], types.ModuleType) or name == "plot", name
print(len(names))
"""
    assert int(python(code)) == len(cdd.__all__)


def test_public_callables_are_documented() -> None:
    for name in cdd.__all__:
        value = getattr(cdd, name)
        if callable(value):
            assert value.__doc__, name
            assert len(value.__doc__) > 30, name


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], set[str]]:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = out.glob("*.whl")
    (sdist,) = out.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as opened, tarfile.open(sdist) as packed:
        return set(opened.namelist()), {name.partition("/")[2] for name in packed.getnames()}


def test_wheel_carries_tables_and_no_seeds(archives: tuple[set[str], set[str]]) -> None:
    wheel, _ = archives
    top = {name.split("/")[0] for name in wheel}
    assert top == {"china_defence_dialogues", f"china_defence_dialogues-{cdd.__version__}.dist-info"}
    assert {f"china_defence_dialogues/data/{table}.parquet" for table in cdd.TABLE_NAMES} <= wheel
    assert {
        "china_defence_dialogues/py.typed",
        "china_defence_dialogues/loading/by_table.pyi",
        "china_defence_dialogues/data/manifest.json",
    } <= wheel
    assert not [name for name in wheel if name.endswith((".txt", ".yaml")) and "entry_points" not in name]


def test_source_archive_leaves_the_press_texts_out(archives: tuple[set[str], set[str]]) -> None:
    _, sdist = archives
    documents = {Path(name).stem for name in sdist if name.startswith("seeds/documents/") and name.endswith(".txt")}
    assert documents == {path.stem for path in (ROOT / "seeds" / "documents").glob("*.txt")} - PRESS_TEXTS
    assert {
        "README.md",
        "LICENSE",
        "LICENSE-DATA",
        "CITATION.cff",
        "CHANGELOG.md",
        "pyproject.toml",
        "seeds/README.md",
        "scripts/make_docs.py",
    } <= sdist


def test_no_published_table_carries_press_text() -> None:
    """No sentence of a press text stands in any cell of any table."""
    texts = [(ROOT / "seeds" / "documents" / f"{name}.txt") for name in sorted(PRESS_TEXTS)]
    if not all(path.exists() for path in texts):
        pytest.skip("the source archive leaves the press texts out")
    titles = set(cdd.load_articles()["title"].dropna())
    lines = [line for path in texts for line in path.read_text(encoding="utf-8").splitlines() if line not in titles]
    sentences = [line[start : start + 60] for line in lines for start in range(0, len(line) - 60, 20)]
    assert len(sentences) > 20
    cells = "\n".join(
        json.dumps(store.arrow_table(name).to_pylist(), ensure_ascii=False, default=str) for name in cdd.list_tables()
    )
    assert not [sentence for sentence in sentences if sentence in cells]


@pytest.mark.parametrize(
    "script", ["make_schemas.py", "make_stubs.py", "make_citation.py", "make_data_changes.py", "make_docs.py"]
)
def test_generated_files_are_fresh(script: str) -> None:
    run = subprocess.run(
        [sys.executable, f"scripts/{script}", "--check"], check=False, capture_output=True, text=True, cwd=ROOT
    )
    assert run.returncode == 0, run.stderr


def test_citation_file_is_valid_and_agrees_with_cite() -> None:
    schema = json.loads((ROOT / "tests" / "cff-1.2.0.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(
        json.loads(json.dumps(yaml.safe_load((ROOT / "CITATION.cff").read_bytes()), default=str)), schema
    )
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert "type: dataset" in text
    assert f"version: {cdd.__version__}" in text


def test_table_names_are_declared_once_more_only_for_speed() -> None:
    from china_defence_dialogues.tables.schema import TABLES

    assert tuple(TABLES) == cdd.TABLE_NAMES
