"""The extractor's parts, on sentences of our own whose answers can be worked out by hand."""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from click.testing import CliRunner
from conftest import ROOT

from china_defence_dialogues import edtf
from china_defence_dialogues.errors import CDDError, ExtractionError
from china_defence_dialogues.extraction import dates, fast
from china_defence_dialogues.extraction.batches import REQUIRED, SCHEMA, extract_batch, extract_batches, extract_table
from china_defence_dialogues.extraction.gate import MAX_WORDS, gate
from china_defence_dialogues.extraction.patterns import one_of
from china_defence_dialogues.extraction.pipeline import extract
from china_defence_dialogues.extraction.result import KEYS
from china_defence_dialogues.extraction.review import contact_of, duplicates, on_record, record_id
from china_defence_dialogues.extraction.scoring import dates_meet, f1, overlap_names, score_document
from china_defence_dialogues.extraction.sources import decode, read_documents, read_shards, run
from china_defence_dialogues.extraction.view import html
from china_defence_dialogues.loading import store

FRIDAY = date(2024, 4, 19)


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("on Tuesday", "2024-04-16", "2024-04-23"),
        ("on Friday", "2024-04-19", "2024-04-19"),
        ("in November 2022", "2022-11", "2022-11"),
        ("last June", "2023-06", "2023-06"),
        ("last April", "2023-04", "2023-04"),
        ("this month", "2024-04", "2024-04"),
        ("in December", "2023-12", "2024-12"),
        ("late last month", "2024-03", "2024-03"),
        ("January 26-27", "2024-01-26/2024-01-27", "2025-01-26/2025-01-27"),
        ("May 10th and 11th", "2023-05-10/2023-05-11", "2024-05-10/2024-05-11"),
        ("August 27th through 29th", "2023-08-27/2023-08-29", "2024-08-27/2024-08-29"),
        ("June 13th, last year", "2023-06-13", "2023-06-13"),
        ("13-14 November 2006", "2006-11-13/2006-11-14", "2006-11-13/2006-11-14"),
        ("Sept. 3, 2018", "2018-09-03", "2018-09-03"),
        ("2023-05-05", "2023-05-05", "2023-05-05"),
        ("two weeks ago", "2024-04-02/2024-04-08", "2024-04-02/2024-04-08"),
        ("yesterday", "2024-04-18", "2024-04-18"),
        ("next week", "2024-04-22/2024-04-28", "2024-04-22/2024-04-28"),
        ("in the spring", "2024-03/2024-05", "2024-03/2024-05"),
        ("in 2019", "2019", "2019"),
        ("later this year", "2024-04-19/2024-12-31", "2024-04-19/2024-12-31"),
        ("earlier this month", "2024-04-01/2024-04-19", "2024-04-01/2024-04-19"),
        ("February 31", None, None),
        ("29 February 2023", None, None),
    ],
)
def test_dates_are_anchored_on_the_day_of_publication(text: str, past: str | None, future: str | None) -> None:
    (hit,) = dates.find(text)
    for tense, wanted in (("past", past), ("future", future)):
        value = hit.value(FRIDAY, tense)  # type: ignore[arg-type]
        assert (value.edtf if value else None) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "he may meet",
        "a march past",
        "Resolution 1718",
        "Su-35 aircraft",
        "41-year-old",
        "Jun said",
        "in recent weeks",
        "we can",
    ],
)
def test_ordinary_words_are_no_dates(text: str) -> None:
    assert dates.find(text) == []


def test_without_an_anchor_only_absolute_dates_have_a_value() -> None:
    assert dates.find("on Tuesday")[0].value(None) is None
    assert dates.find("in June")[0].value(None) is None
    value = dates.find("in June 2022")[0].value(None)
    assert value is not None
    assert value.edtf == "2022-06"


def test_joined_alternatives_match_where_the_plain_ones_do() -> None:
    alternatives = (
        r"in|into|inside|visit\w*|visa|the two(?: (?:sides|men))?|the|to|towards?|a|an|; | - |call(?:ed|s)? for"
    )
    plain = re.compile(rf"\b(?:{alternatives})")
    joined = re.compile(r"\b" + one_of(alternatives))
    words = alternatives.replace("(?:", "|").replace(")?", "|").replace("\\w*", "s").replace("?", "").split("|")
    chance = random.Random(7)
    for _ in range(2000):
        text = "".join(chance.choice([*words, " ", "x", ", "]) for _ in range(12))
        assert [match.span() for match in joined.finditer(text)] == [match.span() for match in plain.finditer(text)]


