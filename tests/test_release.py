"""The release script on a small repository of its own: whole releases, dry runs, refusals, kills."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, write_seeds

from china_defence_dialogues.errors import CDDError
from china_defence_dialogues.publishing.releasing import _CDD, release, required_bump

CHECKS = ((*_CDD, "validate"), (*_CDD, "fmt", "--check"))
"""The quick ones; the whole list runs in a real release."""
CALL = "20240401-usa-dong-austin-call"
COPIED = ("china_defence_dialogues", "scripts")


def git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path, mini: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the package, the mini seeds and short documents."""
    for name, value in {"GIT_AUTHOR_NAME": "T", "GIT_AUTHOR_EMAIL": "t@example.org", "GIT_COMMITTER_NAME": "T", "GIT_COMMITTER_EMAIL": "t@example.org"}.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    root = tmp_path / "checkout"
    root.mkdir()
    shutil.copytree(ROOT / COPIED[0], root / COPIED[0], ignore=shutil.ignore_patterns("__pycache__", "data", "data.*"))
    (root / "scripts").mkdir()
    for name in ("make_citation.py", "make_data_changes.py", "make_stubs.py"):
        shutil.copy(ROOT / "scripts" / name, root / "scripts")
    write_seeds(root / "seeds", mini)
    (root / "CHANGELOG.md").write_text("# Changelog\n\n## 0.1.0 (unreleased)\n\n- First records.\n", encoding="utf-8")
    shutil.copy(ROOT / ".gitignore", root)
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "start")
    return root


def commit_edit(root: Path, old: str, new: str) -> None:
    path = root / f"seeds/meetings/2024/{CALL}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    changelog = root / "CHANGELOG.md"
    text = changelog.read_text(encoding="utf-8")
    changelog.write_text(
        text.replace("# Changelog\n", "# Changelog\n\n## next (unreleased)\n\n- Mended.\n"), encoding="utf-8"
    )
    git(root, "commit", "--quiet", "--all", "--message", "edit")


def state(root: Path) -> tuple[str, ...]:
    """Everything a failed release must leave as it was."""
    return git(root, "rev-parse", "main"), git(root, "status", "--porcelain"), git(root, "tag"), git(root, "worktree", "list"), git(root, "branch", "--list")  # fmt: skip


def test_two_releases_build_the_history(checkout: Path) -> None:
    first = release(checkout, "0.1.0", day="2026-12-01", validators=CHECKS)
    assert git(checkout, "rev-parse", "v0.1.0^{commit}") == git(checkout, "rev-parse", "HEAD") == first.commit
    assert git(checkout, "status", "--porcelain") == ""
    assert 'RELEASED = "2026-12-01"' in (checkout / "china_defence_dialogues/about.py").read_text()
    assert "## 0.1.0 (2026-12-01)" in (checkout / "CHANGELOG.md").read_text()
    assert "- First records." in git(checkout, "tag", "--list", "--format", "%(contents)", "v0.1.0")
    manifest = json.loads((checkout / "china_defence_dialogues/data/manifest.json").read_text())
    assert manifest["data_version"] == "0.1.0"
    with (checkout / "seeds/releases.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["version"] for row in rows} == {"0.1.0"}
    assert ("meeting", CALL) in {(row["kind"], row["id"]) for row in rows}
    assert all(len(row["content_hash"]) == 64 for row in rows)

    commit_edit(checkout, "mode: phone", "mode: video")
    second = release(checkout, "0.1.1", day="2027-01-01", validators=CHECKS)
    assert [(row["id"], row["field"], row["old"], row["new"]) for row in second.changes] == [
        (CALL, "mode", "phone", "video")
    ]
    page = (checkout / "DATA_CHANGES.md").read_text(encoding="utf-8")
    assert page.index("## 0.1.1 (2027-01-01)") < page.index("## 0.1.0 (2026-12-01)")
    assert f"| `{CALL}` | `mode` | changed | phone | video |" in page
    code = "import china_defence_dialogues as c; f = c.changes('0.1.0', '0.1.1'); print(f.to_dict('records')[0]['new'], len(f), set(c.load('meetings', scope='all')['added_in']), c.codebook('meetings.status')['since'][0])"  # fmt: skip
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=checkout, env=os.environ | {"PYTHONPATH": str(checkout)})  # fmt: skip
    assert told.stdout.strip() == "video 1 {'0.1.0'} 0.1.0"


