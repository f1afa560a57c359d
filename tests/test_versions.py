"""Differences between releases, and pinned releases, worked out by hand and by property."""

from __future__ import annotations

import copy
import json
import random
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import MINI, write_seeds

import china_defence_dialogues as cdd
from china_defence_dialogues import about
from china_defence_dialogues.cli.main import cli
from china_defence_dialogues.loading import store
from china_defence_dialogues.models import LIST_KINDS
from china_defence_dialogues.publishing.differences import between, compose, flatten
from china_defence_dialogues.publishing.exporting import export
from china_defence_dialogues.records.seeds import read_seeds
from china_defence_dialogues.tables import folder as folders
from china_defence_dialogues.tables.assemble import assemble
from china_defence_dialogues.tables.history import LIST_KEYS

CALL = "20240401-usa-dong-austin-call"


def release(root: Path, records: dict[str, Any], version: str, *, history: list[dict[str, Any]] = []) -> Path:  # noqa: B006
    """Built tables of a version, without validation (its tests do that)."""
    seeds = write_seeds(root / f"seeds-{version}", records)
    if history:
        (seeds / "changes.jsonl").write_text("".join(json.dumps(row) + "\n" for row in history), encoding="utf-8")
    folders.write(assemble(read_seeds(seeds)), root / version)
    path = root / version / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"data_version": version}, indent=2), encoding="utf-8")
    return root / version


@pytest.fixture
def edited() -> dict[str, Any]:
    """The mini records with one meeting's mode changed, a source put in front, an article added, and a place moved."""
    records = copy.deepcopy(MINI)
    call = next(item for item in records["meeting"] if item["id"] == CALL)
    call["mode"] = "video"
    new = copy.deepcopy(records["article"][4]) | {"id": "20240403-new-page", "url": "https://example.org/new"}
    records["article"].append(new)
    call["sources"].insert(0, {"article": "20240403-new-page", "account_of": "third", "supports": {"mode": None}})
    records["place"][0]["lat"] += 1
    return records


def test_difference_names_records_and_fields(tmp_path: Path, edited: dict[str, Any]) -> None:
    old, new = release(tmp_path, MINI, "0.1.0"), release(tmp_path, edited, "0.2.0")
    found = {
        (row["kind"], row["id"], row["field"]): (row["change"], row["old"], row["new"]) for row in between(old, new)
    }
    place = MINI["place"][0]
    assert found == {
        ("article", "20240403-new-page", "-"): ("added", None, None),
        ("meeting", CALL, "mode"): ("changed", "phone", "video"),
        ("meeting", CALL, "sources[20240403-new-page].account_of"): ("added", None, "third"),
        ("meeting", CALL, "sources[20240403-new-page].article"): ("added", None, "20240403-new-page"),
        ("meeting", CALL, "sources[20240403-new-page].supports.mode"): ("added", None, "null"),
        ("place", f"{place['country']}/{place['name']}", "lat"): (
            "changed",
            json.dumps(place["lat"]),
            json.dumps(place["lat"] + 1),
        ),
    }
    assert between(old, old) == []


def test_removed_and_superseded(tmp_path: Path) -> None:
    records = copy.deepcopy(MINI)
    gone = records["coverage_entry"].pop() if records.get("coverage_entry") else None
    records["meeting"][-1]["superseded_by"] = records["meeting"][0]["id"]
    old, new = release(tmp_path, MINI, "0.1.0"), release(tmp_path, records, "0.2.0")
    found = {(row["kind"], row["change"]): row for row in between(old, new)}
    superseded = found["meeting", "superseded"]
    assert (superseded["id"], superseded["new"]) == (records["meeting"][-1]["id"], records["meeting"][0]["id"])
    if gone:
        assert json.loads(found["coverage_entry", "removed"]["old"])["partner"] == gone["partner"]


