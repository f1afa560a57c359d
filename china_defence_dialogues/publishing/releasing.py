"""A release in one go: prepared and checked in a worktree of its own, then taken over as a whole, or not at all.

Version rules: a patch corrects, a minor version adds records or variables, a major one changes what something means
(a variable or code goes, or changes its type). Before 1.0.0 a minor version may do what a major one does after it.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..errors import CDDError, FormatError
from ..loading.store import arrow_table
from ..loading.versions import release_folder, version_key
from ..records.layout import CHANGES, RELEASES
from ..tables.building import build
from ..tables.history import RELEASE_COLUMNS, Row, identified, read_changes, read_releases, record_hash
from .differences import WHOLE, between

Command = tuple[str, ...]
_PYTHON = sys.executable
_CDD: Command = (_PYTHON, "-c", "from china_defence_dialogues.cli.main import cli; cli()")
_EXPORT = "from china_defence_dialogues.publishing.checking import check_fresh_export as check; check()"
VALIDATORS: tuple[Command, ...] = (
    (*_CDD, "fmt", "--check"),
    (*_CDD, "validate"),
    (_PYTHON, "-m", "ruff", "format", "--check", "."),
    (_PYTHON, "-m", "ruff", "check", "."),
    (_PYTHON, "-m", "mypy"),
    (_PYTHON, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
    (_PYTHON, "-c", _EXPORT),
    (_PYTHON, "-m", "pytest"),
)
"""What must hold before a release, each run in the prepared tree."""
_BUMPS = ("patch", "minor", "major")
_UNRELEASED = re.compile(r"^## .*\(unreleased\)$", re.M)
_WORKTREE = "cdd-release-"


@dataclass(frozen=True)
class Prepared:
    """A release that passed every check."""

    version: str
    changes: list[Row]
    tag_text: str
    commit: str | None
    """The commit that holds it; None for a dry run."""


def release(
    root: Path, version: str, *, day: str | None = None, previous: str | None = None, dry_run: bool = False,
    validators: Sequence[Command] = VALIDATORS,
) -> Prepared:  # fmt: skip
    """Release the records of a clean checkout: version, changelog, rebuilt data and pages, one commit, one tag.

    Args:
        root: the checkout.
        version: the new version, as 0.2.0.
        day: day of release (YYYY-MM-DD); None for today.
        previous: where the previous release is, if not under its tag: a folder, a wheel, or hub:ORG/NAME@v0.1.0.
        dry_run: prepare and check everything, keep nothing.
        validators: commands that must succeed in the prepared tree.

    Returns:
        What was (or would be) released.

    Raises:
        CDDError: for a dirty tree, a version that is taken or too low for what changed, a failing validator. The
            checkout is then as it was.
    """
    day = day or date.today().isoformat()
    last = _preflight(root, version, day)
    with _worktree(root) as tree:
        rows = _write_history(tree, version, day, last, _previous(root, last, previous, tree))
        _check_version(version, last, rows)
        notes = _stamp(tree, version, day)
        _rebuild(tree)
        for command in validators:
            _run(tree, command)
        text = tag_text(version, notes, rows)
        if dry_run:
            return Prepared(version, rows, text, None)
        _git(tree, "add", "--all")
        _git(tree, "commit", "--quiet", "--message", f"Release {version}")
        commit = _git(tree, "rev-parse", "HEAD")
    _take_over(root, version, commit, text)
    return Prepared(version, rows, text, commit)


def _preflight(root: Path, version: str, day: str) -> str | None:
    """The last released version, after everything that can be refused without work was."""
    new = version_key(version)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        raise FormatError(f"{day!r} is no day; expected YYYY-MM-DD")
    if _git(root, "status", "--porcelain"):
        raise CDDError("the tree is dirty; commit or stash first, a release holds only what is committed")
    _git(root, "symbolic-ref", "--short", "HEAD")  # a release needs a branch to stand on
    if _git(root, "tag", "--list", f"v{version}"):
        raise CDDError(f"tag v{version} exists; versions are never released twice")
    released = sorted({row["release"] for row in read_changes(root / "seeds")}, key=version_key)
    if released and new <= version_key(released[-1]):
        raise CDDError(f"{version} is not above the last release, {released[-1]}")
    return released[-1] if released else None


@contextlib.contextmanager
def _worktree(root: Path) -> Iterator[Path]:
    """The last commit in a folder of its own, gone afterwards; those of killed releases go first."""
    for line in _git(root, "worktree", "list", "--porcelain").splitlines():
        name = Path(line.removeprefix("worktree ")).name
        if line.startswith("worktree ") and name.startswith(_WORKTREE) and not _is_alive(name.split("-")[2]):
            _git(root, "worktree", "remove", "--force", line.removeprefix("worktree "))
    _git(root, "worktree", "prune")
    tree = Path(tempfile.mkdtemp(prefix=f"{_WORKTREE}{os.getpid()}-"))
    try:
        _git(root, "worktree", "add", "--quiet", "--detach", str(tree), "HEAD")
        yield tree
    finally:
        shutil.rmtree(tree, ignore_errors=True)
        _git(root, "worktree", "prune")


def _is_alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def _previous(root: Path, last: str | None, given: str | None, tree: Path) -> Path | None:
    """Built tables of the last release: as given, or from its tag; None for the first release."""
    if last is None:
        return None
    if given is not None:
        return release_folder(given)
    if not _git(root, "tag", "--list", f"v{last}"):
        raise CDDError(f"there is no tag v{last}; say where that release is with --previous (folder, wheel or hub:…)")
    folder = Path(_git(tree, "rev-parse", "--absolute-git-dir")) / "previous"  # goes with the worktree
    folder.mkdir()
    for name in _git(root, "ls-tree", "--name-only", f"v{last}", "china_defence_dialogues/data/").splitlines():
        raw = subprocess.run(["git", "show", f"v{last}:{name}"], cwd=root, check=True, capture_output=True).stdout
        (folder / Path(name).name).write_bytes(raw)
    return folder


def _write_history(tree: Path, version: str, day: str, last: str | None, previous: Path | None) -> list[Row]:
    """Append what changed to `changes.jsonl` and the new records to `releases.csv`. Returns the changes."""
    with tempfile.TemporaryDirectory() as place:
        now = Path(place) / "data"
        build(tree / "seeds", now)
        rows = [row | {"release": version} for row in between(previous, now)]
        records = list(identified(arrow_table("records", now).to_pylist()))
    first = {
        "release": version,
        "kind": "release",
        "id": version,
        "field": WHOLE,
        "change": "added",
        "old": None,
        "new": day,
    }
    with (tree / "seeds" / CHANGES).open("a", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in [first, *rows])
    known = read_releases(tree / "seeds")
    path = tree / "seeds" / RELEASES
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if not path.exists():
        writer.writerow(RELEASE_COLUMNS)
    for origin, record in sorted(records, key=lambda item: item[0]):
        if origin not in known:
            writer.writerow((*origin, version, record_hash(record)))
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(text.getvalue())
    return rows


def required_bump(rows: list[Row]) -> str:
    """The least step of version that changes ask for: patch, minor or major."""
    for row in rows:
        variable = row["kind"] == "variable"
        if variable and (row["change"] == "removed" or row["field"] in ("type", "vocabulary", "references", "is_key")):
            return "major"
        if row["kind"] == "vocabulary" and row["change"] == "removed" and row["field"].endswith(".code"):
            return "major"
    return "minor" if any(row["field"] == WHOLE for row in rows) else "patch"


def _check_version(version: str, last: str | None, rows: list[Row]) -> None:
    if last is None:
        return
    old, new = version_key(last), version_key(version)
    bump = "major" if new[0] > old[0] else "minor" if new[1] > old[1] else "patch"
    needed = required_bump(rows)
    if old[0] == 0 and needed == "major":
        needed = "minor"
    if _BUMPS.index(bump) < _BUMPS.index(needed):
        raise CDDError(
            f"{version} is a {bump} step from {last}, but the changes ask for a {needed} one (see `cdd diff`)"
        )


def _stamp(tree: Path, version: str, day: str) -> str:
    """Write version and day into about.py and CHANGELOG.md. Returns the changelog's section on this version."""
    path = tree / "china_defence_dialogues" / "about.py"
    text = path.read_text(encoding="utf-8")
    text, one = re.subn(r'^VERSION = "[^"]*"$', f'VERSION = "{version}"', text, flags=re.M)
    text, two = re.subn(r'^RELEASED = "[^"]*"$', f'RELEASED = "{day}"', text, flags=re.M)
    if (one, two) != (1, 1):
        raise CDDError(f"{path.name} must set VERSION and RELEASED once each")
    path.write_text(text, encoding="utf-8", newline="\n")
    path = tree / "CHANGELOG.md"
    text = path.read_text(encoding="utf-8")
    heading = _UNRELEASED.search(text)
    if heading is None:
        raise CDDError("CHANGELOG.md has no section that ends with (unreleased); write what this version brings")
    notes = text[heading.end() :].partition("\n## ")[0].strip()
    if not notes:
        raise CDDError("the unreleased section of CHANGELOG.md is empty; write what this version brings")
    path.write_text(
        f"{text[: heading.start()]}## {version} ({day}){text[heading.end() :]}", encoding="utf-8", newline="\n"
    )
    return notes


