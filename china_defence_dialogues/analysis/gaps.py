"""Rounds of a mechanism that are missing, late, or numbered in several ways."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from .frames import finish, frame, is_missing, known_id, records

if TYPE_CHECKING:
    import pandas as pd

LATE = 1.5
"""A round is late when it comes later than this many times the expected interval after the one before."""

_CADENCE = (
    (re.compile(r"twice a year|semi-?annual|every (six|6) months|half-?yearly|biannual", re.I), 183),
    (re.compile(r"quarterly|every (three|3) months|four times a year", re.I), 91),
    (re.compile(r"every (two|2|other) years?|biennial", re.I), 730),
    (re.compile(r"annual|yearly|every year|once a year", re.I), 365),
    (re.compile(r"monthly|every month", re.I), 30),
)
_DTYPES = {
    "mechanism_id": "string", "kind": "string", "number": "Int64", "other_numbers": "object", "previous_start": "datetime64[us]",
    "start_date": "datetime64[us]", "days": "Int64", "expected_days": "Int64", "round_id": "string", "meeting_id": "string",
}  # fmt: skip


def round_gaps(mechanism: str | None = None) -> pd.DataFrame:
    """What is irregular in the rounds of a mechanism: missing numbers, late rounds, disputed or doubled numbers.

    Args:
        mechanism: mechanism id; None for all.

    Returns:
        One row per irregularity, by mechanism and time: mechanism_id, kind ("missing": a number between two known
        rounds with no round on record; "late": more than 1.5 times the expected interval after the round before, with no number between them;
        "disputed": sources give other numbers too; "doubled": two rounds bear one number; "disordered": a higher number
        than the next round's), number (Int64), other_numbers (list of int), previous_start and start_date
        (datetime64[us]: for missing numbers the rounds around them), days (Int64, between the two at the least), expected_days
        (Int64: the stated cadence where it can be read, else the median interval of at least three; late rounds only),
        round_id, meeting_id (string). An empty frame means that nothing irregular is on record. Only rounds that took
        place are compared.

    Raises:
        UnknownNameError: (a ValueError) for a mechanism that does not exist.
    """
    import pandas as pd

    if mechanism is not None:
        known_id("mechanism", mechanism, "mechanisms", "mechanism_id")
    rounds = frame(
        "rounds",
        ["mechanism_id", "round_id", "number", "disputed_numbers", "start_date", "end_date", "status", "meeting_id"],
    )
    rounds = rounds[rounds["status"].isin(["held", "encounter"])]
    cadence = dict(frame("mechanisms", ["mechanism_id", "cadence"]).itertuples(index=False, name=None))
    found: list[dict[str, Any]] = []
    for name, group in rounds.groupby("mechanism_id", sort=True):
        if mechanism in (None, name):
            rows = sorted(records(group), key=lambda row: (not _dated(row), row["start_date"], row["round_id"]))
            found += [{"mechanism_id": name, **row} for row in _of_mechanism(rows, _expected(rows, cadence.get(name)))]
    return finish(pd.DataFrame(found, columns=list(_DTYPES)).astype(_DTYPES))


def _of_mechanism(rows: list[dict[str, Any]], expected: int | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for row in rows:
        if len(row["disputed_numbers"]):
            found.append(_row("disputed", row, other_numbers=list(row["disputed_numbers"])))
    numbered = [row for row in rows if _number(row) is not None]
    for left, right in pairwise(numbered):
        step = int(right["number"]) - int(left["number"])
        if step == 0:
            found.append(_row("doubled", right, left))
        elif step < 0:
            found.append(_row("disordered", right, left))
        taken = {int(row["number"]) for row in numbered}
        found += [
            _row("missing", right, left) | {"number": number, "round_id": None, "meeting_id": None}
            for number in range(int(left["number"]) + 1, int(right["number"]))
            if number not in taken
        ]
    for left, right in pairwise([row for row in rows if _dated(row)]):
        days = (right["start_date"] - left["end_date"]).days
        if expected is not None and days > LATE * expected and not _numbers_between(left, right):
            found.append(_row("late", right, left) | {"expected_days": expected})
    return sorted(
        found, key=lambda row: (row["start_date"] is None, row["start_date"] or 0, row["kind"], row["number"] or 0)
    )


def _row(
    kind: str, row: dict[str, Any], before: dict[str, Any] | None = None, *, other_numbers: list[int] | None = None
) -> dict[str, Any]:
    both = before is not None and _dated(before) and _dated(row)
    return {
        "kind": kind, "number": _number(row), "other_numbers": other_numbers or [],
        "previous_start": before["start_date"] if before is not None and _dated(before) else None,
        "start_date": row["start_date"] if _dated(row) else None,
        "days": (row["start_date"] - before["end_date"]).days if both and before is not None else None,
        "round_id": row["round_id"], "meeting_id": row["meeting_id"],
    }  # fmt: skip


def _numbers_between(left: dict[str, Any], right: dict[str, Any]) -> bool:
    """Whether numbers lie between two rounds: then rounds are missing on record, and the later one need not be late."""
    first, second = _number(left), _number(right)
    return first is not None and second is not None and second - first > 1


def _expected(rows: list[dict[str, Any]], cadence: Any) -> int | None:
    """Days expected between rounds: the cadence as stated, else the median of three or more intervals."""
    if isinstance(cadence, str):
        for pattern, days in _CADENCE:
            if pattern.search(cadence):
                return days
    starts = [row["start_date"] for row in rows if _dated(row)]
    intervals = [(right - left).days for left, right in pairwise(starts)]
    return round(median(intervals)) if len(intervals) >= 3 else None


def _number(row: dict[str, Any]) -> int | None:
    number = row["number"]
    return None if is_missing(number) else int(number)


def _dated(row: dict[str, Any]) -> bool:
    return not is_missing(row["start_date"])