@pytest.mark.parametrize("seed", range(20))
def test_changes_of_successive_releases_add_up(seed: int) -> None:
    """compose(a→b, b→c) is a→c, whatever the records."""
    draw = random.Random(seed)

    def state() -> dict[tuple[str, str], dict[str, str]]:
        ids = draw.sample("abcdef", 4)
        return {("meeting", name): {f: draw.choice("xyz") for f in draw.sample("pqrs", 3)} for name in ids}

    def step(one: dict[Any, Any], two: dict[Any, Any], version: str) -> list[dict[str, Any]]:
        from china_defence_dialogues.publishing.differences import _changes_of

        rows = [row for key in one.keys() | two.keys() for row in _changes_of(key, one.get(key), two.get(key))]
        return [{"release": version, **row} for row in rows]

    states = [state() for _ in range(4)]
    # an id that left does not return: ids are permanent
    for number in range(1, 4):
        left = {key for earlier in states[:number] for key in earlier if any(key not in s for s in states[:number][states[:number].index(earlier) :])}  # fmt: skip
        for key in left & states[number].keys():
            del states[number][key]
    steps = [row for n, (one, two) in enumerate(zip(states, states[1:], strict=False), 2) for row in step(one, two, f"0.{n}.0")]  # fmt: skip
    strip = lambda rows: sorted((r["id"], r["field"], r["change"], r["old"] or "", r["new"] or "") for r in rows)  # noqa: E731
    direct = [r | {"old": None if r["change"] == "removed" and r["field"] == "-" else r["old"]} for r in step(states[0], states[-1], "x")]  # fmt: skip
    summed = [r | {"old": None if r["change"] == "removed" and r["field"] == "-" else r["old"]} for r in compose(steps)]
    assert strip(summed) == strip(direct)


def test_flat_paths_do_not_depend_on_neighbours() -> None:
    one = dict(
        flatten({"sources": [{"article": "a", "supports": {"date": None}}, {"article": "a"}], "partners": ["USA"]})
    )
    assert one == {
        "sources[a].article": "a",
        "sources[a].supports.date": "null",
        "sources[a#2].article": "a",
        "partners": '["USA"]',
    }


