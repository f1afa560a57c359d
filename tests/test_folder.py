"""The build swaps folders: killed at any moment, the old or the new data are whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import MINI, write_seeds

from china_defence_dialogues.errors import DataError
from china_defence_dialogues.loading import store
from china_defence_dialogues.loading.api import load_from
from china_defence_dialogues.records.seeds import read_seeds
from china_defence_dialogues.tables import folder as folders
from china_defence_dialogues.tables.assemble import assemble

KILLED_BUILD = """
import os, signal, sys
from pathlib import Path
from china_defence_dialogues.tables import folder
from china_defence_dialogues.tables.building import build

steps = int(sys.argv[3])
def counted(function):
    def call(*args, **kwargs):
        global steps
        if steps == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        steps -= 1
        return function(*args, **kwargs)
    return call

Path.rename = counted(Path.rename)
Path.mkdir = counted(Path.mkdir)
folder.shutil.rmtree = counted(folder.shutil.rmtree)
folder.pq.ParquetWriter = counted(folder.pq.ParquetWriter)
folder._sync = counted(folder._sync)
build(sys.argv[1], sys.argv[2])
"""


@pytest.fixture
def changed_seeds(tmp_path: Path, mini: dict[str, object]) -> Path:
    mini["meeting"] = mini["meeting"][:-1]  # type: ignore[index]
    return write_seeds(tmp_path / "changed", mini)


def _state(folder: Path) -> int:
    """Number of meetings that a reader sees; reading checks every hash."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "DATA", folder)
        seen = store.data_folder()
        for name in store.table_names(seen):
            load_from(seen, name, engine="arrow")
        return int(load_from(seen, "meetings", engine="arrow", scope="all").num_rows)


@pytest.mark.parametrize("step", [0, 1, 2, 5, 20, 28, 29, 40, 57, 58, 59, 60, 61, 62, 63, 64])
def test_killed_build_leaves_whole_data(step: int, tmp_path: Path, changed_seeds: Path) -> None:
    data = tmp_path / "data"
    folders.write(assemble(read_seeds(write_seeds(tmp_path / "seeds", MINI))), data)
    before = len(MINI["meeting"])
    run = subprocess.run(
        [sys.executable, "-c", KILLED_BUILD, str(changed_seeds), str(data), str(step)], check=False, capture_output=True
    )
    killed = run.returncode == -signal.SIGKILL
    assert killed or run.returncode == 0, run.stderr
    assert _state(data) in ((before, before - 1) if killed else (before - 1,))
    folders.write(assemble(read_seeds(changed_seeds)), data)
    assert _state(data) == before - 1
    assert not (tmp_path / "data.new").exists()
    assert not (tmp_path / "data.old").exists()


def test_the_steps_above_reach_the_end(tmp_path: Path, changed_seeds: Path) -> None:
    """The largest step of the test above comes after the last one of a build, so that every stage was cut."""
    data = tmp_path / "data"
    folders.write(assemble(read_seeds(changed_seeds)), data)
    run = subprocess.run([sys.executable, "-c", KILLED_BUILD, str(changed_seeds), str(data), "64"], check=False)
    assert run.returncode == 0
    run = subprocess.run([sys.executable, "-c", KILLED_BUILD, str(changed_seeds), str(data), "57"], check=False)
    assert run.returncode == -signal.SIGKILL


def test_folder_with_other_files_is_not_replaced(tmp_path: Path, changed_seeds: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter1.txt").write_text("precious")
    with pytest.raises(DataError, match="holds other files"):
        folders.write(assemble(read_seeds(changed_seeds)), tmp_path / "thesis")
    assert (tmp_path / "thesis" / "chapter1.txt").read_text() == "precious"


@pytest.mark.parametrize("suffix", [".old", ".new"])
def test_neighbours_with_other_files_are_not_removed(suffix: str, tmp_path: Path, changed_seeds: Path) -> None:
    neighbour = tmp_path / f"thesis{suffix}"
    neighbour.mkdir()
    (neighbour / "chapter1.txt").write_text("precious")
    with pytest.raises(DataError, match="holds other files"):
        folders.write(assemble(read_seeds(changed_seeds)), tmp_path / "thesis")
    assert (neighbour / "chapter1.txt").read_text() == "precious"


def test_a_foreign_manifest_is_no_licence_to_replace(tmp_path: Path, changed_seeds: Path) -> None:
    web = tmp_path / "web"
    web.mkdir()
    (web / "manifest.json").write_text('{"name": "my web app"}')
    (web / "index.html").write_text("precious")
    with pytest.raises(DataError, match="holds other files"):
        folders.write(assemble(read_seeds(changed_seeds)), web)
    assert (web / "index.html").exists()


def test_a_link_to_the_folder_stays_a_link(tmp_path: Path, changed_seeds: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    tables = assemble(read_seeds(changed_seeds))
    folders.write(tables, tmp_path / "link")
    folders.write(tables, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "manifest.json").exists()


def test_two_builds_of_one_folder_wait_for_each_other(tmp_path: Path, changed_seeds: Path) -> None:
    code = "import sys; from china_defence_dialogues.tables.building import build\nfor _ in range(4): build(sys.argv[1], sys.argv[2])"
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(changed_seeds), str(tmp_path / "data")], stderr=subprocess.PIPE
        )
        for _ in range(3)
    ]
    for run in runs:
        _, stderr = run.communicate()
        assert run.returncode == 0, stderr
    assert _state(tmp_path / "data") == len(MINI["meeting"]) - 1


def test_unwritable_target_is_a_clear_error(
    tmp_path: Path, changed_seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, *args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    tables = assemble(read_seeds(changed_seeds))
    folders.write(tables, tmp_path / "data")
    before = json.loads((tmp_path / "data" / "manifest.json").read_text())
    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(DataError, match=r"cannot write to .*Permission denied; the old data are unchanged"):
        folders.write(tables, tmp_path / "data")
    assert json.loads((tmp_path / "data" / "manifest.json").read_text()) == before


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere; the test above covers the branch"
)
def test_read_only_folder(tmp_path: Path, changed_seeds: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o555)
    with pytest.raises(DataError, match="cannot write"):
        folders.write(assemble(read_seeds(changed_seeds)), tmp_path / "locked" / "data")
