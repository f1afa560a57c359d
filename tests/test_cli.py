"""The `cdd` command: output, exit status, nothing half-written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from conftest import MINI

from china_defence_dialogues.cli.main import cli
from china_defence_dialogues.models import RECORD_KINDS
from china_defence_dialogues.records import yaml_reader

NEW = MINI["meeting"][2] | {
    "id": "20240520-rus-minister-talks",
    "partners": ["RUS"],
    "date": "2024-05-20",
    "mode": "video",
    "participants": [],
    "outcomes": [],
    "sources": [{"article": "20240521-new-page", "account_of": "third", "supports": {"status": None, "date": None}}],
}
NEW_ARTICLE = MINI["article"][4] | {
    "id": "20240521-new-page",
    "url": "https://example.org/new",
    "published": "2024-05-21",
}


def run(*arguments: object, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=text)


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_validate_clean_and_not(mini_seeds: Path) -> None:
    clean = run("validate", mini_seeds)
    assert clean.exit_code == 0, clean.output
    path = mini_seeds / "meetings/2024/20240401-usa-dong-austin-call.yaml"
    path.write_text(path.read_text().replace("mode: phone", "mode: fax"))
    bad = run("validate", mini_seeds)
    assert bad.exit_code == 1
    line = path.read_text().splitlines().index("mode: fax") + 1
    assert f"{path}:{line}:1: M003 mode:" in bad.output
    listed = json.loads(run("validate", mini_seeds, "--json").stdout)
    assert {finding["code"] for finding in listed} >= {"M003"}


def test_validate_without_seeds_is_a_clear_error(tmp_path: Path) -> None:
    result = run("validate", tmp_path)
    assert result.exit_code == 1
    assert "no seeds folder here" in result.output


def test_fmt_mends_form_and_check_only_tells(mini_seeds: Path) -> None:
    path = mini_seeds / "meetings/2024/20240401-usa-dong-austin-call.yaml"
    canonical = path.read_bytes()
    path.write_text(path.read_text().replace("partners: [USA]", "partners:\n- 'USA'"))
    assert run("fmt", mini_seeds, "--check").exit_code == 1
    assert path.read_bytes() != canonical
    assert run("fmt", mini_seeds).exit_code == 0
    assert path.read_bytes() == canonical
    assert run("fmt", mini_seeds, "--check").exit_code == 0


def test_fmt_leaves_a_broken_file_alone(mini_seeds: Path) -> None:
    path = mini_seeds / "meetings/2024/20240401-usa-dong-austin-call.yaml"
    path.write_text("id: [\n")
    result = run("fmt", mini_seeds)
    assert result.exit_code == 1
    assert "Y001" in result.output
    assert path.read_text() == "id: [\n"


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_templates_explain_every_field_and_read_as_yaml(kind: str) -> None:
    result = run("new", kind, "some-new-record")
    assert result.exit_code == 0
    value = yaml_reader.read(result.output)
    assert value["id"] == "some-new-record"
    for name, info in RECORD_KINDS[kind].model_fields.items():
        assert name in result.output
        assert (info.description or "") in result.output


@pytest.mark.parametrize("form", ["one", "list", "bundle"])
def test_new_from_json_adds_records_with_their_articles(form: str, mini_seeds: Path) -> None:
    inline = NEW | {"articles": [NEW_ARTICLE]}
    value: Any = {"one": inline, "list": [inline], "bundle": {"meetings": [NEW], "articles": [NEW_ARTICLE]}}[form]
    before = files(mini_seeds)
    result = run("new", "meeting", "--from-json", "-", "--seeds", mini_seeds, text=json.dumps(value))
    assert result.exit_code == 0, result.output
    added = files(mini_seeds).keys() - before.keys()
    assert added == {"meetings/2024/20240520-rus-minister-talks.yaml", "articles/2024/20240521-new-page.yaml"}
    assert run("validate", mini_seeds).exit_code == 0


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (NEW, "R001"),
        (NEW | {"articles": [NEW_ARTICLE], "mode": "fax"}, "M003"),
        ([NEW | {"articles": [NEW_ARTICLE]}, MINI["meeting"][0] | {"date": "2022-06-11"}], "exists already"),
        (MINI["meeting"][0] | {"id": "20220611-copy"}, "C001"),
        (MINI["meeting"][0] | {"id": "20220609-aaa"}, "C001"),
        (NEW | {"articles": [NEW_ARTICLE | {"url": MINI["article"][5]["url"]}]}, "C006"),
        (NEW | {"articles": [NEW_ARTICLE], "round": 10**30}, "M003"),
        ({"meetings": 3}, "must be a list"),
        ("text", "expected a meeting"),
    ],
)
def test_bad_json_records_are_refused_and_nothing_is_written(value: Any, words: str, mini_seeds: Path) -> None:
    before = files(mini_seeds)
    result = run("new", "meeting", "--from-json", "-", "--seeds", mini_seeds, text=json.dumps(value))
    assert result.exit_code in (1, 2)
    assert words in result.output
    assert files(mini_seeds) == before


def test_a_broken_file_is_not_overwritten(mini_seeds: Path) -> None:
    path = mini_seeds / "meetings/2024/20240520-rus-minister-talks.yaml"
    path.write_text("id: [\n")
    result = run(
        "new", "meeting", "--from-json", "-", "--seeds", mini_seeds, text=json.dumps(NEW | {"articles": [NEW_ARTICLE]})
    )
    assert result.exit_code == 1
    assert "cannot be read stands here" in result.output
    assert path.read_text() == "id: [\n"


def test_records_that_cannot_all_be_written_leave_none(mini_seeds: Path) -> None:
    (mini_seeds / "meetings/2025").write_text("a file where the folder should be")
    before = files(mini_seeds)
    value = NEW | {
        "id": "20250520-rus-minister-talks",
        "date": "2025-05-20",
        "articles": [NEW_ARTICLE | {"published": "2025-05-21"}],
    }
    assert run("new", "meeting", "--from-json", "-", "--seeds", mini_seeds, text=json.dumps(value)).exit_code == 1
    assert files(mini_seeds) == before


def test_nested_json_is_refused(mini_seeds: Path) -> None:
    assert run("new", "meeting", "--from-json", "-", "--seeds", mini_seeds, text="[" * 200_000).exit_code == 2


def test_not_json(mini_seeds: Path) -> None:
    result = run("new", "meeting", "--from-json", "-", "--seeds", mini_seeds, text="{")
    assert result.exit_code == 2
    assert "not JSON" in result.output


def test_build_prints_summary_and_first_table(mini_seeds: Path, tmp_path: Path) -> None:
    result = run("build", "--seeds", mini_seeds, "--to", tmp_path / "data")
    assert result.exit_code == 0, result.output
    assert "meetings                 6 rows" in result.output
    assert "20240402-rus-staff-talks-moscow" in result.output


@pytest.mark.usefixtures("use_mini")
def test_show_gives_json_when_piped() -> None:
    result = run("show", "meetings", "-w", "partner=USA", "-w", "status=held,declined", "-w", "level=2")
    assert [row["meeting_id"] for row in json.loads(result.stdout)] == [
        "20220610-usa-austin-wei-singapore",
        "20240401-usa-dong-austin-call",
    ]
    record = run("show", "chn-dong-jun")
    assert yaml_reader.read(record.stdout)["family_name"] == "Dong"


@pytest.mark.usefixtures("use_mini")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "meetigns"), "meetings"),
        (("show", "meetings", "-w", "status=hold"), "nearest: held"),
        (("show", "meetings", "-w", "colour=red"), "takes no filter"),
        (("show", "meetings", "-w", "status"), "FILTER=VALUE"),
        (("show", "meetings", "-w", "engine=arrow"), "FILTER=VALUE"),
        (("show", "meetings", "-w", "level=two"), "whole numbers"),
        (("show", "meetings", "-w", "contested=yes"), "True or False"),
        (("new", "meting"), "nearest: meeting"),
        (("codebook", "statuss"), "status"),
        (("cite", "--style", "mla"), "apa"),
        (("frobnicate",), "No such command"),
    ],
)
def test_misuse_exits_with_2_and_says_what_is_valid(arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert words in result.output


@pytest.mark.usefixtures("use_mini")
def test_cite_codebook_and_export(tmp_path: Path) -> None:
    assert "@misc{" in run("cite", "--style", "bibtex").output
    assert {row["table"] for row in json.loads(run("codebook", "status").stdout)} == {
        "meetings",
        "rounds",
        "status_history",
    }
    assert run("export", "--to", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out" / "data" / "meetings.parquet").exists()
    assert run("export", "--to", tmp_path / "out").exit_code == 1
