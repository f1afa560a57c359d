"""The built wheel in use: the README's Python, the Parquet in other engines, the exports in other programs.

The wheel is unpacked into a folder of its own and used by a fresh process that sees no source tree. `.ci/run` does the
same in a new virtual environment. R's `arrow` and `nanoparquet` are not packaged by Debian 12, so R is untested.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

import china_defence_dialogues as cdd
from china_defence_dialogues.loading import store

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the wheel's content and nothing else."""
    place = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(place), str(ROOT)],
        check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = place.glob("*.whl")
    assert wheel.stat().st_size < 10 * MEGABYTE
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(place / "site")
    return place


@pytest.fixture(scope="module")
def exported(installed: Path) -> Path:
    run(
        installed,
        "-c",
        f"from china_defence_dialogues.cli.main import cli; cli(['export', '--to', {str(installed / 'out')!r}])",
    )
    return installed / "out"


def run(installed: Path, *words: str) -> str:
    """Run Python where only the wheel's content can be imported as the package."""
    environment = os.environ | {"PYTHONPATH": str(installed / "site"), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        [sys.executable, *words], check=False, capture_output=True, text=True, cwd=installed, env=environment
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def rows(table: str) -> int:
    return int(store.arrow_table(table).num_rows)


def test_readme_runs_from_the_wheel(installed: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    code, printed = re.search(r"```python\n(.*?)```\n\n```text\n(.*?)\n```", readme, re.S).groups()  # type: ignore[union-attr]
    where = run(installed, "-c", "import china_defence_dialogues as c; print(c.__file__)")
    assert str(installed / "site") in where
    assert [line.rstrip() for line in run(installed, "-c", code).splitlines()] == printed.splitlines()


def test_parquet_in_duckdb_sql(exported: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    found = duckdb.sql(
        f"SELECT status, count(*) AS n FROM '{exported}/data/meetings.parquet' "
        "WHERE list_contains(partners, 'USA') AND start_date >= DATE '2010-01-01' GROUP BY status ORDER BY status"
    ).fetchall()
    frame = cdd.load("meetings", scope="all", partner="USA")
    frame = frame[frame["start_date"] >= "2010-01-01"]
    assert dict(found) == {str(code): n for code, n in frame["status"].value_counts().items() if n}


def test_parquet_in_polars(exported: Path) -> None:
    polars = pytest.importorskip("polars")
    frame = polars.scan_parquet(exported / "data" / "participants.parquet").filter(polars.col("side") == "CHN").collect()  # fmt: skip
    assert len(frame) == int((cdd.load("participants", scope="all")["side"] == "CHN").sum())


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="needs the sqlite3 shell")
def test_sqlite_shell(exported: Path) -> None:
    def ask(query: str) -> str:
        return subprocess.run(
            ["sqlite3", str(exported / "china_defence_dialogues.sqlite"), query],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()

    assert ask("PRAGMA integrity_check; PRAGMA foreign_key_check;") == "ok"
    assert int(ask("SELECT count(*) FROM meetings_flat")) == rows("meetings")
    assert int(ask("SELECT count(*) FROM core_non_contacts")) == len(
        cdd.load("meetings", aggregate=False).query("~is_contact")
    )
    partners = ask("SELECT count(*) FROM meetings, json_each(meetings.partners)")
    assert int(partners) == sum(len(cell) for cell in cdd.load("meetings", scope="all")["partners"])


def test_stata_in_pandas_and_readstat(exported: Path) -> None:
    pandas, pyreadstat = pytest.importorskip("pandas"), pytest.importorskip("pyreadstat")
    first = pandas.read_stata(exported / "stata" / "meetings.dta")
    second, _ = pyreadstat.read_dta(exported / "stata" / "meetings.dta", apply_value_formats=True)
    ours = cdd.load("meetings", scope="all")
    for frame in (first, second):
        assert frame["meeting_id"].tolist() == ours["meeting_id"].tolist()
        assert frame["status"].astype(str).tolist() == ours["status"].astype(str).tolist()


def test_excel_in_openpyxl(exported: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(exported / "china_defence_dialogues.xlsx", read_only=True)
    assert book.sheetnames == ["contents", *cdd.TABLE_NAMES]
    assert sum(1 for _ in book["meetings"].iter_rows()) == rows("meetings") + 1


def test_graphml_in_networkx(exported: Path) -> None:
    networkx = pytest.importorskip("networkx")
    graph = networkx.read_graphml(exported / "graphml" / "dyads.graphml", force_multigraph=True)
    pairs = sum(len(cell) for cell in cdd.load("meetings", aggregate=False)["partners"])
    assert graph.number_of_edges() == pairs


def test_provenance_and_diff_from_the_command_line(installed: Path) -> None:
    cli = "from china_defence_dialogues.cli.main import cli; cli(%r)"
    told = json.loads(run(installed, "-c", cli % ["provenance", "20240416-usa-austin-dong-video"]))
    assert "cdd:20240416-usa-austin-dong-video" in told["entity"]
    data = str(installed / "site" / "china_defence_dialogues" / "data")
    assert json.loads(run(installed, "-c", cli % ["diff", data, data, "--format", "json"])) == []
    (wheel,) = installed.glob("*.whl")
    assert json.loads(run(installed, "-c", cli % ["diff", data, str(wheel), "--format", "json"])) == []
