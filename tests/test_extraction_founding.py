"""The four founding documents: extraction equals the record on the fields whose evidence is a span there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from china_defence_dialogues import edtf
from china_defence_dialogues.extraction.pipeline import extract
from china_defence_dialogues.extraction.scoring import date_right

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = {path.stem: path.read_bytes().decode() for path in sorted((ROOT / "seeds" / "documents").glob("*.txt"))}


def _records(document: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    found = []
    for path in sorted((ROOT / "seeds" / "meetings").rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        if document in text:
            record = yaml.load(text, Loader=yaml.BaseLoader)
            for source in record["sources"]:
                spans = {field: span for field, span in source["supports"].items() if isinstance(span, list)}
                if source["article"] == document and spans:
                    found.append((record, spans))
    return found


def _around(spans: dict[str, Any]) -> tuple[int, int]:
    positions = [int(edge) for span in spans.values() for edge in span]
    return min(positions) - 40, max(positions) + 40


def _distance(row: dict[str, Any], places: list[int]) -> int:
    """Characters from the event's trigger to the nearest words that the record rests on."""
    return min(abs(int(row["spans"]["trigger"][0]) - place) for place in places)


def _candidate(record: dict[str, Any], rows: list[dict[str, Any]], spans: dict[str, Any]) -> dict[str, Any] | None:
    """The extracted event whose words lie nearest to the record's, with a person in common."""
    people = {
        one.get("person") for index, one in enumerate(record["participants"]) if f"participants.{index}" in spans
    } - {None}
    if not people:
        near = [
            row
            for row in rows
            if set(row["partners"]) == set(record["partners"]) and row["spans"]["trigger"][0] in range(*_around(spans))
        ]
        return near[0] if near else None
    told = [int(span[0]) for field, span in spans.items() if field.startswith(("status", "mode"))]
    places = told or [min(int(span[0]) for span in spans.values())]
    fitting = [
        row
        for row in rows
        if people & {one["person_id"] for one in row["participants"]} and _distance(row, places) < 400
    ]
    return min(
        fitting,
        key=lambda row: (
            -len(people & {one["person_id"] for one in row["participants"]}),
            _distance(row, places),
        ),
        default=None,
    )


def _agrees(field: str, record: dict[str, Any], row: dict[str, Any]) -> bool:
    if field in ("status", "mode", "setting", "mechanism"):
        return bool(record.get(field) == row["mechanism_id" if field == "mechanism" else field])
    if field in ("date", "intended_date"):
        wanted = record[field]
        given = row["date_edtf"]
        if given is None:
            return False
        outer, inner = edtf.parse(given), edtf.parse(wanted)
        return date_right(wanted, row) or (outer.start <= inner.start and inner.end <= outer.end)  # type: ignore[operator]
    if field == "partners":
        return set(record["partners"]) == set(row["partners"])
    if field == "place.city":
        return bool(record["place"]["city"] == row["city"])
    if field == "place.country":
        return bool(record["place"]["country"] == row["country"])
    if field.startswith("participants."):
        one = record["participants"][int(field.split(".")[1])]
        if one.get("person"):
            return one["person"] in {given["person_id"] for given in row["participants"]}
        return any(given["side"] == one["side"] and given["person_id"] is None for given in row["participants"])
    return True


def misses(document: str, folder: Path) -> list[str]:
    """record id: field, for all that differs; fields the extractor does not produce are left aside."""
    text = DOCUMENTS[document]
    article = next((ROOT / "seeds" / "articles").rglob(f"{document}.yaml")).read_text(encoding="utf-8")
    published = yaml.load(article, Loader=yaml.BaseLoader).get("published")
    rows = extract(text, published, document, folder=folder).to_rows()
    found = []
    for record, spans in _records(document):
        row = _candidate(record, rows, spans)
        rows = [one for one in rows if one is not row]
        if row is None:
            found.append(f"{record['id']}: not found")
            continue
        found += [f"{record['id']}: {field}" for field in sorted(spans) if not _agrees(field, record, row)]
    return found


@pytest.mark.parametrize("document", DOCUMENTS)
def test_extraction_equals_the_record_where_the_document_is_its_evidence(document: str, real_data: Path) -> None:
    assert misses(document, real_data) == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_spans_hold_in_the_document_itself(document: str, real_data: Path) -> None:
    found = extract(DOCUMENTS[document], "2024-04-19", folder=real_data)
    for row in found.to_rows():
        for start, end in row["spans"].values():
            assert 0 <= start < end <= len(DOCUMENTS[document])
        for index, one in enumerate(row["participants"]):
            if one["person_id"] and f"participants.{index}" in row["spans"]:
                start, end = row["spans"][f"participants.{index}"]
                assert DOCUMENTS[document][start:end].strip()


def test_a_text_without_a_date_says_so_and_guesses_none(real_data: Path) -> None:
    undated = next(text for name, text in DOCUMENTS.items() if "austin-dong" in name)
    found = extract(undated, folder=real_data)
    assert found.published is None
    assert any("no publication date" in warning for warning in found.warnings)
    assert all(row["date_edtf"] is None or row["date_edtf"][:4] in undated for row in found.to_rows())
