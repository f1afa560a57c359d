"""Figures on the quality of the data."""

from __future__ import annotations

import pytest

from china_defence_dialogues.publishing import quality


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(8, 158, 0.0259, 0.0967), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634)],
)
def test_wilson_interval(hits: int, n: int, low: float, high: float) -> None:
    assert quality.wilson(hits, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.usefixtures("use_mini")
def test_agreement_of_the_mini_set() -> None:
    assert quality.agreement() == [("date", 0, 1), ("status", 1, 1)]
    assert "1 records were coded" in quality.agreement_line()
    assert quality.audit_lines() == quality.audit_summary() == []


def test_audits_in_one_sentence_and_at_length(monkeypatch: pytest.MonkeyPatch) -> None:
    audit = {
        "subject": "tenures",
        "sampled": 40,
        "records_wrong": 5,
        "records_checked": 40,
        "cells_wrong": 8,
        "cells_checked": 158,
        "note": "Mended.",
    }
    later = {"subject": "tenures of a later round", "cells_wrong": 2, "cells_checked": 42}
    monkeypatch.setattr(quality, "_audits", lambda folder: [audit, audit | {"subject": "records of X"}, audit | later])
    rate = "8 of 158 cells (5.1%, 95 % interval 2.6%–9.7%)"
    (summary,) = quality.audit_summary()
    assert "tenures 10 of 200 cells (5.0%, 95 % interval 2.7%–9.0%), 2 samples; " in summary
    assert f"; records {rate}, 1 sample. " in summary
    assert quality.audit_lines()[0].startswith("Of 40 tenures drawn at random")
    assert quality.audit_lines()[0].endswith(f"{rate} were wrong, in 5 of 40 records. Mended.")
