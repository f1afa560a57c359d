"""Loaders: engines, dtypes, filters, errors, damaged data."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import write_seeds

import china_defence_dialogues as cdd
from china_defence_dialogues.loading import store
from china_defence_dialogues.tables.building import build

pytestmark = pytest.mark.usefixtures("use_mini")

WEI, DECLINED, CALL, TALKS, SOUGHT, LEADERS = (
    "20220610-usa-austin-wei-singapore", "20230529-usa-austin-li-singapore-declined", "20240401-usa-dong-austin-call",
    "20240402-rus-staff-talks-moscow", "2022-usa-calls-sought", "20240403-usa-leaders-call",
)  # fmt: skip


def ids(**filters: Any) -> set[str]:
    return set(cdd.load_meetings(**filters)["meeting_id"])


@pytest.mark.parametrize("table", cdd.TABLE_NAMES)
def test_every_table_loads_in_every_engine(table: str) -> None:
    frame = cdd.load(table)
    arrow = cdd.load(table, engine="arrow")
    assert isinstance(frame, pd.DataFrame)
    assert isinstance(arrow, pa.Table)
    assert list(frame.columns) == arrow.column_names
    polars = cdd.load(table, engine="polars")
    assert isinstance(polars, pl.DataFrame)
    relation = cdd.load(table, engine="duckdb")
    assert relation.columns == arrow.column_names
    assert len(frame) == arrow.num_rows == polars.height == relation.count("*").fetchall()[0][0]
    assert polars.to_dicts() == arrow.to_pylist()


def test_duckdb_relations_outlive_the_call_and_join() -> None:
    meetings = cdd.load_meetings(engine="duckdb").set_alias("m")
    topics = cdd.load_topics(engine="duckdb").set_alias("t")
    joined = meetings.join(topics, "m.meeting_id = t.meeting_id").project("t.topic")
    assert sorted(joined.fetchall()) == [("taiwan",), ("taiwan",), ("ukraine_russia",)]


def test_tables_are_those_named_in_the_package() -> None:
    assert cdd.list_tables() == list(cdd.TABLE_NAMES)


def test_pandas_dtypes_are_fixed() -> None:
    kinds = {
        "meeting_id": "string",
        "is_contact": "bool",
        "level": "int64",
        "round": "Int64",
        "start_date": "datetime64[us]",
        "partners": "object",
        "status": "category",
    }
    for rows in (cdd.load_meetings(), cdd.load_meetings(since=2099)):
        assert {name: str(rows[name].dtype) for name in kinds} == kinds
    frame = cdd.load_meetings()
    assert isinstance(frame["partners"].iloc[0], list)
    assert list(frame["status"].cat.categories)[:3] == ["proposed", "planned", "held"]
    assert str(cdd.load_places()["lat"].dtype) == "float64"


def test_attrs_say_version_licence_and_citation() -> None:
    attrs = cdd.load_topics().attrs
    assert attrs["table"] == "topics"
    assert attrs["data_version"] == cdd.data_version() == cdd.__version__
    assert attrs["licence"] == "CC-BY-4.0"
    assert cdd.__version__ in attrs["citation"]


def test_frames_are_fresh_copies() -> None:
    first = cdd.load_meetings()
    first.loc[:, "city"] = "Nowhere"
    first.loc[first.index[0], "level"] = 99
    first["partners"].iloc[0].append("XXX")
    first.attrs["licence"] = "mine"
    second = cdd.load_meetings()
    assert "Nowhere" not in set(second["city"].dropna())
    assert second["level"].max() < 99
    assert "XXX" not in second["partners"].iloc[0]
    assert second.attrs["licence"] == "CC-BY-4.0"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {WEI, DECLINED, CALL, TALKS, SOUGHT}),
        ({"scope": "context"}, {LEADERS}),
        ({"scope": "all", "partner": "USA"}, {WEI, DECLINED, CALL, SOUGHT, LEADERS}),
        ({"scope": "all", "since": "2024-04-02"}, {CALL, TALKS, LEADERS}),
        ({"scope": None, "since": "2024-04-02"}, {CALL, TALKS}),
        ({"partner": "russia"}, {TALKS}),
        ({"partner": ["RUS", "USA"], "status": "held"}, {WEI, CALL, TALKS}),
        ({"status": ["declined", "unanswered"]}, {DECLINED, SOUGHT}),
        ({"since": 2024}, {CALL, TALKS}),
        ({"until": "2022-06"}, {WEI}),
        ({"since": "2024-04-02", "until": "2024-04-02"}, {CALL, TALKS}),
        ({"since": "2024-04-02", "date_match": "within"}, set()),
        ({"since": "2024-04", "until": "2024-04", "date_match": "within"}, {CALL}),
        ({"since": pd.Timestamp("2023-05-29"), "until": pd.Timestamp("2023-05-29")}, {DECLINED}),
        ({"level": 2}, {WEI, CALL}),
        ({"level": np.int64(2), "since": np.int64(2024)}, {CALL}),
        ({"level": (4, 8), "is_contact": np.bool_(True)}, {TALKS}),
        ({"mode": "phone"}, {CALL, SOUGHT}),
        ({"mechanism": "rus-staff-consultations"}, {TALKS}),
        ({"person": "chn-wei-fenghe"}, {WEI}),
        ({"topic": "ukraine_russia"}, {WEI}),
        ({"topic": ["taiwan"], "person": "chn-dong-jun"}, set()),
        ({"forum": "shangri_la_dialogue"}, {WEI}),
        ({"reasons": "sanctions_on_official"}, {DECLINED}),
        ({"two_sided": True}, {WEI}),
        ({"country": "SGP"}, {WEI}),
    ],
)
def test_filters_select(filters: dict[str, Any], expected: set[str]) -> None:
    assert ids(**filters) == expected


def test_tables_keyed_by_meeting_follow_their_meeting() -> None:
    assert set(cdd.load_participants(partner="RUS")["meeting_id"]) == {TALKS}
    assert len(cdd.load_participants(person="usa-austin-lloyd")) == 3
    assert set(cdd.load_topics(topic="taiwan")["topic"]) == {"taiwan"}
    assert set(cdd.load_evidence(status="declined")["meeting_id"]) == {DECLINED}
    assert LEADERS in set(cdd.load_evidence(scope="all")["meeting_id"])
    assert LEADERS not in set(cdd.load_evidence()["meeting_id"])
    dates = cdd.load_dates()
    assert dates["meeting_id"].isna().any()
    assert not cdd.load_dates(partner="USA")["meeting_id"].isna().any()


def test_tables_with_dates_of_their_own_filter_by_them() -> None:
    assert set(cdd.load_dates(role="publication", since="2024-04-02", until="2024-04-02")["article_id"]) == {
        "2024-list-holders",
        "20240401-reprint-call",
        "20240402-tass-talks",
    }
    assert len(cdd.load_status_history(until="2023-05-28")) == 1


def test_reference_tables_filter_by_their_own_columns() -> None:
    assert list(cdd.load_tenures(post="chn-minister-of-national-defense", since="2024")["person_id"]) == [
        "chn-dong-jun"
    ]
    assert set(cdd.load_posts(office_class="defence_minister", country="USA")["post_id"]) == {
        "usa-secretary-of-defense"
    }
    assert len(cdd.load_suspensions(partner="USA", until="2022")) == 2
    assert len(cdd.load_suspensions(partner="USA", since="2025")) == 1
    assert set(cdd.load_vocabulary(vocabulary="modes")["code"]) == {
        "in_person",
        "video",
        "phone",
        "correspondence",
        "unknown",
    }


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: cdd.load("meeting"), ValueError, "unknown table 'meeting'; nearest: meetings"),
        (lambda: cdd.load_meetings(status="hold"), ValueError, "unknown status 'hold'; nearest: held"),
        (lambda: cdd.load_meetings(partner="Rusia"), ValueError, "Russia"),
        (lambda: cdd.load_meetings(topic="tawian"), ValueError, "nearest: taiwan"),
        (lambda: cdd.load_meetings(person="chn-wei-feng"), ValueError, "chn-wei-fenghe"),
        (lambda: cdd.load_meetings(mechanism="rus-staff-talks"), ValueError, "rus-staff-consultations"),
        (lambda: cdd.load_meetings(since="April 2024"), ValueError, "not a date of the EDTF subset"),
        (lambda: cdd.load_meetings(since="2024-04", date_match="near"), ValueError, "overlap, within"),
        (lambda: cdd.load_meetings(partner=[]), ValueError, "empty list"),
        (lambda: cdd.load_meetings(level=2.5), ValueError, "whole numbers"),
        (lambda: cdd.load_meetings(level=99), ValueError, "1 to 8"),
        (lambda: cdd.load_meetings(contested="yes"), ValueError, "True or False"),
        (lambda: cdd.load_meetings(since=True), ValueError, "no date"),
        (lambda: cdd.load_meetings(date_match="near"), ValueError, "overlap, within"),
        (lambda: cdd.load_meetings(statsu="held"), TypeError, "takes no filter 'statsu'; did you mean status"),
        (lambda: cdd.load_places(partner="USA"), TypeError, "takes no filter 'partner'"),
        (lambda: cdd.load_meetings(engine="spark"), ValueError, "unknown engine 'spark'"),
        (lambda: cdd.meeting("20220610-usa-austin-wei-singapor"), ValueError, "nearest: 20220610-usa-austin-wei-singapore"),
        (lambda: cdd.who_held("chn-minister-of-defence", "2024"), ValueError, "chn-minister-of-national-defense"),
        (lambda: cdd.codebook("statuss"), ValueError, "status"),
        (lambda: cdd.cite("mla"), ValueError, "apa, bibtex, ris"),
        (lambda: cdd.load_meeting, AttributeError, "load_meeting"),
    ],
)  # fmt: skip
def test_misuse_is_a_clear_error(call: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        call()


def test_whole_records() -> None:
    record = cdd.meeting(WEI)
    assert record.sources[1].says == {"date": "2022-06-11"}
    assert cdd.article("20220610-doc-austin-wei").mentions[0].value == "2022-06-10"
    assert cdd.person("chn-wei-fenghe").tenures[0].end == "2023-03-12"


@pytest.mark.parametrize(
    ("on", "answer", "holders"),
    [
        ("2022-06-10", "one", {"chn-wei-fenghe"}),
        ("2023-03-12", "several", {"chn-wei-fenghe", "chn-li-shangfu"}),
        ("2023-03", "several", {"chn-wei-fenghe", "chn-li-shangfu"}),
        ("2023-11-15", "none", set()),
        ("2024-04-16", "one", {"chn-dong-jun"}),
        ("2024-06-01", "unknown", {"chn-dong-jun"}),
        ("2010", "unknown", set()),
    ],
)
def test_who_held(on: str, answer: str, holders: set[str]) -> None:
    found = cdd.who_held("chn-minister-of-national-defense", on)
    assert found.answer == answer
    assert {holder.person_id for holder in found.holders} == holders
    assert all(holder.article_id == "2024-list-holders" for holder in found.holders)


def test_codebook_counts_what_is_filled() -> None:
    row = cdd.codebook("meetings.round").iloc[0]
    assert (row["n_filled"], row["n_rows"], row["type"], bool(row["nullable"])) == (1, 6, "int64", True)
    assert set(cdd.codebook("status")["table"]) == {"meetings", "rounds", "status_history"}
    assert set(cdd.codebook("topics")["table"]) == {"topics", "occasions"}


@pytest.mark.parametrize(("style", "words"), [("apa", "[Data set]"), ("bibtex", "@misc{"), ("ris", "TY  - DATA")])
def test_citation_names_title_and_version(style: Any, words: str) -> None:
    text = cdd.cite(style)
    assert words in text
    assert "China Defence Dialogues" in text
    assert cdd.__version__ in text


@pytest.fixture
def broken(mini_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(mini_data, folder)
    monkeypatch.setattr(store, "DATA", folder)
    return folder


def test_missing_file_says_how_to_restore(broken: Path) -> None:
    (broken / "meetings.parquet").unlink()
    with pytest.raises(cdd.DataError, match=r"cannot read .*meetings.parquet.*reinstall the package"):
        cdd.load_meetings()


@pytest.mark.parametrize(
    "spoil",
    [lambda raw: raw[:-100], lambda raw: raw[:200] + bytes([raw[200] ^ 255]) + raw[201:]],
    ids=["cut short", "one byte"],
)
def test_altered_file_is_refused(broken: Path, spoil: Any) -> None:
    path = broken / "meetings.parquet"
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(cdd.DataError, match="altered or cut short"):
        cdd.load_meetings()


def test_missing_or_damaged_manifest(broken: Path) -> None:
    (broken / "manifest.json").write_text("{")
    with pytest.raises(cdd.DataError, match=r"manifest.json is damaged"):
        cdd.load_meetings()
    (broken / "manifest.json").unlink()
    with pytest.raises(cdd.DataError, match="no built data"):
        cdd.load_meetings()


@pytest.mark.parametrize("text", ["[]", "{}", '{"tables": {"meetings": 3}}', '{"tables": 7}'])
def test_manifest_of_another_form(broken: Path, text: str) -> None:
    (broken / "manifest.json").write_text(text)
    with pytest.raises(cdd.DataError, match="damaged"):
        cdd.load_meetings()


def test_a_rebuild_is_seen_by_a_running_process(broken: Path, tmp_path: Path, mini: dict[str, Any]) -> None:
    assert len(ids(scope="all")) == 6
    mini["meeting"] = mini["meeting"][:-1]
    build(write_seeds(tmp_path / "seeds", mini), broken)
    assert len(ids(scope="all")) == 5
    assert len(cdd.load_topics()) == 3


def test_threads_have_duckdb_connections_of_their_own() -> None:
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: len(cdd.load_meetings(engine="duckdb").fetchall()), range(12)))
    assert set(counts) == {5}


def test_data_old_stands_in_after_a_killed_build(broken: Path) -> None:
    broken.rename(broken.with_name("data.old"))
    assert ids() == {WEI, DECLINED, CALL, TALKS, SOUGHT}
