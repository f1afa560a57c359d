"""The extractor that mypyc compiles, against the plain one: python -m pytest -m slow."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (shutil.which("cc") or shutil.which("gcc")), reason="needs a C compiler"),
]

READ = """
import copy, json, pickle, sys
from pathlib import Path
import china_defence_dialogues as cdd
from china_defence_dialogues.extraction import fast, frames

texts = [path.read_text(encoding="utf-8") for path in sorted(Path(sys.argv[1]).glob("*.txt"))]
sentences = [line for text in texts for line in text.replace(". ", ".\\n").splitlines() if line]
texts += [" ".join(sentences[start::7]) for start in range(7)] + [line[cut:] for line in sentences for cut in (0, 5)]
found = [cdd.extract(text, published) for published in ("2024-04-19", None) for text in texts]
assert copy.deepcopy(pickle.loads(pickle.dumps(found))) == found
rows = [one.to_rows() for one in found]
fast.switch_on()
rows += [cdd.extract(text, "2024-04-19").to_rows() for text in texts]
print(json.dumps([frames.__file__, len(texts), rows], default=str))
"""


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package as the release builds it, compiled."""
    out = tmp_path_factory.mktemp("compiled")
    build = [sys.executable, "-m", "build", "--outdir", str(out / "dist"), str(ROOT)]
    done = subprocess.run(
        build, env=os.environ | {"HATCH_BUILD_HOOK_ENABLE_MYPYC": "1"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    (wheel,) = (out / "dist").glob("*.whl")
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(out / "site"),
        str(wheel),
    ]
    subprocess.run(install, check=True)
    return out / "site"


def read(folder: Path) -> tuple[str, int, list[list[object]]]:
    """What the package in `folder` finds in the founding documents, whole, reshuffled and cut up."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(ROOT / "seeds" / "documents")],
        env=os.environ | {"PYTHONPATH": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    file, count, rows = json.loads(done.stdout)
    return file, count, rows


def test_compiled_and_plain_find_the_same(compiled: Path) -> None:
    file, count, rows = read(compiled)
    plain_file, plain_count, plain_rows = read(ROOT)
    assert (Path(file).suffix, Path(plain_file).suffix) != (".py", ".py")
    assert plain_file == str(ROOT / "china_defence_dialogues" / "extraction" / "frames.py")
    assert count == plain_count > 200
    assert sum(map(len, rows)) > 150
    assert rows == plain_rows
