"""The real records and the committed tables: a sentence per rule."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from conftest import ROOT, SEEDS

from china_defence_dialogues import about
from china_defence_dialogues.records.files import canonical_texts
from china_defence_dialogues.records.seeds import Seeds
from china_defence_dialogues.records.validation import errors_of, validate_seeds

DATA = ROOT / "china_defence_dialogues" / "data"
PRESS_TEXTS = {"20240419-the-defence-space-austin-dong-talks", "20230505-straits-times-pentagon-seeks-meeting"}

pytestmark = pytest.mark.skipif(
    not all((SEEDS / "documents" / f"{name}.txt").exists() for name in PRESS_TEXTS),
    reason="the source archive leaves the press texts out; run these tests from a checkout",
)


@pytest.fixture(scope="module")
def checked() -> tuple[Seeds, list[object]]:
    seeds, findings = validate_seeds(SEEDS)
    return seeds, list(findings)


def test_no_record_has_an_error(checked: tuple[Seeds, list[object]]) -> None:
    assert errors_of(checked[1]) == []  # type: ignore[arg-type]


def test_every_file_round_trips_byte_for_byte(checked: tuple[Seeds, list[object]]) -> None:
    texts = canonical_texts(checked[0])
    files = {path.relative_to(SEEDS) for path in SEEDS.rglob("*.yaml")}
    assert set(texts) == files
    for path, text in texts.items():
        assert (SEEDS / path).read_bytes() == text.encode("utf-8"), path


def test_committed_tables_are_those_of_the_records(real_data: Path) -> None:
    manifest = json.loads((real_data / "manifest.json").read_text(encoding="utf-8"))
    committed = json.loads((DATA / "manifest.json").read_text(encoding="utf-8"))
    assert committed["data_version"] == about.VERSION
    for name, entry in manifest["tables"].items():
        assert committed["tables"][name]["content_hash"] == entry["content_hash"], (
            f"{name}: run `cdd build` and commit data/"
        )
    if committed["pyarrow"] == pa.__version__:
        for path in real_data.iterdir():
            assert path.read_bytes() == (DATA / path.name).read_bytes(), path.name


def test_founding_texts_are_unchanged(checked: tuple[Seeds, list[object]]) -> None:
    assert set(checked[0].document_hashes.values()) == {
        "ac12ea248b3c3b25e45ca02f20e5069a4d5de80e1d68b8cd6f5002c0ce23cbf3",
        "1683f95f40d8053266e3cfb410ebd9f939cf49b665d5d6e3fc7aef84b93fa1d6",
        "3f404bcf78cbc85d7fd6334d15c4dc3e6a4c08429ec5f21c581eec375d30f65b",
        "1224ca06973b72d15a79d3bf802ae805f96de8420affdb940ece8cbc9d25a4f6",
    }


def test_every_founding_document_supports_records_with_spans(checked: tuple[Seeds, list[object]]) -> None:
    seeds = checked[0]
    spanned = {
        source.article
        for meeting in seeds.meetings.values()
        for source in meeting.sources
        if any(span is not None for span in source.supports.values())
    }
    assert spanned >= {article.id for article in seeds.articles.values() if article.document}


def test_press_texts_do_not_travel(checked: tuple[Seeds, list[object]]) -> None:
    kept_back = {
        article.id for article in checked[0].articles.values() if article.document and not article.redistributable
    }
    assert kept_back == PRESS_TEXTS


def test_no_page_was_read_in_the_future(checked: tuple[Seeds, list[object]]) -> None:
    assert all(date.fromisoformat(article.accessed) <= date.today() for article in checked[0].articles.values())


def test_no_record_claims_to_be_coded_by_a_person_who_is_a_team(checked: tuple[Seeds, list[object]]) -> None:
    assert {m.coding.coder_kind for m in checked[0].meetings.values() if m.coding.coder == "CDD team"} <= {
        "language_model"
    }


def test_founding_cases() -> None:
    """What the four texts are known to say, read back from the committed tables."""
    import china_defence_dialogues as cdd

    core = cdd.load_meetings().set_index("meeting_id")
    video = core.loc["20240416-usa-austin-dong-video"]
    assert (video["status"], video["mode"], video["level"], video["two_sided"]) == ("held", "video", 2, True)
    refused = core.loc["20230529-usa-austin-li-singapore"]
    assert (refused["status"], refused["ended_by"], refused["reasons"][0]) == (
        "declined",
        ["CHN"],
        "sanctions_on_official",
    )
    handshake = core.loc["20230602-usa-austin-li-singapore"]
    assert (handshake["status"], handshake["forum"]) == ("encounter", "shangri_la_dialogue")
    assert set(cdd.load_links(status="encounter")["other_id"]) >= {"20230529-usa-austin-li-singapore"}
    goff = cdd.load_meetings(partner="New Zealand", since=2006, until=2006)
    assert len(goff) == 3
    assert set(goff["date_edtf"]) == {"2006-11"}
    spell = cdd.load_suspensions(partner="USA", since="2022-08", until="2022-08")
    assert "usa-2022-pelosi-taiwan-visit" in set(spell["suspension_id"])
    assert cdd.who_held("chn-minister-of-national-defense", "2023-11-20").answer == "none"


@pytest.mark.parametrize(
    ("iso3", "year", "cow", "gw"),
    [
        ("VNM", 2020, 816, 816), ("SRB", 2020, 345, 340), ("DEU", 1989, 260, 260), ("DEU", 2020, 255, 260), ("YEM", 2020, 679, 678),
        ("TON", 2020, 955, 972), ("VUT", 2020, 935, 935), ("MNE", 2020, 341, 341), ("SSD", 2020, 626, 626), ("XKX", 2020, 347, 347),
        ("TWN", 2020, 713, 713), ("CHN", 2020, 710, 710), ("RUS", 2020, 365, 365),
    ],
)  # fmt: skip
def test_country_codes_of_the_hard_cases(iso3: str, year: int, cow: int, gw: int) -> None:
    import china_defence_dialogues as cdd

    rows = cdd.load_countries(iso3=iso3)
    held = rows[(rows["valid_from"] <= year) & (rows["valid_to"].fillna(9999) >= year)]
    assert [(row["cow"], row["gw"]) for _, row in held.iterrows()] == [(cow, gw)]


def test_no_panel_counts_china_or_taiwan() -> None:
    import china_defence_dialogues as cdd

    countries = cdd.load_countries(engine="arrow").to_pylist()
    assert not any(
        row["in_panel"] for row in countries if row["iso3"] in ("CHN", "TWN", "HKG", "MAC") or row["kind"] == "body"
    )
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in countries:
        spans.setdefault(row["iso3"], []).append((row["valid_from"], row["valid_to"] or 9999))
    for iso3, found in spans.items():
        ordered = sorted(found)
        assert all(left[1] < right[0] for left, right in zip(ordered, ordered[1:], strict=False)), iso3


def test_generals_of_one_family_name_are_flagged() -> None:
    import china_defence_dialogues as cdd

    names = cdd.load_names().query("kind == 'short' and surface == 'Li'")
    assert {"chn-li-shangfu", "chn-li-zuocheng"} <= set(names["entity_id"])
    assert names["shared"].all()
