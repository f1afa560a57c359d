"""Cross-record checks, one family a module; each takes Seeds and yields findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from ..findings import Finding
from ..seeds import Seeds
from . import articles, dates, duplicates, evidence, people, references, repeats, sense

Check = Callable[[Seeds], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    references.dangling,
    references.vocabulary_codes,
    references.closed_lists,
    references.uncited_articles,
    articles.documents,
    articles.conflicts,
    evidence.field_paths,
    evidence.spans,
    evidence.mentions,
    evidence.support_of_status,
    dates.source_before_event,
    dates.orders,
    people.posts_held,
    people.single_holders,
    sense.status_history,
    sense.status_fields,
    sense.sides,
    sense.scope,
    sense.mechanisms,
    duplicates.meetings,
    repeats.said_twice,
)


_WAIVABLE = "CRE"
"""Findings of content, reference and expectation can stand; a file that cannot be read never can."""


def run_checks(seeds: Seeds, *, today: date | None = None) -> list[Finding]:
    """Findings of every check, waivers not yet applied."""
    findings = [finding for check in CHECKS for finding in check(seeds)]
    findings += dates.held_in_future(seeds, today or date.today())
    return findings


def waive(seeds: Seeds, findings: Iterable[Finding]) -> list[Finding]:
    """Take out what the allowlist waives; a waiver that waives nothing is a finding itself."""
    waivers = {(waiver.code, waiver.id): number for number, waiver in enumerate(seeds.lists["waiver"])}  # type: ignore[attr-defined]
    used: set[tuple[str, str]] = set()
    kept = []
    for finding in findings:
        key = (finding.code, finding.id)
        if key in waivers and finding.code[0] in _WAIVABLE:
            used.add(key)
        else:
            kept.append(finding)
    for key in sorted(waivers.keys() - used):
        kept.append(
            seeds.finding(
                "A001",
                "waiver",
                key[1],
                ("entries", waivers[key]),
                f"the waiver of {key[0]} for {key[1]} is not used",
                "remove it; only findings C, R and E can be waived",
            )
        )
    return kept