def test_the_window_search_equals_the_grammar_run_over_the_whole_text() -> None:
    rng = random.Random(4)
    words = [
        "May",
        "March",
        "the",
        "2023",
        "in",
        "on",
        "Tuesday",
        "3",
        "12th",
        "and",
        ",",
        "last",
        "June",
        "ago",
        "weeks",
        "two",
        "of",
        "late",
        "next",
        "week",
        "-",
        "x",
    ]
    for _ in range(400):
        text = " ".join(rng.choices(words, k=40))
        found = sorted(
            (m.start(), -m.end(), rank, name)
            for rank, (name, pattern) in enumerate(dates._COMPILED)
            for m in pattern.finditer(text)
        )
        reached, wanted = 0, []
        for left, right, _, name in found:
            if left >= reached:
                wanted.append((left, -right, name))
                reached = -right
        assert [(hit.start, hit.end, hit.rule) for hit in dates.find(text)] == wanted


def rows(text: str, folder: Path, published: str | None = "2024-04-19") -> list[dict[str, Any]]:
    return extract(text, published, folder=folder).to_rows()


def people(row: dict[str, Any]) -> set[str]:
    return {one["person_id"] or one["name"] for one in row["participants"]}


def test_counterparts_are_answered_by_the_tenures_of_the_day(real_data: Path) -> None:
    for day, minister in (
        ("2022-06-12", "chn-wei-fenghe"),
        ("2023-06-05", "chn-li-shangfu"),
        ("2024-04-17", "chn-dong-jun"),
    ):
        (row,) = rows(
            "Defense Secretary Lloyd Austin spoke with his Chinese counterpart by phone on Monday.", real_data, day
        )
        assert people(row) == {"usa-austin-lloyd", minister}
        assert row["mode"] == "phone"
        assert "office_table" in row["resolved_by"].values()


def test_in_a_vacancy_the_counterpart_stays_unnamed(real_data: Path) -> None:
    (row,) = rows(
        "Defense Secretary Lloyd Austin spoke with his Chinese counterpart by phone on Monday.", real_data, "2023-11-20"
    )
    assert [one["person_id"] for one in row["participants"] if one["side"] == "CHN"] == [None]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Chinese Defence Minister Dong Jun met with Lloyd Austin in Singapore on Friday.", "held"),
        ("China's Dong Jun will meet with US Defense Secretary Lloyd Austin in Singapore next week.", "planned"),
        (
            "The Pentagon is seeking a meeting between Defense Secretary Lloyd Austin and China's Dong Jun in June.",
            "proposed",
        ),
        ("China has rebuffed requests for Defense Secretary Lloyd Austin to speak by phone with Dong Jun.", "declined"),
        ("China's Dong Jun shook hands with Defense Secretary Lloyd Austin in Singapore on Friday.", "encounter"),
        ("China cancelled a meeting between Dong Jun and Defense Secretary Lloyd Austin on Friday.", "cancelled"),
        ("China postponed a meeting between Dong Jun and Defense Secretary Lloyd Austin on Friday.", "postponed"),
    ],
)
def test_status(text: str, status: str, real_data: Path) -> None:
    (row,) = rows(text, real_data)
    assert row["status"] == status
    assert people(row) == {"chn-dong-jun", "usa-austin-lloyd"}
    assert row["partners"] == ["USA"]
    assert row["domain"] == "defence"


@pytest.mark.parametrize(
    "text",
    [
        "China's Dong Jun did not meet with Defense Secretary Lloyd Austin.",
        "Will China's Dong Jun meet with Defense Secretary Lloyd Austin?",
        "Any meeting between China's Dong Jun and Lloyd Austin would be awkward.",
        "We call on China to resume talks with the Dalai Lama.",
        "Defense Secretary Lloyd Austin met with the Japanese defence minister in Tokyo to discuss China.",
        "China must meet the challenge, the Pentagon said.",
        "Defense Secretary Lloyd Austin looks forward to continuing the conversation with China's Dong Jun.",
        "Lloyd Austin said little of what follows if there's a conversation with China's Dong Jun.",
        "Officials of the Communist Party of Vietnam met with Jake Sullivan in Hanoi; China was discussed.",
        "",
        "\x00\x00",
    ],
)
def test_no_contact_with_china_is_no_event(text: str, real_data: Path) -> None:
    assert rows(text, real_data) == []


