"""`cdd publish hub` over real HTTP, against a small hub on loopback that also fails on request."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import ROOT
from hub_server import TOKEN, Hub, Repository

import china_defence_dialogues as cdd
from china_defence_dialogues import about
from china_defence_dialogues.cli.main import cli
from china_defence_dialogues.loading.store import arrow_table
from china_defence_dialogues.publishing.exporting import export
from china_defence_dialogues.publishing.hub import HUB_FORMATS, HubError, publish_hub

constants = pytest.importorskip("huggingface_hub.constants")
REPO = "org/dialogues"
TAG = f"v{about.VERSION}"


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Hub]:
    server = Hub()
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
    monkeypatch.setattr("huggingface_hub.utils._http.time.sleep", lambda seconds: None)
    yield server
    server.shutdown()
    server.server_close()


def publish(mini_data: Path, waits: list[float] | None = None) -> Any:
    return publish_hub(REPO, source=mini_data, sleep=(waits if waits is not None else []).append)


def exported_files(mini_data: Path, to: Path) -> dict[str, bytes]:
    files = export(to, formats=HUB_FORMATS, source=mini_data, hub_repository=REPO)
    return {path.relative_to(to).as_posix(): path.read_bytes() for path in files}


def held(hub: Hub, revision: str = "main") -> dict[str, bytes]:
    at = hub.repositories[REPO].at(revision)
    assert at is not None
    return {name: raw for name, raw in at[1].items() if name != ".gitattributes"}


def test_the_hub_receives_the_bytes_exported(hub: Hub, mini_data: Path, tmp_path: Path) -> None:
    report = publish(mini_data)
    assert (report.outcome, report.tag) == ("published", TAG)
    assert held(hub, TAG) == exported_files(mini_data, tmp_path / "out")
    assert f'load_dataset("{REPO}", "meetings"' in held(hub)["README.md"].decode()


def test_publishing_again_sends_nothing(hub: Hub, mini_data: Path) -> None:
    publish(mini_data)
    received, commits = len(hub.received), len(hub.repositories[REPO].commits)
    assert publish(mini_data).outcome == "already published"
    assert (len(hub.received), len(hub.repositories[REPO].commits)) == (received, commits)


def test_files_of_the_old_release_go(hub: Hub, mini_data: Path, tmp_path: Path) -> None:
    hub.repositories[REPO] = Repository()
    hub.repositories[REPO].commit({".gitattributes": b"", "data/old_table.parquet": b"old", "notes/old.txt": b"old"})
    publish(mini_data)
    assert held(hub) == exported_files(mini_data, tmp_path / "out")
    assert ".gitattributes" in hub.repositories[REPO].commits[hub.repositories[REPO].head]


def test_a_tag_of_other_files_is_never_moved(hub: Hub, mini_data: Path) -> None:
    publish(mini_data)
    repository = hub.repositories[REPO]
    repository.tags[TAG] = repository.commit({"README.md": b"another release"})
    before = (repository.head, dict(repository.tags), len(hub.received))
    with pytest.raises(cdd.DataError, match="a published version never changes"):
        publish(mini_data)
    assert (repository.head, dict(repository.tags), len(hub.received)) == before


def test_no_token_no_request(hub: Hub, mini_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_TOKEN")
    monkeypatch.setattr("huggingface_hub.get_token", lambda: None)
    with pytest.raises(HubError, match=r"no token: set HF_TOKEN.*nothing was sent"):
        publish(mini_data)
    assert hub.requests == []


@pytest.mark.usefixtures("use_mini")
def test_dry_run_needs_no_token_and_sends_nothing(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_TOKEN")
    result = CliRunner().invoke(cli, ["publish", "hub", "--repo", REPO, "--dry-run"])
    assert result.exit_code == 0, result.output
    assert "would send data/meetings.parquet" in result.output
    assert f"would publish: {REPO} {TAG}" in result.output
    assert hub.requests == []
    assert CliRunner().invoke(cli, ["publish", "hub", "--repo", "noslash", "--dry-run"]).exit_code == 2


@pytest.mark.parametrize(("status", "words"), [(401, "does not know the token"), (403, f"may not write to {REPO}")])
@pytest.mark.parametrize("step", [("POST", "/create"), ("POST", "/preupload/"), ("PUT", "/lfs/"), ("POST", "/commit/"), ("POST", "/tag/")])  # fmt: skip
def test_refusals_are_told_at_once(hub: Hub, mini_data: Path, step: tuple[str, str], status: int, words: str) -> None:
    hub.faults.append([*step, status, 99])
    waits: list[float] = []
    with pytest.raises(HubError, match=words):
        publish(mini_data, waits)
    assert waits == []
    assert_old_or_new(hub)


def assert_old_or_new(hub: Hub) -> None:
    """Either no file of the release or all of them, and no tag."""
    repository = hub.repositories.get(REPO)
    if repository is not None:
        assert repository.tags == {}
        assert not held(hub) or {"README.md", "data/meetings.parquet", "SHA256SUMS"} <= held(hub).keys()


FAULTS = [
    *[("POST", part, status, 2) for part in ("/commit/", "/tag/") for status in (409, 429, 500, 503)],
    ("POST", "/create", 503, 2), ("GET", "/refs", 429, 2), ("POST", "/preupload/", 500, 7), ("POST", "/validate-yaml", 502, 1),
    ("PUT", "/lfs/", 503, 40), ("GET", "/tree/", 503, 2),
    *[(method, part, "cut", 2) for method, part in (("POST", "/create"), ("GET", "/refs"), ("POST", "/preupload/"), ("POST", "/batch"), ("PUT", "/lfs/"), ("POST", "/commit/"), ("GET", "/tree/"), ("POST", "/tag/"))],
    ("POST", "/create", "cut", 1, "after"), ("POST", "/commit/", "cut", 1, "after"), ("POST", "/tag/", "cut", 1, "after"), ("POST", "/commit/", 500, 1, "after"),
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: "-".join(str(part).strip("/") for part in fault))
def test_faults_that_pass_are_waited_out(hub: Hub, mini_data: Path, tmp_path: Path, fault: tuple[Any, ...]) -> None:
    hub.faults.append(list(fault))
    report = publish(mini_data)
    assert report.outcome == "published"
    assert held(hub, TAG) == exported_files(mini_data, tmp_path / "out")
    assert len(hub.received) == len(set(hub.received)), "a large file that had arrived was sent again"
    assert len(hub.repositories[REPO].commits) == 2, "one commit for the repository, one for the release"


def test_waits_grow_and_follow_the_hub(hub: Hub, mini_data: Path) -> None:
    hub.faults.append(["POST", "/tag/", 500, 4])
    waits: list[float] = []
    publish(mini_data, waits)
    assert waits == [1.0, 2.0, 4.0, 8.0]


@pytest.mark.parametrize("step", [("POST", "/commit/"), ("POST", "/tag/"), ("GET", "/tree/[0-9a-f]{40}")])
def test_a_hub_that_stays_down_leaves_old_or_new_and_the_next_run_goes_on(
    hub: Hub, mini_data: Path, tmp_path: Path, step: tuple[str, str]
) -> None:
    hub.faults.append([*step, 503, 999])
    with pytest.raises(HubError, match="503 after 6 attempts; run the command again"):
        publish(mini_data)
    assert_old_or_new(hub)
    sent = list(hub.received)
    hub.faults.clear()
    assert publish(mini_data).outcome == "published"
    assert hub.received == sent, "nothing that had arrived was sent again"
    assert held(hub, TAG) == exported_files(mini_data, tmp_path / "out")


def test_bytes_altered_on_the_way_are_noticed_before_tagging(hub: Hub, mini_data: Path) -> None:
    publish(mini_data)
    repository = hub.repositories[REPO]
    repository.tags.clear()
    files = dict(repository.commits[repository.head])
    raw = files["data/meetings.parquet"]
    oid = hashlib.sha256(raw).hexdigest()
    files["data/meetings.parquet"] = hub.large[oid] = raw[:-1] + b"?"
    repository.commit(files)
    with pytest.raises(cdd.DataError, match=r"other bytes than were sent.*data/meetings\.parquet"):
        publish(mini_data)
    assert repository.tags == {}


LOAD = """
import json, sys, datasets, china_defence_dialogues as cdd
repo, tag = sys.argv[1:]
told = {}
for name in ("meetings", "participants", "countries"):
    told[name] = datasets.load_dataset(repo, name, split="train", revision=tag).to_list()
    assert list(datasets.load_dataset(repo, name, split="train", revision=tag, streaming=True)) == told[name]
pinned = cdd.load("meetings", version=f"hub:{repo}@{tag}", scope="all", engine="arrow").to_pylist()
assert pinned == told["meetings"]
for wrong in (f"hub:{repo}@v9.9.9", "hub:org/nowhere@v1.0.0"):
    try:
        cdd.load("meetings", version=wrong)
    except cdd.DataError as error:
        assert "cannot get" in str(error), error
    else:
        raise AssertionError(wrong)
print(json.dumps(told, default=str))
"""


def test_published_data_load_back_through_the_hub(hub: Hub, mini_data: Path, tmp_path: Path) -> None:
    publish(mini_data)
    environment = os.environ | {"HF_HOME": str(tmp_path / "hf"), "PYTHONPATH": str(ROOT), "HF_HUB_DISABLE_XET": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}  # fmt: skip
    run = subprocess.run([sys.executable, "-c", LOAD, REPO, TAG], check=False, capture_output=True, text=True, env=environment)  # fmt: skip
    assert run.returncode == 0, run.stderr[-3000:]
    told = json.loads(run.stdout)
    for name, rows in told.items():
        assert rows == json.loads(json.dumps(arrow_table(name, mini_data).to_pylist(), default=str)), name
