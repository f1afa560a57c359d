"""Exports that fail: the target is then as it was, with real full, read-only and interrupted file systems where possible."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT

import china_defence_dialogues as cdd
from china_defence_dialogues.cli.main import cli
from china_defence_dialogues.publishing.exporting import FORMATS, SUMS, export, sha256

EXPORT = """
import sys
from pathlib import Path
from china_defence_dialogues.errors import DataError
from china_defence_dialogues.publishing.exporting import export
try:
    export(sys.argv[1], formats=sys.argv[3].split(","), source=Path(sys.argv[2]))
except DataError as error:
    print(error)
    sys.exit(1)
"""


def in_small_file_system(target: Path, options: str, data: Path, name: str) -> subprocess.CompletedProcess[str]:
    """Run an export into a file system of its own, made with these mount options."""
    if shutil.which("unshare") is None:
        pytest.skip("needs unshare to mount a small file system")
    script = f'mount -t tmpfs -o {options} none "$1" || exit 77; "$2" -c "$3" "$1/out" "$4" "$5"; status=$?; ls -A "$1"; exit $status'
    run = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", str(target), sys.executable, EXPORT, str(data), name],
        check=False, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    if run.returncode == 77 or "unshare" in run.stderr:
        pytest.skip("this system lets no one mount a file system of their own")
    return run


@pytest.mark.parametrize("name", FORMATS)
def test_full_disk_leaves_nothing(name: str, tmp_path: Path, mini_data: Path) -> None:
    """Each format alone, on a file system with room for one page of 4 kB."""
    run = in_small_file_system(tmp_path, "size=4k", mini_data, name)
    assert run.returncode == 1, run.stderr
    assert "cannot write to" in run.stdout
    assert run.stdout.strip().endswith("nothing was left there"), run.stdout


def test_read_only_target_is_a_clear_error(tmp_path: Path, mini_data: Path) -> None:
    run = in_small_file_system(tmp_path, "ro", mini_data, "csv")
    assert run.returncode == 1
    assert "Read-only file system; nothing was left there" in run.stdout


@pytest.mark.parametrize("name", FORMATS)
def test_failing_exporter_leaves_nothing(
    name: str, tmp_path: Path, mini_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong after an exporter has written."""
    from importlib import import_module

    module = import_module(f"china_defence_dialogues.publishing.formats.{FORMATS[name].module}")
    write = module.write

    def fail(release: object, to: Path) -> None:
        write(release, to)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write", fail)
    (tmp_path / "out").mkdir()
    with pytest.raises(cdd.DataError, match="No space left on device; nothing was left there"):
        export(tmp_path / "out", formats=[name], source=mini_data)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("delay", [0.0, 0.3, 0.6, 0.9])
def test_killed_export_leaves_no_target_and_the_next_one_cleans_up(
    delay: float, tmp_path: Path, mini_data: Path
) -> None:
    staging = tmp_path / ".out.cdd-export"
    process = subprocess.Popen(
        [sys.executable, "-c", EXPORT, str(tmp_path / "out"), str(mini_data), ",".join(FORMATS)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    while not staging.exists() and process.poll() is None:
        time.sleep(0.001)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    if (tmp_path / "out").exists():  # it was done before the signal came
        assert (tmp_path / "out" / SUMS).exists()
        assert not staging.exists()
        shutil.rmtree(tmp_path / "out")
    export(tmp_path / "out", formats=["csv"], source=mini_data)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.usefixtures("use_mini")
def test_target_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter1.txt").write_text("precious")
    result = CliRunner().invoke(cli, ["export", "--to", str(tmp_path / "thesis")])
    assert result.exit_code == 1
    assert "is not empty; name a new or empty folder" in result.output
    (tmp_path / "file").write_text("precious")
    with pytest.raises(cdd.DataError, match="not empty"):
        export(tmp_path / "file")
    assert (tmp_path / "thesis" / "chapter1.txt").read_text() == "precious"
    assert (tmp_path / "file").read_text() == "precious"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "thesis"]


@pytest.mark.parametrize("damage", ["altered", "cut", "missing"])
def test_altered_parquet_is_not_exported(damage: str, tmp_path: Path, mini_data: Path) -> None:
    source = shutil.copytree(mini_data, tmp_path / "data")
    path = source / "topics.parquet"
    raw = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(raw[:-10] if damage == "cut" else raw[:100] + bytes([raw[100] ^ 1]) + raw[101:])
    with pytest.raises(cdd.DataError, match=r"topics\.parquet"):
        export(tmp_path / "out", source=source)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.mark.usefixtures("use_mini")
def test_export_command_lists_and_writes(tmp_path: Path) -> None:
    listed = CliRunner().invoke(cli, ["export", "--list"])
    assert [line.split()[0] for line in listed.output.splitlines()] == list(FORMATS)
    result = CliRunner().invoke(cli, ["export", "--to", str(tmp_path / "out"), "--formats", "popolo, csv"])
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1] == str(tmp_path / "out" / SUMS)
    assert (tmp_path / "out" / "popolo.json").exists()
    assert sha256(tmp_path / "out" / "csv" / "meetings.csv") in (tmp_path / "out" / SUMS).read_text()
    wrong = CliRunner().invoke(cli, ["export", "--to", str(tmp_path / "other"), "--formats", "csw"])
    assert (wrong.exit_code, "nearest: csv" in wrong.output) == (2, True)