def test_dry_run_keeps_nothing(checkout: Path) -> None:
    before = state(checkout)
    prepared = release(checkout, "0.1.0", dry_run=True, validators=CHECKS)
    assert "meeting records added" in prepared.tag_text
    assert prepared.commit is None
    assert state(checkout) == before


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda root: (root / "note.txt").write_text("x"), "the tree is dirty"),
        (lambda root: git(root, "tag", "v0.1.0"), "tag v0.1.0 exists"),
        (lambda root: git(root, "checkout", "--quiet", "--detach"), "symbolic-ref"),
    ],
)
def test_refusals_come_before_any_work(checkout: Path, spoil: Any, words: str) -> None:
    spoil(checkout)
    before = state(checkout)
    with pytest.raises(CDDError, match=words):
        release(checkout, "0.1.0", validators=CHECKS)
    assert state(checkout) == before


@pytest.mark.parametrize("failing", [(sys.executable, "-c", "import sys; sys.exit('the validator says no')")])
def test_failing_validator_stops_the_release(checkout: Path, failing: tuple[str, ...]) -> None:
    before = state(checkout)
    with pytest.raises(CDDError, match=r"the release stops, nothing was changed:(.|\n)*the validator says no"):
        release(checkout, "0.1.0", validators=(*CHECKS, failing))
    assert state(checkout) == before


def test_version_must_fit_the_changes(checkout: Path) -> None:
    release(checkout, "0.1.0", day="2026-12-01", validators=())
    commit_edit(checkout, "mode: phone", "mode: video")
    people = checkout / "seeds/people"
    text = (people / "chn-li-zuocheng.yaml").read_text(encoding="utf-8")
    (people / "chn-li-new.yaml").write_text(text.replace("chn-li-zuocheng", "chn-li-new").replace("Li Zuocheng", "Li New"), encoding="utf-8")  # fmt: skip
    git(checkout, "add", "--all")
    git(checkout, "commit", "--quiet", "--message", "add")
    before = state(checkout)
    with pytest.raises(CDDError, match=r"0\.1\.1 is a patch step from 0\.1\.0, but the changes ask for a minor one"):
        release(checkout, "0.1.1", validators=())
    with pytest.raises(CDDError, match=r"not above the last release"):
        release(checkout, "0.0.9", validators=())
    assert state(checkout) == before


@pytest.mark.parametrize(
    ("row", "bump"),
    [
        ({"kind": "meeting", "field": "mode", "change": "changed"}, "patch"),
        ({"kind": "meeting", "field": "-", "change": "added"}, "minor"),
        ({"kind": "variable", "field": "-", "change": "added"}, "minor"),
        ({"kind": "variable", "field": "description", "change": "changed"}, "patch"),
        ({"kind": "variable", "field": "type", "change": "changed"}, "major"),
        ({"kind": "variable", "field": "-", "change": "removed"}, "major"),
        ({"kind": "vocabulary", "field": "terms[held].code", "change": "removed"}, "major"),
        ({"kind": "vocabulary", "field": "terms[held].definition", "change": "changed"}, "patch"),
    ],
)
def test_version_rules(row: dict[str, str], bump: str) -> None:
    assert required_bump([row]) == bump


def test_changelog_must_say_something(checkout: Path) -> None:
    (checkout / "CHANGELOG.md").write_text("# Changelog\n\n## 0.1.0 (unreleased)\n", encoding="utf-8")
    git(checkout, "commit", "--quiet", "--all", "--message", "empty")
    before = state(checkout)
    with pytest.raises(CDDError, match=r"section of CHANGELOG\.md is empty"):
        release(checkout, "0.1.0", validators=CHECKS)
    assert state(checkout) == before


KILLED = """
import sys, time
from pathlib import Path
from china_defence_dialogues.publishing.releasing import release
release(Path(sys.argv[1]), "0.1.0", validators=((sys.executable, "-c", "open(r'%s', 'w'); import time; time.sleep(60)"),))
"""


def test_killed_release_leaves_the_checkout_as_it_was(checkout: Path, tmp_path: Path) -> None:
    before = state(checkout)
    reached = tmp_path / "reached"
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED % reached, str(checkout)], env=os.environ | {"PYTHONPATH": str(ROOT)}, start_new_session=True
    )  # fmt: skip
    while not reached.exists() and process.poll() is None:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    after = state(checkout)
    assert (after[0], after[1], after[2]) == before[:3]
    release(checkout, "0.1.0", dry_run=True, validators=())
    assert state(checkout) == before, "the next run takes the leftovers away"