def test_the_day_of_saying_is_not_the_day_of_meeting(real_data: Path) -> None:
    (row,) = rows("As we announced yesterday, Defense Secretary Lloyd Austin met with China's Dong Jun.", real_data)
    assert (row["status"], row["date_edtf"]) == ("held", None)
    (row,) = rows(
        "It remains true today that since Lloyd Austin's call with China's Dong Jun, nothing changed.", real_data
    )
    assert (row["status"], row["date_edtf"]) == ("held", None)


def test_who_publishes_a_text_says_whose_minister_it_means(real_data: Path) -> None:
    told = "Israel, Israel and Israel. The Minister of Defence met with China's Dong Jun on Friday."
    (row,) = rows(told, real_data)
    assert row["partners"] == ["ISR"]
    for address, partner in (
        ("www.defence.govt.nz", "NZL"),
        ("www.defense.gov", "USA"),
        ("www.gov.uk", "GBR"),
        ("www.defence.gov.xx", "ISR"),
        ("eng.mod.gov.cn", "ISR"),
    ):
        (row,) = rows(f"title: A release\nsource_url: https://{address}/news/1\n\n{told}", real_data)
        assert row["partners"] == [partner], address


def test_a_spokesperson_is_no_party_to_the_contacts_told(real_data: Path) -> None:
    told = (
        "MR. DOE: Thank you all.\n\nQ Any news?\n\n"
        "MR. DOE: On Monday we had a meeting with Chinese Defence Minister Dong Jun in Singapore about the United States."
    )
    (row,) = rows(told, real_data)
    assert [person["name"] for person in row["participants"]] == ["Dong Jun"]


def test_a_given_name_with_an_initial_is_no_family_name(real_data: Path) -> None:
    (row,) = rows("President Joseph R. Biden Jr. met with President Xi Jinping of China on Friday.", real_data)
    assert people(row) == {"chn-xi-jinping", "usa-biden-joe"}


def test_refusals_since_a_time_reach_from_it_to_publication(real_data: Path) -> None:
    told = "Relations soured in February 2024. Beijing has rebuffed requests for Lloyd Austin to speak with Dong Jun since {}."
    for words, value in (("then", "2024-02/2024-04-19"), ("March 2024", "2024-03/2024-04-19"), ("long ago", None)):
        (row,) = rows(told.format(words), real_data)
        assert (row["status"], row["date_edtf"]) == ("declined", value), words


def test_other_things_since_a_time_date_no_refusal(real_data: Path) -> None:
    for told in (
        "China cancelled a meeting between Lloyd Austin and Dong Jun, the first such move since 2019.",
        "China refused a meeting between Lloyd Austin and Dong Jun, who has been in office since 2023.",
    ):
        (row,) = rows(told, real_data)
        assert row["date_edtf"] is None, told
    (row,) = rows("Beijing has rebuffed requests for Lloyd Austin to speak with Dong Jun since last week.", real_data)
    assert row["date_edtf"] == "2024-04-08/2024-04-19"
    assert edtf.parse(row["date_edtf"]).start == date(2024, 4, 8)


@pytest.mark.parametrize(
    "told",
    [
        "Judith Collins completed a visit to Japan on April 12.\n\nCollins met China's Dong Jun in Singapore.",
        "Judith Collins has not concluded talks in China by Friday.\n\nCollins met China's Dong Jun.",
        "Judith Collins concluded defence talks in China on Friday.\n\nCollins had met China's Dong Jun before.",
        "Judith Collins concluded defence talks in China on Friday.\n\nCollins spoke by phone with China's Dong Jun.",
        "Judith Collins concluded defence talks in China on Friday.\n\nCollins met China's Dong Jun in Cambodia.",
    ],
)
def test_the_end_of_other_talks_dates_no_contact(told: str, real_data: Path) -> None:
    assert [row["date_edtf"] for row in rows(told, real_data)] == [None]


def test_the_day_on_which_talks_ended_follows_their_end(real_data: Path) -> None:
    told = "Judith Collins, who took office on 27 November 2023, concluded defence talks in China yesterday.\n\nCollins met Dong Jun."
    (row,) = rows(told, real_data)
    assert row["date_edtf"] == "2024-04"


def test_parts_of_talks_that_ended_on_a_day_are_known_to_the_month(real_data: Path) -> None:
    told = "Defence Minister Judith Collins concluded defence talks in China {}.\n\nThe talks included a meeting with Defence Minister Dong Jun."
    (row,) = rows(told.format("yesterday"), real_data)
    assert (row["date_edtf"], row["country"]) == ("2024-04", "CHN")
    (row,) = rows(told.format("on 2 April 2024"), real_data)
    assert row["date_edtf"] is None, "they may have begun in March"


