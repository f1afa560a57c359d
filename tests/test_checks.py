"""Every finding code: a record set that earns it, and the clean set that does not."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import write_seeds

from china_defence_dialogues.errors import SeedError
from china_defence_dialogues.records.codes import CODES
from china_defence_dialogues.records.validation import validate_seeds
from china_defence_dialogues.tables.building import build

Records = dict[str, Any]
HELD, DECLINED, CALL, TALKS, SOUGHT, LEADERS = range(6)
TODAY = date(2026, 6, 1)


def change(kind: str, number: int, **fields: Any) -> Callable[[Records], None]:
    def apply(records: Records) -> None:
        records[kind][number].update(fields)

    return apply


def nested(kind: str, number: int, *path: Any, value: Any) -> Callable[[Records], None]:
    def apply(records: Records) -> None:
        target = records[kind][number]
        for part in path[:-1]:
            target = target[part]
        target[path[-1]] = value

    return apply


def twin(**fields: Any) -> Callable[[Records], None]:
    def apply(records: Records) -> None:
        records["meeting"].append(records["meeting"][HELD] | {"id": "20220611-usa-wei-austin"} | fields)

    return apply


CASES: dict[str, Callable[[Records], None]] = {
    "R001": nested("meeting", HELD, "participants", 0, "person", value="chn-wei-feng"),
    "R002": nested("meeting", HELD, "sources", 1, "topics", 0, "topic", value="tawian"),
    "R003": change("person", 0, superseded_by="chn-li-shangfu"),
    "R004": nested("meeting", HELD, "sources", 1, "supports", value={"status": None, "venue": None}),
    "R005": lambda records: records["article"].append(records["article"][5] | {"id": "2024-never-cited", "url": "https://example.org/z"}),
    "F006": change("article", 0, text_sha256="0" * 64),
    "C001": twin(),
    "C002": nested("meeting", HELD, "participants", 0, "person", value="chn-dong-jun"),
    "C003": nested("person", 1, "tenures", 0, "start", value="2023-01-01"),
    "C004": nested("meeting", CALL, "date", value="2024-06-20"),
    "C005": nested("meeting", HELD, "sources", 0, "supports", "status", value=[5000, 5010]),
    "C006": change("article", 1, url="https://www.example.org/a/"),
    "C007": change("meeting", LEADERS, date="2031-01-01"),
    "C008": nested("meeting", DECLINED, "status_history", 1, "status", value="planned"),
    "C009": nested("meeting", HELD, "participants", 0, "role", value="intended"),
    "C010": change("meeting", HELD, ended_by=["USA"]),
    "C011": nested("mechanism", 0, "rounds", 1, value={"number": 22, "date": "2024-03-30", "article": "20240402-tass-talks"}),
    "C012": change("meeting", CALL, place={"country": "RUS", "city": "Moscow"}),
    "C013": change("meeting", HELD, partners=["GBR"]),
    "C014": nested("meeting", TALKS, "sources", 0, "supports", value={"date_within": None}),
    "C015": nested("meeting", CALL, "sources", 0, "account_of", value="GBR"),
    "C016": lambda records: (
        records["post"].append(records["post"][0] | {"id": "chn-president", "title": "President", "ranks": [{"level": 1, "domain": "diplomatic"}]}),
        records["meeting"][CALL].update(participants=[{"side": "CHN", "role": "principal", "post": "chn-president"}]),
    ),
    "C017": nested("article", 0, "mentions", 0, "value", value="2022-06-11"),
    "C018": nested("person", 4, "tenures", 0, "end", value="2020-01-01"),
    "C019": nested("meeting", TALKS, "partners", value=["USA"]),
    "C020": twin(participants=[{"side": "CHN", "role": "delegation"}, {"side": "USA", "role": "principal", "person": "usa-austin-lloyd"}]),
    "C021": change("meeting", HELD, partners=["USA", "USA"]),
    "A001": lambda records: records.update(waiver=[{"code": "C002", "id": "20240401-usa-dong-austin-call", "reason": "test"}]),
}  # fmt: skip


def findings(tmp_path: Path, records: Records) -> list[Any]:
    return validate_seeds(write_seeds(tmp_path / "seeds", records), today=TODAY)[1]


def test_mini_set_is_clean(tmp_path: Path, mini: Records) -> None:
    assert findings(tmp_path, mini) == []


@pytest.mark.parametrize("code", CASES)
def test_code_is_found(code: str, tmp_path: Path, mini: Records) -> None:
    CASES[code](mini)
    found = findings(tmp_path, mini)
    matching = [finding for finding in found if finding.code == code]
    assert matching, found
    assert (tmp_path / "seeds" / matching[0].path).exists()
    assert matching[0].mend


def test_a_post_of_one_holder_stands_for_a_name_in_another_script(tmp_path: Path, mini: Records) -> None:
    unresolved = {"side": "USA", "role": "principal", "post": "usa-secretary-of-defense", "name_as_reported": "奥斯汀"}
    twin(participants=[mini["meeting"][HELD]["participants"][0], unresolved])(mini)
    assert [finding.code for finding in findings(tmp_path, mini)] == ["C001"]
    unresolved["post"] = "usa-president"
    mini["post"].append(mini["post"][0] | {"id": "usa-president", "title": "President", "country": "USA"})
    assert not [finding.code for finding in findings(tmp_path / "other", mini) if finding.code in ("C001", "C020")]


FILE_CASES: dict[str, tuple[str, Callable[[Path], Any]]] = {
    "id is not the file name": ("F001", lambda seeds: (seeds / "people/usa-austin-lloyd.yaml").rename(seeds / "people/usa-lloyd.yaml")),
    "wrong folder": ("F002", lambda seeds: (seeds / "meetings/2024/20240401-usa-dong-austin-call.yaml").rename(seeds / "meetings/20240401-usa-dong-austin-call.yaml")),
    "not canonical": ("F003", lambda seeds: _edit(seeds, "partners: [USA]", 'partners: ["USA"]')),
    "stray file": ("F004", lambda seeds: (seeds / "new.txt").write_text("x")),
    "symbolic link": ("F005", lambda seeds: (seeds / "people/usa-a.yaml").symlink_to(seeds / "people/usa-austin-lloyd.yaml")),
    "path in an id": ("M003", lambda seeds: _edit(seeds, "id: 2024", "id: ../2024")),
    "device name": ("M003", lambda seeds: (seeds / "people/con.yaml").write_text("id: con\nname: A\nfamily_name: A\ncountry: USA\n")),
    "unknown field": ("M001", lambda seeds: _edit(seeds, "mode: phone", "mode: phone\nmood: good")),
    "missing field": ("M002", lambda seeds: _edit(seeds, "mode: phone\n", "")),
    "impossible date": ("M003", lambda seeds: _edit(seeds, "date: 2024-04\n", "date: 2024-04-31\n")),
    "formula": ("M003", lambda seeds: _edit(seeds, "mode: phone", 'mode: phone\nnotes: "=1+1"')),
    "direction override": ("M003", lambda seeds: _edit(seeds, "mode: phone", 'mode: phone\nnotes: "a\\u202eb"')),
    "not NFC": ("M003", lambda seeds: _edit(seeds, "mode: phone", 'mode: phone\nnotes: "Xue\\u0308"')),
    "javascript address": ("M003", lambda seeds: _edit(seeds, "https://example.org/d", "javascript:alert(1)", "articles/2024/20240401-reprint-call.yaml")),
    "invalid UTF-8": ("Y007", lambda seeds: (seeds / "people/usa-austin-lloyd.yaml").write_bytes(b"id: \xff\n")),
    "5 MB": ("Y005", lambda seeds: (seeds / "people/usa-austin-lloyd.yaml").write_bytes(b"a" * 5_000_000)),
    "not fields": ("Y009", lambda seeds: (seeds / "people/usa-austin-lloyd.yaml").write_text("- a\n")),
    "closed list out of step": ("R006", lambda seeds: (seeds / "vocabularies/modes.yaml").unlink()),
}  # fmt: skip


def _edit(seeds: Path, old: str, new: str, file: str = "meetings/2024/20240401-usa-dong-austin-call.yaml") -> None:
    path = seeds / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize(("code", "spoil"), FILE_CASES.values(), ids=FILE_CASES)
def test_bad_file_is_found(code: str, spoil: Callable[[Path], Any], mini_seeds: Path) -> None:
    spoil(mini_seeds)
    found = [finding for finding in validate_seeds(mini_seeds, today=TODAY)[1] if finding.code == code]
    assert found
    line = str(found[0])
    assert line.startswith(f"{found[0].path}:{found[0].line}:{found[0].col}: {code} ")


def test_a_finding_names_line_and_column(mini_seeds: Path) -> None:
    _edit(mini_seeds, "mode: phone", "mode: fax")
    (finding,) = [finding for finding in validate_seeds(mini_seeds, today=TODAY)[1] if finding.code == "M003"]
    text = (mini_seeds / finding.path).read_text().splitlines()
    assert text[finding.line - 1][finding.col - 1 :].startswith("mode: fax")


def test_findings_are_reported_together(mini_seeds: Path) -> None:
    _edit(mini_seeds, "mode: phone", "mode: fax")
    _edit(mini_seeds, "date: 2024-04\n", "date: 2024-13\n")
    (mini_seeds / "people/usa-austin-lloyd.yaml").write_bytes(b"id: \xff\n")
    codes = [finding.code for finding in validate_seeds(mini_seeds, today=TODAY)[1]]
    assert codes.count("M003") == 2
    assert "Y007" in codes


def test_waiver_takes_a_finding_out(tmp_path: Path, mini: Records) -> None:
    CASES["C012"](mini)
    mini["waiver"] = [{"code": "C012", "id": mini["meeting"][CALL]["id"], "reason": "test"}]
    assert findings(tmp_path, mini) == []


MORE: dict[str, tuple[str, Callable[[Records], None]]] = {
    "one page, two blocks": ("C021", lambda records: records["meeting"][CALL]["sources"].append(records["meeting"][CALL]["sources"][0] | {"supports": {"mode": None}})),
    "a place listed twice": ("C021", lambda records: records["place"].append(records["place"][0])),
    "a link to itself": ("C021", change("meeting", LEADERS, links=[{"type": "follows", "meeting": "20240403-usa-leaders-call"}])),
    "ended by a bystander": ("C013", change("meeting", DECLINED, ended_by=["BRA"])),
    "asserted by nobody": ("R002", change("meeting", DECLINED, reasons=[{"reason": "other", "asserted_by": "ZZZ"}])),
    "unnamed holder of a vacant post": ("C002", lambda records: records["meeting"][CALL].update(date="2023-11-15", participants=[{"side": "CHN", "role": "principal", "post": "chn-minister-of-national-defense"}])),
    "date of another day in the span": ("C005", lambda records: records["meeting"][HELD].update(date="2022-06-11")),
    "open bound of a tenure": ("M003", lambda records: None),
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in MORE if name != "open bound of a tenure"])
def test_further_cases(name: str, tmp_path: Path, mini: Records) -> None:
    code, spoil = MORE[name]
    spoil(mini)
    assert code in {finding.code for finding in findings(tmp_path, mini)}


def test_open_bound_of_a_tenure(mini_seeds: Path) -> None:
    _edit(mini_seeds, "start: 2018-03-19", "start: 2018-03-19/..", "people/chn-wei-fenghe.yaml")
    assert "M003" in {finding.code for finding in validate_seeds(mini_seeds, today=TODAY)[1]}


def test_a_broken_file_cannot_be_waived(tmp_path: Path, mini: Records) -> None:
    mini["waiver"] = [{"code": "M003", "id": "20240401-usa-dong-austin-call", "reason": "test"}]
    seeds = write_seeds(tmp_path / "seeds", mini)
    _edit(seeds, "mode: phone", "mode: fax")
    assert {"M003", "A001"} <= {finding.code for finding in validate_seeds(seeds, today=TODAY)[1]}


@pytest.mark.parametrize(
    "make",
    [lambda path: path.mkdir(), lambda path: path.symlink_to("nowhere"), os.mkfifo],
    ids=["folder", "broken link", "fifo"],
)
def test_odd_entries_are_findings(make: Callable[[Path], Any], mini_seeds: Path) -> None:
    make(mini_seeds / "documents" / "x.yaml")
    found = {finding.code for finding in validate_seeds(mini_seeds, today=TODAY)[1]}
    assert found <= {"F004", "F005"}


def test_press_text_left_out_is_a_warning(tmp_path: Path, mini: Records) -> None:
    mini["article"][0]["redistributable"] = False
    seeds = write_seeds(tmp_path / "seeds", mini)
    (seeds / "documents" / "20220610-doc-austin-wei.txt").unlink()
    (finding,) = validate_seeds(seeds, today=TODAY)[1]
    assert (finding.code, finding.severity) == ("F008", "warning")


def test_build_refuses_bad_seeds_and_keeps_the_old_data(tmp_path: Path, mini_seeds: Path) -> None:
    build(mini_seeds, tmp_path / "data")
    before = {path.name: path.read_bytes() for path in (tmp_path / "data").iterdir()}
    _edit(mini_seeds, "mode: phone", "mode: fax")
    with pytest.raises(SeedError, match="M003"):
        build(mini_seeds, tmp_path / "data")
    assert {path.name: path.read_bytes() for path in (tmp_path / "data").iterdir()} == before


@pytest.mark.parametrize(
    "expectation",
    [
        {"table": "meetings", "at_least": 100, "reason": "test"},
        {"table": "meetings", "at_least": 1, "at_most": 2, "reason": "test"},
        {"table": "meetings", "column": "mechanism_id", "at_least": 0.9, "reason": "test"},
        {"table": "meetings", "column": "colour", "at_least": 0.9, "reason": "test"},
    ],
    ids=["rows", "too many rows", "fill rate", "no such column"],
)
def test_unmet_expectation_stops_the_build(expectation: dict[str, Any], tmp_path: Path, mini: Records) -> None:
    mini["expectation"] = [expectation]
    with pytest.raises(SeedError, match="E001"):
        build(write_seeds(tmp_path / "seeds", mini), tmp_path / "data")


def test_every_code_has_examples_and_a_test() -> None:
    tested = {*CASES, *(code for code, _ in FILE_CASES.values()), "E001"}
    text_codes = {"Y001", "Y002", "Y003", "Y004", "Y006", "Y008", "F008"}
    assert set(CODES) == tested | text_codes
    assert all(code.title and code.bad and code.good for code in CODES.values())
