"""The development third of the gold frames; needs the corpus (CDD_CORPUS), whose texts are no part of the repository."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from china_defence_dialogues import edtf
from china_defence_dialogues.extraction.gate import gate
from china_defence_dialogues.extraction.pipeline import extract
from china_defence_dialogues.extraction.scoring import score_document, summary
from china_defence_dialogues.vocab import Domain, Mode, Setting, Status

GOLD: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent / "gold" / "annotations.jsonl").read_text(encoding="utf-8").splitlines()
]
CORPUS = Path(os.environ.get("CDD_CORPUS", "no corpus"))
FLOORS = {"main": 0.90, "all": 0.85, "participants": 0.90, "date": 0.80, "status": 0.90, "mode": 0.90}
"""Below these on the development documents, something broke; the figures themselves are in docs/extraction.md."""
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="set CDD_CORPUS to the folder of the corpus texts")


def test_gold_frames_are_well_formed_and_hold_no_text() -> None:
    assert len(GOLD) >= 60
    assert {entry["split"] for entry in GOLD} == {"dev", "held_out"}
    for entry in GOLD:
        assert set(entry) == {"doc_id", "sha256", "published", "split", "events"}
        assert (entry["split"] == "held_out") == (int(entry["doc_id"][1:]) % 3 == 0)
        for event in entry["events"]:
            if event["kind"] == "meeting":
                assert event["status"] in set(Status)
                assert event["mode"] in set(Mode)
                assert event["setting"] in set(Setting)
                assert event["domain"] in set(Domain)
            if event["dates"]:
                edtf.parse(event["dates"])
            assert event["partners"]
            assert all(len(str(value)) < 1200 for value in event.values())


def texts(split: str | None = None) -> list[tuple[dict[str, Any], str]]:
    found = []
    for entry in GOLD:
        if split in (None, entry["split"]):
            raw = (CORPUS / "texts" / f"{entry['doc_id']}.txt").read_bytes()
            assert hashlib.sha256(raw).hexdigest() == entry["sha256"]
            found.append((entry, raw.decode()))
    return found


@needs_corpus
def test_the_gate_loses_no_relevant_document(real_data: Path) -> None:
    guard = gate(real_data)
    lost = [
        entry["doc_id"]
        for entry, text in texts()
        if any(not event["optional"] for event in entry["events"]) and not guard.passes(text)
    ]
    assert lost == []


@needs_corpus
def test_development_documents_score_as_documented(real_data: Path) -> None:
    scored = [
        score_document(entry["doc_id"], entry["events"], extract(text, entry["published"], folder=real_data).to_rows())
        for entry, text in texts("dev")
    ]
    result = summary(scored, draws=1)
    measured = {name: result[name].get("f1", result[name].get("accuracy")) for name in FLOORS}
    assert {name: value for name, value in measured.items() if value < FLOORS[name]} == {}
