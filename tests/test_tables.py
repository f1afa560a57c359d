"""The built tables: derived values worked out by hand, keys, determinism, nothing lost."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import MINI, write_seeds

from china_defence_dialogues.errors import DataError
from china_defence_dialogues.models import LIST_KINDS, RECORD_KINDS, DoubleCoding
from china_defence_dialogues.records import seeds as seeds_module
from china_defence_dialogues.tables import assemble as assembling
from china_defence_dialogues.tables import reference
from china_defence_dialogues.tables.assemble import assemble, content_hash, to_arrow
from china_defence_dialogues.tables.building import build
from china_defence_dialogues.tables.schema import TABLES


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    return pq.read_table(folder / f"{table}.parquet").to_pylist()


@pytest.fixture(scope="module")
def meetings(mini_data: Path) -> dict[str, dict[str, Any]]:
    return {row["meeting_id"]: row for row in rows(mini_data, "meetings")}


@pytest.mark.parametrize(
    ("meeting", "expected"),
    [
        (
            "20220610-usa-austin-wei-singapore",
            {
                "is_contact": True, "domain": "defence", "location": "third", "prc_level": 2, "partner_level": 2, "level": 2, "level_basis": "both",
                "start_date": date(2022, 6, 10), "date_precision": "day", "forum": "shangri_la_dialogue", "n_sources": 2, "n_publishers": 2,
                "has_prc_account": True, "has_partner_account": True, "two_sided": True, "plover": "consult_third_party", "added_in": None,
            },
        ),
        (
            "20230529-usa-austin-li-singapore-declined",
            {
                "is_contact": False, "domain": "defence", "location": "unknown", "prc_level": 8, "partner_level": 8, "level": 8, "level_basis": "unknown",
                "intended_start": date(2023, 6, 2), "intended_end": date(2023, 6, 4), "reasons": ["sanctions_on_official"],
                "reasons_asserted_by": ["anonymous"], "two_sided": False, "plover": "reject_meeting",
            },
        ),
        (
            "20240401-usa-dong-austin-call",
            {
                "location": "remote", "level": 2, "date_precision": "month", "start_date": date(2024, 4, 1), "end_date": date(2024, 4, 30),
                "n_publishers": 1, "has_prc_account": True, "has_partner_account": False, "plover": "consult_phone", "date_basis": "prc",
            },
        ),
        (
            "20240402-rus-staff-talks-moscow",
            {
                "domain": "defence", "location": "in_partner", "prc_level": 8, "partner_level": 4, "level": 4, "level_basis": "mechanism",
                "date_precision": "within", "start_date": date(2024, 3, 28), "end_date": date(2024, 4, 2), "round": 22,
            },
        ),
        ("2022-usa-calls-sought", {"aggregate": True, "n_attempts": "multiple", "plover": "reject_meeting", "date_precision": "month"}),
        ("20240403-usa-leaders-call", {"scope": "context", "domain": "unknown", "has_prc_account": True, "two_sided": True}),
    ],
)  # fmt: skip
def test_derived_columns(meetings: dict[str, dict[str, Any]], meeting: str, expected: dict[str, Any]) -> None:
    row = meetings[meeting]
    assert {name: row[name] for name in expected} == expected


def test_level_follows_the_post_on_the_day(tmp_path: Path, mini: dict[str, Any]) -> None:
    deputy = {"side": "CHN", "role": "principal", "post": "chn-deputy-chief-of-joint-staff"}
    mini["meeting"][2] |= {"date": "2015-06-01", "participants": [deputy]}
    mini["meeting"][3] |= {"participants": [deputy], "mechanism": None}
    mini["meeting"][3].pop("round")
    mini["meeting"][3]["sources"][0]["supports"].pop("round")
    build(write_seeds(tmp_path / "seeds", mini), tmp_path / "data")
    levels = {row["meeting_id"]: (row["prc_level"], row["level_basis"]) for row in rows(tmp_path / "data", "meetings")}
    assert levels["20240401-usa-dong-austin-call"] == (5, "prc_only")
    assert levels["20240402-rus-staff-talks-moscow"] == (4, "prc_only")


def test_what_did_not_happen_has_the_level_at_which_it_was_sought(tmp_path: Path, mini: dict[str, Any]) -> None:
    declined = mini["meeting"][1]
    assert declined["status"] == "declined"

    def built(name: str) -> tuple[int | None, int, str]:
        build(write_seeds(tmp_path / name / "seeds", mini), tmp_path / name / "data")
        found = {row["meeting_id"]: row for row in rows(tmp_path / name / "data", "meetings")}
        assert all(row["intended_level"] is None for row in found.values() if row["is_contact"])
        row = found[declined["id"]]
        return row["intended_level"], row["level"], row["level_basis"]

    assert built("ministers") == (2, 8, "unknown")
    declined["participants"][0] |= {"person": None, "post": "chn-deputy-chief-of-joint-staff"}
    assert built("deputy") == (4, 8, "unknown")
    for one in declined["participants"]:
        one.pop("post", None)
    assert built("nobody") == (8, 8, "unknown")


def test_evidence_keeps_support_and_conflict(mini_data: Path) -> None:
    found = [
        row
        for row in rows(mini_data, "evidence")
        if row["meeting_id"] == "20220610-usa-austin-wei-singapore" and row["field"] == "date"
    ]
    assert [(row["value"], row["conflicts"], row["span_start"]) for row in found] == [
        ("2022-06-10", False, 18),
        ("2022-06-11", True, None),
    ]


def test_rounds_come_from_records_and_from_the_mechanism(mini_data: Path) -> None:
    found = [
        (row["number"], row["disputed_numbers"], row["date_edtf"], row["meeting_id"])
        for row in rows(mini_data, "rounds")
    ]
    assert found == [
        (20, [], "2018-05-30", None),
        (21, [22], "2019", None),
        (22, [23], "2024-03-28/2024-04-02", "20240402-rus-staff-talks-moscow"),
    ]


def test_shared_names_are_flagged(mini_data: Path) -> None:
    short = {
        row["entity_id"]: row["shared"]
        for row in rows(mini_data, "names")
        if row["entity_kind"] == "person" and row["kind"] == "short"
    }
    assert short == {
        "chn-li-shangfu": True,
        "chn-li-zuocheng": True,
        "chn-wei-fenghe": False,
        "chn-dong-jun": False,
        "usa-austin-lloyd": False,
    }


def test_country_codes_follow_the_year(mini_data: Path) -> None:
    found = {row["partner"]: (row["cow"], row["gw"], row["region"]) for row in rows(mini_data, "meeting_partners")}
    assert found == {"USA": (2, 2, "Americas"), "RUS": (365, 365, "Northeast Asia")}


def test_schemas_describe_every_column(mini_data: Path) -> None:
    for name, table in TABLES.items():
        built = pq.read_schema(mini_data / f"{name}.parquet")
        assert built.equals(table.arrow, check_metadata=True), name
        assert table.key, name
        assert table.description, name
        assert b"pandas" not in (built.metadata or {})
        for column in table.columns:
            assert len(column.description) > 3, f"{name}.{column.name}"


def test_rows_are_sorted_by_a_unique_key(mini_data: Path) -> None:
    for name, table in TABLES.items():
        keys = [tuple(row[column] for column in table.key) for row in rows(mini_data, name)]
        assert keys == sorted(keys), name
        assert len(keys) == len(set(keys)), name


def test_two_rows_with_one_key_are_refused() -> None:
    row = {
        "vocabulary": "v",
        "code": "a",
        "seq": 1,
        "label": "A",
        "group": None,
        "definition": "d",
        "example_in": None,
        "example_out": None,
    }
    with pytest.raises(DataError, match="two rows with the key vocabulary='v', code='a'"):
        to_arrow(TABLES["vocabulary"], [row, row])


def test_records_lose_nothing(mini_data: Path, mini_seeds: Path) -> None:
    """records -> tables -> records: the canonical JSON gives back every record."""
    read = seeds_module.read_seeds(mini_seeds)
    back = {(row["kind"], row["id"]): row["record"] for row in rows(mini_data, "records")}
    for kind, record_id, record in read.all_records():
        assert RECORD_KINDS[kind].model_validate_json(back.pop((kind, record_id)), strict=True) == record
    for kind, entries in read.lists.items():
        for number, entry in enumerate(entries, 1):
            assert LIST_KINDS[kind].model_validate_json(back.pop((kind, f"{number:05d}")), strict=True) == entry
    assert not back


def test_same_seeds_give_same_bytes_anywhere_in_any_order(
    tmp_path: Path, mini_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = seeds_module._files

    def shuffled(root: Path) -> Any:
        found = list(files(root))
        random.Random(7).shuffle(found)
        return iter(found)

    monkeypatch.setattr(seeds_module, "_files", shuffled)
    other = tmp_path / "quite" / "another place"
    other.mkdir(parents=True)
    build(write_seeds(other / "seeds", MINI), other / "data")
    for path in sorted(mini_data.iterdir()):
        assert (other / "data" / path.name).read_bytes() == path.read_bytes(), path.name


def test_content_hash_sees_values_not_files(mini_data: Path) -> None:
    table = pq.read_table(mini_data / "meetings.parquet")
    manifest = json.loads((mini_data / "manifest.json").read_text())
    assert content_hash(table) == manifest["tables"]["meetings"]["content_hash"]
    assert content_hash(pa.concat_tables([table.slice(0, 2), table.slice(2)])) == content_hash(table)
    other = table.set_column(
        table.schema.get_field_index("city"), table.schema.field("city"), pa.array(["X"] * table.num_rows)
    )
    assert content_hash(other) != content_hash(table)


def test_reference_that_leads_nowhere_is_refused(mini_seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = seeds_module.read_seeds(mini_seeds)
    monkeypatch.setitem(assembling._BUILDERS, "people", lambda seeds: [])
    with pytest.raises(DataError, match="is not in people"):
        assemble(read)


def test_codes_of_one_cell_agree_in_any_order() -> None:
    coding = DoubleCoding.model_validate({
        "id": "dc-one", "meeting": "20240416-usa-austin-dong-video", "coder": "second", "coder_kind": "person",
        "coded_on": "2026-02-01", "articles": ["20240417-some-page"],
        "first": {"ended_by": "USA|CHN", "reasons": "incident"}, "second": {"ended_by": "CHN|USA", "reasons": "other|incident"},
    })  # fmt: skip
    seeds = seeds_module.Seeds(Path("seeds"))
    seeds.records["double_coding"]["dc-one"] = coding
    found = {row["field"]: row["agrees"] for row in reference.double_codings(seeds)}
    assert found == {"ended_by": True, "reasons": False}