def test_the_kind_of_a_channel_with_a_number_or_as_a_name_is_that_channel(real_data: Path) -> None:
    told = "China and Australia held {} in Beijing on Friday."
    for words, mechanism in (
        ("their third high-level dialogue", "aus-high-level-dialogue"),
        ("the Defence Strategic Dialogue", "aus-defence-strategic-dialogue"),
        ("a high-level dialogue", None),
        ("the Trilateral High-Level Dialogue", None),
        ("the Track 2 High-Level Dialogue", None),
    ):
        (row,) = rows(told.format(words), real_data)
        assert row["mechanism_id"] == mechanism, words


def test_those_who_attend_a_conference_meet_in_its_session(real_data: Path) -> None:
    (row,) = rows(
        "Lloyd Austin and China's Dong Jun attended the Defence Ministers' Meeting in Laos on Friday.", real_data
    )
    assert (row["setting"], row["country"], people(row)) == (
        "multilateral_session",
        "LAO",
        {"usa-austin-lloyd", "chn-dong-jun"},
    )
    (row,) = rows(
        "Ng Eng Hen, Lloyd Austin and China's Dong Jun attended the Defence Ministers' Meeting in Laos on Friday.",
        real_data,
    )
    assert row["partners"] == ["SGP", "USA"]


@pytest.mark.parametrize(
    "told",
    [
        "Lloyd Austin attended the Defence Ministers' Meeting in Laos, and spoke of China.",
        "Lloyd Austin and Dong Jun did not attend the Defence Ministers' Meeting in Laos on Friday.",
        "Lloyd Austin and Dong Jun will attend the Defence Ministers' Meeting in Laos in November.",
        "Unlike Dong Jun, Lloyd Austin attended the Defence Ministers' Meeting in Laos on Friday.",
        "Lloyd Austin criticised Dong Jun before he attended the Defence Ministers' Meeting in Laos on Friday.",
    ],
)
def test_who_does_not_attend_beside_the_other_meets_nobody(told: str, real_data: Path) -> None:
    assert rows(f"{told} China confirmed it.", real_data) == []


def test_a_meeting_beside_a_conference_stays_bilateral(real_data: Path) -> None:
    told = "Lloyd Austin met China's Dong Jun on Thursday and attended the Vientiane Leaders Meeting on Friday."
    assert [row["setting"] for row in rows(told, real_data)] == ["bilateral"]


def test_a_name_ends_where_a_lost_space_ends_it_and_not_before_a_hyphen(real_data: Path) -> None:
    (row,) = rows("Lloyd Austin met with Chinese Defence Minister Dong Junin Singapore on Friday.", real_data)
    assert (row["country"], people(row)) == ("SGP", {"usa-austin-lloyd", "chn-dong-jun"})
    assert rows("Lloyd Austin met with Dong Jun-ming of China Airlines on Friday.", real_data) == []
    (row,) = rows("A Dong Jun-led delegation from China held talks with Lloyd Austin in Beijing on Friday.", real_data)
    assert people(row) == {"usa-austin-lloyd", "chn-dong-jun"}


def test_one_event_told_three_times_is_one(real_data: Path) -> None:
    text = (
        "Defense Secretary Lloyd Austin met with China's Dong Jun in Singapore on Friday.\n\nAustin and Dong met for an hour.\n\n"
        "The meeting between Austin and Dong Jun was the first since 2022."
    )
    (row,) = rows(text, real_data)
    assert (row["date_edtf"], row["city"], row["salience"]) == ("2024-04-19", "Singapore", "main")


def test_channels_are_rows_of_their_own(real_data: Path) -> None:
    found = rows(
        "Beijing suspended military-to-military talks with the United States in August 2022. China resumed military contacts with Washington in November 2023.",
        real_data,
    )
    assert [(row["kind"], row["status"], row["date_edtf"], row["partners"]) for row in found] == [
        ("channel", "suspended", "2022-08", ["USA"]), ("channel", "resumed", "2023-11", ["USA"]),
    ]  # fmt: skip


def test_questions_of_journalists_are_no_source_of_events(real_data: Path) -> None:
    text = "Q    Did Lloyd Austin meet with Dong Jun? He met with Dong Jun in Singapore on Friday.\n\nMR. KIRBY:  I have nothing on China.\n\nQ    Thank you.\n"
    assert rows(text, real_data) == []