def _rebuild(tree: Path) -> None:
    """Data and everything generated, by the tree's own code."""
    _run(tree, (*_CDD, "build"))
    for script in sorted((tree / "scripts").glob("make_*.py")):
        _run(tree, (_PYTHON, f"scripts/{script.name}"))


def tag_text(version: str, notes: str, rows: list[Row]) -> str:
    """Message of the tag: the changelog's words and what changed in numbers."""
    whole = Counter((row["change"], row["kind"]) for row in rows if row["field"] == WHOLE)
    counts = [f"- {n:,} {kind} records {change}" for (change, kind), n in sorted(whole.items())]
    fields = sum(row["field"] != WHOLE for row in rows)
    return (
        "\n".join(
            [f"China Defence Dialogues {version}", "", notes, "", "Data:", *counts, f"- {fields:,} fields changed"]
        )
        + "\n"
    )


def _take_over(root: Path, version: str, commit: str, text: str) -> None:
    """Move the branch to the release and tag it, or undo both."""
    before = _git(root, "rev-parse", "HEAD")
    _git(root, "tag", "--annotate", f"v{version}", "--file", "-", commit, given=text)
    try:
        _git(root, "merge", "--quiet", "--ff-only", commit)
    except CDDError:
        _git(root, "tag", "--delete", f"v{version}")
        if _git(root, "rev-parse", "HEAD") != before:
            _git(root, "reset", "--quiet", "--keep", before)
        raise


def _git(folder: Path, *words: str, given: str | None = None) -> str:
    run = subprocess.run(["git", *words], cwd=folder, check=False, capture_output=True, text=True, input=given)
    if run.returncode:
        raise CDDError(f"git {words[0]}: {run.stderr.strip() or run.stdout.strip()}")
    return run.stdout.strip()


def _run(tree: Path, command: Command) -> None:
    """Run a command in the prepared tree with the tree's own package; a failure stops the release."""
    environment = os.environ | {"PYTHONPATH": str(tree)}
    run = subprocess.run(command, cwd=tree, check=False, capture_output=True, text=True, env=environment)
    if run.returncode:
        shown = " ".join(Path(word).name if word == _PYTHON else word for word in command)
        raise CDDError(f"the release stops, nothing was changed: {shown}\n{(run.stdout + run.stderr).strip()[-4000:]}")