def history(version: str, day: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    first = {
        "release": version,
        "kind": "release",
        "id": version,
        "field": "-",
        "change": "added",
        "old": None,
        "new": day,
    }
    return [first, *rows]


@pytest.fixture
def three_releases(tmp_path: Path, edited: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Path:
    """0.1.0 is the mini set, 0.2.0 the edited one, 0.3.0 takes the edit of the mode back; 0.3.0 is installed."""
    one = release(tmp_path, MINI, "0.1.0")
    told = history("0.1.0", "2026-01-01", between(None, one))
    two = release(tmp_path, edited, "0.2.0", history=told)
    told += history("0.2.0", "2026-02-01", between(one, two))
    again = copy.deepcopy(edited)
    next(item for item in again["meeting"] if item["id"] == CALL)["mode"] = "phone"
    three = release(tmp_path / "unsealed", again, "0.3.0")
    told += history("0.3.0", "2026-03-01", between(two, three))
    three = release(tmp_path / "installed", again, "0.3.0", history=told)
    monkeypatch.setattr(store, "DATA", three)
    return tmp_path


def test_changes_between_versions_need_no_earlier_release(three_releases: Path) -> None:
    shutil.rmtree(three_releases / "0.1.0")
    shutil.rmtree(three_releases / "0.2.0")
    mode = lambda frame: frame[frame["field"] == "mode"][["old", "new"]].to_numpy().tolist()  # noqa: E731
    assert mode(cdd.changes("0.1.0", "0.2.0")) == [["phone", "video"]]
    assert mode(cdd.changes("0.2.0", "0.3.0")) == [["video", "phone"]]
    assert mode(cdd.changes("0.1.0", "0.3.0")) == []
    assert len(cdd.changes("0.1.0", "0.3.0")) == len(cdd.changes("0.1.0", "0.2.0")) - 1
    assert cdd.changes().equals(cdd.changes("0.2.0", "0.3.0"))
    assert set(cdd.changes(new="0.1.0")["change"]) == {"added"}
    with pytest.raises(cdd.UnknownNameError, match=r"0\.1\.0"):
        cdd.changes("0.1.1", "0.2.0")
    assert cdd.load("changes", release="0.2.0", kind="article")["id"].tolist() == ["20240403-new-page"]


def test_changes_between_folders_agree_with_the_table(three_releases: Path) -> None:
    by_folder = cdd.changes(three_releases / "0.1.0", three_releases / "0.2.0")
    by_table = cdd.changes("0.1.0", "0.2.0")
    assert by_folder.equals(by_table)


def test_diff_command(three_releases: Path) -> None:
    run = lambda *words: CliRunner().invoke(cli, ["diff", *map(str, words)])  # noqa: E731
    table = run("0.1.0", "0.2.0")
    assert f"changed    meeting {CALL} mode: phone → video" in table.output
    assert json.loads(run("0.1.0", "0.2.0", "--format", "json").stdout)[0]["release"] == "0.2.0"
    assert f"| `{CALL}` | `mode` | changed | phone | video |" in run("0.1.0", "0.2.0", "--format", "markdown").output
    assert run("0.1.0", "9.9.9").exit_code == 2


def test_added_in_says_when_a_record_first_appeared(tmp_path: Path) -> None:
    seeds = write_seeds(tmp_path / "seeds", MINI)
    (seeds / "releases.csv").write_text(
        f"kind,id,version,content_hash\nmeeting,{CALL},0.1.0,x\nperson,chn-dong-jun,0.2.0,x\n", encoding="utf-8"
    )
    tables = assemble(read_seeds(seeds))
    for name in ("meetings", "participants", "topics", "evidence", "meeting_partners"):
        for row in tables[name].to_pylist():
            assert row["added_in"] == ("0.1.0" if row["meeting_id"] == CALL else None), name
    for name in ("people", "tenures"):
        assert {row["added_in"] for row in tables[name].to_pylist() if row["person_id"] == "chn-dong-jun"} == {"0.2.0"}
    assert {row["added_in"] for row in tables["names"].to_pylist() if row["entity_id"] == "chn-dong-jun"} == {"0.2.0"}
    assert all("added_in" in tables[name].column_names for name in tables if name not in ("codebook", "changes"))


def test_removed_variables_stay_in_the_codebook(tmp_path: Path) -> None:
    gone = {
        "release": "0.2.0",
        "kind": "variable",
        "id": "meetings.weather",
        "field": "-",
        "change": "removed",
        "new": None,
    }
    gone["old"] = json.dumps({"type": "string", "nullable": "true", "description": "Weather.", "is_key": "false"})
    came = gone | {"release": "0.1.0", "change": "added", "old": None}
    folder = release(tmp_path, MINI, "0.2.0", history=[came, gone])
    (row,) = [row for row in store.arrow_table("codebook", folder).to_pylist() if row["column"] == "weather"]
    assert (row["since"], row["removed_in"], row["description"], row["n_filled"]) == ("0.1.0", "0.2.0", "Weather.", 0)


def wheel(folder: Path, to: Path, version: str) -> Path:
    path = to / f"china_defence_dialogues-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, f"china_defence_dialogues/data/{file.name}")
    return path


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.usefixtures("cache", "use_mini")
def test_pinned_release_from_folder_wheel_and_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = copy.deepcopy(MINI)
    next(item for item in records["meeting"] if item["id"] == CALL)["mode"] = "video"
    old = release(tmp_path, records, "0.0.9")
    packed = wheel(old, tmp_path, "0.0.9")
    for pinned in (old, str(packed), packed):
        frame = cdd.load_meetings(version=pinned)
        assert frame.set_index("meeting_id").loc[CALL, "mode"] == "video"
        assert frame.attrs["data_version"] == "0.0.9"
        assert "Version 0.0.9" in frame.attrs["citation"]
    assert cdd.load("meetings").set_index("meeting_id").loc[CALL, "mode"] == "phone"
    assert len(cdd.load("meetings", version=about.VERSION)) == len(cdd.load("meetings"))
    with pytest.raises(cdd.DataError, match=r"0\.0\.9 is not here .*pip download .*hub:ORG/NAME@v0\.0\.9"):
        cdd.load("meetings", version="0.0.9")
    monkeypatch.setenv("CDD_RELEASES", str(tmp_path))
    assert cdd.load("meetings", version="0.0.9").attrs["data_version"] == "0.0.9"


@pytest.mark.usefixtures("use_mini")
def test_pinned_release_from_an_exported_folder(tmp_path: Path) -> None:
    export(tmp_path / "out", formats=["huggingface"])
    assert cdd.load("meetings", version=tmp_path / "out").equals(cdd.load("meetings"))


@pytest.mark.usefixtures("cache", "use_mini")
def test_releases_that_are_not_there_or_damaged(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.whl").write_text("no zip")
    with zipfile.ZipFile(tmp_path / "other.whl", "w") as archive:
        archive.writestr("other/__init__.py", "")
    for name, words in {
        "nowhere": "no release",
        "empty": "holds no release",
        "broken.whl": "cannot read the wheel",
        "other.whl": "no wheel of china-defence-dialogues",
    }.items():
        with pytest.raises(cdd.DataError, match=words):
            cdd.load("meetings", version=tmp_path / name)
    with pytest.raises(cdd.FormatError, match="hub:ORG/NAME@REVISION"):
        cdd.load("meetings", version="hub:nobody")
    export(tmp_path / "out", formats=["huggingface"])
    path = tmp_path / "out" / "data" / "meetings.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(cdd.DataError, match="altered or cut short"):
        cdd.load("meetings", version=tmp_path / "out")


def test_every_kind_kept_in_a_list_has_a_key() -> None:
    assert LIST_KEYS.keys() == LIST_KINDS.keys()
    assert all(set(names) <= LIST_KINDS[kind].model_fields.keys() for kind, names in LIST_KEYS.items())