def test_rows_have_exactly_the_agreed_keys(real_data: Path) -> None:
    (row,) = rows("Chinese Defence Minister Dong Jun met with Lloyd Austin in Singapore on Friday.", real_data)
    assert tuple(row) == KEYS
    assert row["start_date"] == row["end_date"] == date(2024, 4, 19)


def test_the_texts_own_date_serves_where_none_is_given(real_data: Path) -> None:
    body = "Chinese Defence Minister Dong Jun met with Lloyd Austin in Singapore on Tuesday."
    for text, anchor in (
        (f"---\ndate: '2024-04-19'\ntitle: x\n---\n{body}", "header"),
        (f" date 2024-04-19 SINGAPORE – {body}", "header"),
        (f"By A Writer\n\nApril 19, 2024\n\n{body}", "line"),
        (f"Some Name\n19/04/2024\n\n{body}", "line"),
    ):
        found = extract(text, folder=real_data)
        assert (found.published, found.anchor) == ("2024-04-19", anchor)
        assert found.to_rows()[0]["date_edtf"] == "2024-04-16"
    found = extract(body, folder=real_data)
    assert found.to_rows()[0]["date_edtf"] is None
    assert found.warnings


def batch(texts: list[str | None], kind: pa.DataType | None = None) -> pa.RecordBatch:
    kind = kind or pa.string()
    return pa.record_batch({
        "article_id": pa.array([f"a{index}" for index in range(len(texts))]),
        "text": pa.array(texts).cast(kind),
        "published": pa.array([FRIDAY] * len(texts), pa.date32()),
    })  # fmt: skip


TEXTS: list[str | None] = [
    "Chinese Defence Minister Dong Jun met with Lloyd Austin in Singapore on Friday.",
    None,
    "Nothing here.",
    "ends with Chi",
    "na met with begins the next document",
    "China’s Dong Jun spoke with Defense Secretary Lloyd Austin by phone on Monday — at last.",
    "",
]


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())]
)
def test_batches_of_every_string_type_give_the_same_rows(kind: pa.DataType, real_data: Path) -> None:
    found = extract_batch(batch(TEXTS, kind), folder=real_data)
    assert found.schema == SCHEMA
    assert found.column("article_id").to_pylist() == ["a0", "a5"]
    assert extract_batch(batch(TEXTS, kind).slice(5, 1), folder=real_data).column("article_id").to_pylist() == ["a5"]
    for row in found.to_pylist():
        text = TEXTS[int(row["article_id"][1:])] or ""
        assert all(0 <= span["start"] < span["end"] <= len(text) for span in row["spans"])


def test_batches_say_what_is_wrong_with_them(real_data: Path) -> None:
    with pytest.raises(ExtractionError, match="lacks published"):
        extract_batch(batch(TEXTS).drop_columns(["published"]), folder=real_data)
    wrong = pa.record_batch({"article_id": ["a"], "text": ["China met with Japan."], "published": ["31 April"]})
    with pytest.raises(ExtractionError, match="'a'"):
        extract_batch(wrong, folder=real_data)
    errors: list[str] = []
    assert extract_batch(wrong, folder=real_data, on_error=lambda article, _: errors.append(article)).num_rows == 0
    assert errors == ["a"]
    with pytest.raises(ExtractionError, match="string"):
        extract_batch(pa.record_batch({"article_id": ["a"], "text": [[1]], "published": [None]}), folder=real_data)


def test_the_gate_loses_no_document_that_the_mask_keeps(real_data: Path) -> None:
    guard = gate(real_data)
    assert len(guard.china) <= MAX_WORDS
    texts = [text or "" for text in TEXTS]
    assert guard.mask(pa.array(texts)).tolist() == [guard.passes(text) for text in texts]
    assert guard.mask(pa.array([], pa.string())).tolist() == []
    assert isinstance(guard.mask(pa.chunked_array([texts, texts])), np.ndarray)


@pytest.mark.slow
def test_processes_give_what_one_process_gives(real_data: Path) -> None:
    batches = [batch(TEXTS).slice(0, 3), batch(TEXTS).slice(3)]
    alone = pa.Table.from_batches(extract_batches(batches, folder=real_data))
    assert alone.equals(pa.Table.from_batches(extract_batches(batches, folder=real_data, processes=2)))


