"""Dates: the published table, and properties that hold for every accepted text."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from china_defence_dialogues import edtf
from china_defence_dialogues.errors import FormatError

with (Path(__file__).parent / "edtf_table.csv").open(newline="", encoding="utf-8") as file:
    TABLE = list(csv.DictReader(file))
ACCEPTED = [row for row in TABLE if row["valid"] == "true"]
REFUSED = [row["text"] for row in TABLE if row["valid"] == "false"]

days = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize("row", ACCEPTED, ids=lambda row: row["text"])
def test_table_of_accepted(row: dict[str, str]) -> None:
    parsed = edtf.parse(row["text"])
    shown = {
        "start": parsed.start.isoformat() if parsed.start else "",
        "end": parsed.end.isoformat() if parsed.end else "",
        "precision": parsed.precision,
        "uncertain": str(parsed.uncertain).lower(),
        "approximate": str(parsed.approximate).lower(),
        "open": parsed.open,
        "is_interval": str(parsed.is_interval).lower(),
    }
    assert shown == {name: row[name] for name in shown}


@pytest.mark.parametrize("text", REFUSED, ids=repr)
def test_table_of_refused(text: str) -> None:
    with pytest.raises(FormatError, match=r".{20}"):
        edtf.parse(text)


def test_table_is_large_enough() -> None:
    assert len(ACCEPTED) >= 50
    assert len(REFUSED) >= 40


@given(days, st.sampled_from(["", "?", "~", "%"]))
def test_a_day_is_itself(day: date, qualifier: str) -> None:
    parsed = edtf.parse(day.isoformat() + qualifier)
    assert (parsed.start, parsed.end, parsed.precision) == (day, day, "day")
    assert (parsed.uncertain, parsed.approximate) == (
        qualifier in "?%" and qualifier != "",
        qualifier in "~%" and qualifier != "",
    )


@given(days, days)
def test_intervals_span_their_ends(left: date, right: date) -> None:
    first, last = min(left, right), max(left, right)
    parsed = edtf.parse(f"{first}/{last}")
    assert (parsed.start, parsed.end) == (first, last)
    if left != right:
        with pytest.raises(FormatError, match="ends before it starts"):
            edtf.parse(f"{last}/{first}")


@given(days)
def test_coarser_dates_contain_finer_ones(day: date) -> None:
    for text in (f"{day:%Y-%m}", f"{day:%Y}", f"{day:%Y}-XX", f"{day:%Y-%m}-XX"):
        assert edtf.parse(text).overlaps(day, day)
        assert not edtf.parse(text).overlaps(day + timedelta(days=400), None)


@given(st.text(max_size=30))
def test_any_text_parses_or_is_refused_with_advice(text: str) -> None:
    try:
        parsed = edtf.parse(text)
    except FormatError as error:
        assert len(str(error)) > 20
    else:
        assert parsed.start or parsed.end
