"""What audits and second codings say of the data, as sentences for README, codebook and card."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.compute as pc

from ..analysis.agreement import wilson
from ..loading.store import arrow_table


def audit_summary(folder: Path | None = None) -> list[str]:
    """What the audits found of each kind of record, all samples taken together; nothing where there is none."""
    kinds: dict[str, list[dict[str, str | int]]] = {}
    for audit in _audits(folder):
        kinds.setdefault(str(audit["subject"]).split(" ")[0], []).append(audit)
    found = "; ".join(
        f"{kind} {_rate(*audits)}, {len(audits)} sample{'s' * (len(audits) > 1)}" for kind, audits in kinds.items()
    )
    return [
        f"Random samples checked against their pages by someone who had not entered them, wrong or unsupported: {found}. "
        "What was wrong in each, and how it was mended, stands in the codebook."
    ] if found else []  # fmt: skip


def audit_lines(folder: Path | None = None) -> list[str]:
    """One paragraph per audit, with the share of wrong cells and its interval."""
    return [
        f"Of {audit['sampled']} {audit['subject']} drawn at random and checked against their pages by someone who had not "
        f"entered them, {_rate(audit)} were wrong, in {audit['records_wrong']} of {audit['records_checked']} records. {audit['note']}"
        for audit in _audits(folder)
    ]


def _audits(folder: Path | None) -> list[dict[str, str | int]]:
    records = arrow_table("records", folder)
    return [json.loads(text) for text in records.filter(pc.equal(records["kind"], "audit"))["record"].to_pylist()]


def _rate(*audits: dict[str, str | int]) -> str:
    wrong, cells = (sum(int(audit[name]) for audit in audits) for name in ("cells_wrong", "cells_checked"))
    low, high = wilson(wrong, cells)
    return f"{wrong} of {cells:,} cells ({wrong / cells:.1%}, 95 % interval {low:.1%}–{high:.1%})"


def agreement(folder: Path | None = None) -> list[tuple[str, int, int]]:
    """(field, codings that agree, codings) of the blind second codings."""
    counts: dict[str, tuple[int, int]] = {}
    for row in arrow_table("double_codings", folder).to_pylist():
        if row["first"] is None and row["second"] is None:
            continue
        agree, n = counts.get(row["field"], (0, 0))
        counts[row["field"]] = (agree + row["agrees"], n + 1)
    return [(field, agree, n) for field, (agree, n) in sorted(counts.items())]


def agreement_line(folder: Path | None = None) -> str:
    """Agreement on the fields that matter most, in one sentence."""
    shares = {field: (agree, n) for field, agree, n in agreement(folder)}
    shown = [
        f"{field} {agree}/{n}"
        for field in ("status", "mode", "setting", "date", "place.country", "topics")
        if (pair := shares.get(field))
        for agree, n in [pair]
    ]
    codings = len(set(arrow_table("double_codings", folder)["coding_id"].to_pylist()))
    return (
        f"{codings} records were coded a second time, blind, from the same pages; equal values where either coder gave one: {', '.join(shown)} "
        "(topics: the whole set equal). Both coders worked with a language model: this is self-consistency, not agreement between people."
    )