def test_datasets_map_gives_the_same_rows(real_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datasets import Dataset
    from datasets.table import InMemoryTable

    monkeypatch.setattr(store, "DATA", real_data)
    table = pa.Table.from_batches([batch(TEXTS)])
    mapped = (
        Dataset(InMemoryTable(table))
        .with_format("arrow")
        .map(extract_table, batched=True, batch_size=3, remove_columns=list(REQUIRED), load_from_cache_file=False)
    )
    assert (
        mapped["article_id"][:].to_pylist() == ["a0", "a5"]
        if hasattr(mapped["article_id"][:], "to_pylist")
        else list(mapped["article_id"]) == ["a0", "a5"]
    )


def test_a_second_run_continues_the_first(tmp_path: Path, real_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "DATA", real_data)
    source = tmp_path / "in.jsonl"
    lines = [
        json.dumps({"id": f"a{index}", "text": text, "published": "2024-04-19"})
        for index, text in enumerate(TEXTS)
        if text
    ]
    source.write_text("\n".join([*lines[:2], "{broken", *lines[2:]]), encoding="utf-8")
    errors: list[str] = []

    def documents() -> Any:
        return read_documents([source], on_error=lambda article, _: errors.append(article), size=2)

    total = run(documents(), tmp_path / "out")
    shards = sorted((tmp_path / "out").iterdir())
    assert total == 2
    assert errors == ["in.jsonl:3"]
    stamps = [path.stat().st_mtime_ns for path in shards[1:]]
    shards[0].unlink()
    assert run(documents(), tmp_path / "out") == 2
    assert [path.stat().st_mtime_ns for path in shards[1:]] == stamps
    assert read_shards(tmp_path / "out").column("article_id").to_pylist() == ["a0", "a5"]


def test_the_command_extracts_and_review_shows_duplicates(
    tmp_path: Path, real_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from china_defence_dialogues.cli.main import cli

    monkeypatch.setattr(store, "DATA", real_data)
    source = tmp_path / "one.txt"
    source.write_text(
        "Defense Secretary Lloyd Austin spoke with China's Dong Jun by video link on Tuesday. <script>",
        encoding="utf-8",
    )
    result = CliRunner().invoke(
        cli, ["extract", str(source), "--published", "2024-04-17", "--html", str(tmp_path / "page.html")]
    )
    assert result.exit_code == 0, result.output
    row = json.loads(result.stdout.splitlines()[0])
    assert row["date_edtf"] == "2024-04-16"
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "<mark" in page
    found = extract(source.read_text(encoding="utf-8"), "2024-04-17", folder=real_data).to_rows()
    assert duplicates(found, folder=real_data) == [["20240416-usa-austin-dong-video"]]
    assert record_id(found[0]) == "20240416-usa-dong-austin-video"
    missing = CliRunner().invoke(cli, ["extract", str(tmp_path / "none.txt")])
    assert missing.exit_code == 1
    assert "does not exist" in missing.output


def test_an_office_with_one_holder_stands_for_its_holder_on_both_sides_of_a_comparison(real_data: Path) -> None:
    told = "Defense Secretary Lloyd Austin spoke with China's Dong Jun by video link on Tuesday."
    candidate = contact_of(extract(told, "2024-04-17", folder=real_data).to_rows()[0], "candidate", real_data)
    (known,) = (one for one in on_record(real_data) if one.id == "20240416-usa-austin-dong-video")
    for contact in (candidate, known):
        assert contact.foreign == {"usa-austin-lloyd", "usa-secretary-of-defense"}
        assert contact.prc == {"chn-dong-jun", "chn-minister-of-national-defense"}


def test_a_candidate_becomes_a_record_of_the_same_model(real_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "DATA", real_data)
    told = "Defense Secretary Lloyd Austin spoke with China's Dong Jun by video link on Tuesday."
    found = extract(told, "2024-04-17", folder=real_data)
    record = found.meetings[0].record(article="20240417-some-page", coder="AB", coder_kind="person", account_of="USA")
    assert (record.id, record.coding.method, record.date) == (
        "20240416-usa-dong-austin-video",
        "extracted",
        "2024-04-16",
    )
    assert [one.post for one in record.participants] == ["chn-minister-of-national-defense", "usa-secretary-of-defense"]
    start, end = record.sources[0].supports["participants.0"] or (0, 0)
    assert told[start:end] == "China's Dong Jun"
    channel = extract(
        "China suspended military talks with the United States in August 2022.", "2022-08-06", folder=real_data
    )
    with pytest.raises(ExtractionError, match="no meeting"):
        channel.suspensions[0].record(article="20220806-some-page", coder="AB", coder_kind="person")


def test_a_bare_family_name_after_in_is_a_place(real_data: Path) -> None:
    told = "President Biden met with China's President Xi in Bali, Indonesia, in November 2022."
    (meeting,) = extract(told, "2023-01-01", folder=real_data).meetings
    assert (meeting.row["city"], meeting.row["country"]) == ("Bali", "IDN")


def test_officials_of_two_capitals_hold_talks_of_their_own(real_data: Path) -> None:
    told = (
        "China's Dong Jun spoke with Defense Secretary Lloyd Austin by video on Tuesday. "
        "It follows talks between military officials from Washington and Beijing this month on safety at sea."
    )
    call, talks = extract(told, "2024-04-19", folder=real_data).meetings
    assert (call.row["date_edtf"], talks.row["date_edtf"]) == ("2024-04-16", "2024-04")
    assert [(one["side"], one["office"]) for one in talks.row["participants"]] == [
        ("CHN", "military officials"),
        ("USA", "military officials"),
    ]


def test_discussions_at_two_academies_are_two(real_data: Path) -> None:
    told = (
        "Defence Minister Phil Goff visited Beijing on 14 November 2006. "
        "He had discussions at the Academy of Military Science. He had a lively discussion at the National Defence University."
    )
    found = extract(told, "2006-11-15", folder=real_data).meetings
    assert [one.row["participants"][0]["office"] for one in found] == [
        "Academy of Military Science",
        "National Defence University",
    ]


def test_bytes_of_any_encoding_are_read() -> None:
    assert decode("café".encode()) == "café"
    assert decode("café".encode("cp1252")) == "café"
    assert isinstance(decode(bytes(range(256))), str)


@pytest.mark.parametrize(
    "text",
    [
        "China met with " * 20_000,
        "China " + "a" * 10_000 + " met with Japan. " + "Dong Jun, " * 5_000,
        "President Xi " + "of the " * 10_000 + "China met",
        "China met on " + "January 1 and " * 5_000,
        "\u202eChina met\u202c with Japan\x00\x01\ufeff" * 500,
        "---\n" + "key: value\n" * 5_000 + "China met with Japan",
        "<b>" * 5_000 + "China met with Japan on 31 February 0000.",
        "Minister " * 10_000 + "China met",
    ],
)
def test_hostile_texts_take_linear_time(text: str, real_data: Path) -> None:
    extract(text, FRIDAY, folder=real_data)
    begun = time.perf_counter()
    extract(text, FRIDAY, folder=real_data)
    once = time.perf_counter() - begun
    begun = time.perf_counter()
    extract(text + "\n\n" + text, FRIDAY, folder=real_data)
    twice = time.perf_counter() - begun
    assert twice < 6 * once + 0.3


FRAGMENTS = [
    "China", "Chinese", "PRC", "Defense Secretary", "Lloyd Austin", "Dong Jun", "his", "counterpart", "met with", "meeting", "between", "and", "in", "Singapore", "on Tuesday",
    "last June", "will", "not", ".", "?", "\n\n", "“", "—", "President", "Xi", "'s", "call", "the two leaders", "they", "May", "2023", "of the", ",", "Q  ", "MR. KIRBY: ", "\x00",
    "U.S.", "D.C.", "<p>", "İ", "ﬁ", "\u2028", "😀", "or", "to speak by phone", "rebuffed", "requests for", "military-to-military", "resumed", "halted", "MMCA", "at the", "with",
]  # fmt: skip


def fuzz(count: int, seed: int, folder: Path) -> None:
    """Never an exception, and spans that always slice the text."""
    rng = random.Random(seed)
    for _ in range(count):
        text = " ".join(rng.choices(FRAGMENTS, k=rng.randint(1, 24)))
        found = extract(text, rng.choice([None, FRIDAY]), folder=folder)
        for row in found.to_rows():
            assert all(0 <= start < end <= len(text) for start, end in row["spans"].values()), text
            assert "CHN" not in row["partners"]
        for one in (*found.dates, *found.mentions):
            assert 0 <= one["span"][0] <= one["span"][1] <= len(text)


def test_fuzz(real_data: Path) -> None:
    fuzz(3_000, 1, real_data)


@pytest.mark.slow
def test_fuzz_at_length(real_data: Path) -> None:
    fuzz(1_000_000, 2, real_data)


def test_not_a_text_and_not_a_day(real_data: Path) -> None:
    with pytest.raises(CDDError, match="must be a string"):
        extract(b"China met", folder=real_data)  # type: ignore[arg-type]
    with pytest.raises(CDDError, match="not a day"):
        extract("China met with Japan", "2024-04", folder=real_data)


def test_the_page_escapes_what_it_shows(real_data: Path) -> None:
    text = "China & <b>Japan</b> met"
    assert "<b>" not in html(extract(text, folder=real_data), text)


def test_scoring_by_hand() -> None:
    gold = {
        "salience": "main", "kind": "meeting", "status": "held", "mode": "phone", "setting": "bilateral", "domain": "defence", "dates": "2024-04-16", "city": None,
        "country": None, "partners": ["USA"], "participants": [{"name": "Lloyd Austin", "side": "USA"}], "topics": ["taiwan"], "forum": None, "mechanism": None, "optional": False,
    }  # fmt: skip
    row = dict.fromkeys(KEYS) | {
        "kind": "meeting", "status": "held", "mode": "video", "setting": "bilateral", "domain": "defence", "start_date": date(2024, 4, 17), "end_date": date(2024, 4, 17),
        "date_edtf": "2024-04-17", "partners": ["USA"], "participants": [{"name": "Austin", "person_id": None, "side": "USA", "office": None}], "topics": ["taiwan", "cyber"], "salience": "main",
    }  # fmt: skip
    scored = score_document("d", [gold, gold | {"optional": True}], [row])
    assert scored.counts["main"] == [1, 0, 0]
    assert scored.counts["topics (main)"] == [1, 1, 0]
    assert (scored.fields["date"], scored.fields["mode"]) == ([1, 1], [0, 1])
    assert score_document("d", [gold], [row | {"status": "planned"}]).counts["all"] == [0, 1, 1]
    assert f1([3, 1, 1]) == 0.75
    assert overlap_names({("USA", "joe biden")}, {("USA", "joseph r. biden")}) == 1
    assert overlap_names({("CHN", "li qiang")}, {("CHN", "li keqiang")}) == 0
    assert not dates_meet((date(2024, 1, 1), date(2024, 1, 1)), (date(2024, 1, 3), date(2024, 1, 3)))


def test_the_date_grammar_means_the_same_in_re2(real_data: Path) -> None:
    re2 = pytest.importorskip("re2")
    sample = " ".join(str(text) for text in DATE_SAMPLES)
    for name, pattern in dates.RULES.items():
        ours = [match.span() for match in dict(dates._COMPILED)[name].finditer(sample)]
        assert [match.span() for match in re2.compile(pattern).finditer(sample)] == ours, name


@pytest.fixture
def fast_dates(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hyperscan looks for dates, as the extra `fast` has it in batches."""
    pytest.importorskip("hyperscan")
    monkeypatch.setattr(dates, "scanner", None)
    fast.switch_on.cache_clear()
    assert fast.switch_on()
    yield
    fast.switch_on.cache_clear()


@pytest.mark.usefixtures("fast_dates")
def test_hyperscan_finds_the_dates_that_re_finds() -> None:
    scanner, letters = dates.scanner, random.Random(3)
    noise = [
        " ",
        " ",
        "-",
        "–",
        "é",
        "ß",
        "x",
        "\n",
        "1",
        "20",
        "in",
        "May",
        "2019",
        ",",
        "last",
        "week",
        "Monday",
        "May 2,",
        "of",
        "—",
    ]
    made = ["".join(letters.choices(noise, k=60)) for _ in range(2_000)]
    founding = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds" / "documents").glob("*.txt"))]
    for text in [" ".join(DATE_SAMPLES), *DATE_SAMPLES, *founding, *made]:
        dates.scanner = None
        by_re = dates.find(text)
        dates.scanner = scanner
        assert dates.find(text) == by_re, text


@pytest.mark.usefixtures("fast_dates")
def test_batches_are_the_same_without_hyperscan(real_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = extract_batch(batch(TEXTS), folder=real_data)
    assert quick.num_rows > 1
    fast.switch_on.cache_clear()
    monkeypatch.setattr(dates, "scanner", None)
    monkeypatch.setitem(sys.modules, "hyperscan", None)
    assert extract_batch(batch(TEXTS), folder=real_data).equals(quick)
    assert dates.scanner is None


DATE_SAMPLES = [
    "on Tuesday,", "in November 2022.", "last June;", "January 26-27;", "May 10th and 11th;", "August 27th through 29th;", "June 13th, last year;", "13-14 November 2006;", "Sept. 3, 2018;",
    "2023-05-05;", "two weeks ago;", "yesterday;", "later this week;", "in the spring of 2024;", "in 2019;", "mid-June;", "early March 2021;", "Monday November 15;", "this coming week.",
]  # fmt: skip
