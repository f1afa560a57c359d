"""Extracted events against gold frames: matching, counts, and bootstrap intervals over documents."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from .. import edtf
from ..vocab import CHINA
from .events import status_class
from .surfaces import fold

Row = dict[str, Any]
FIELDS = ("date", "mode", "status", "setting", "place", "domain")
_DAY = timedelta(days=1)


@dataclass
class Scored:
    """Counts of one document."""

    doc_id: str
    counts: dict[str, list[int]] = field(default_factory=dict)
    """Event set → [true positives, false positives, false negatives]."""
    fields: dict[str, list[int]] = field(default_factory=dict)
    """Field → [right, judged] on matched events."""
    errors: list[str] = field(default_factory=list)


def gold_interval(text: str | None) -> tuple[date, date] | None:
    """First and last day of a gold date."""
    if text is None:
        return None
    parsed = edtf.parse(text)
    return (parsed.start or date.min, parsed.end or date.max)


def _interval(row: Row) -> tuple[date, date] | None:
    return (row["start_date"], row["end_date"]) if row["start_date"] else None


def dates_meet(left: tuple[date, date] | None, right: tuple[date, date] | None) -> bool:
    """Compatible: overlapping with a day's slack, or one of them unknown."""
    return left is None or right is None or (left[0] - _DAY <= right[1] and right[0] - _DAY <= left[1])


def date_right(gold: str | None, row: Row) -> bool:
    """The very date; inside it, where the gold is an interval of days; a day's difference in time zones."""
    wanted, given = gold_interval(gold), _interval(row)
    if wanted is None or given is None:
        return wanted is given
    if wanted[0] == wanted[1] and given[0] == given[1]:
        return abs((wanted[0] - given[0]).days) <= 1
    if "/" in (gold or ""):
        return wanted[0] <= given[0] and given[1] <= wanted[1]
    return wanted == given


def match(gold: Row, row: Row) -> bool:
    """Same kind and status class, overlapping partners, compatible dates."""
    return (
        gold["kind"] == row["kind"]
        and status_class(gold["status"]) == status_class(row["status"])
        and bool(set(gold["partners"]) & set(row["partners"]))
        and dates_meet(gold_interval(gold["dates"]), _interval(row))
    )


def names(participants: Iterable[Row]) -> set[tuple[str, str]]:
    """(side, name) of named participants; names reduced to what both sides of a comparison print."""
    return {(one["side"] or "", fold(one["name"])) for one in participants if one["name"]}


def same_name(left: str, right: str) -> bool:
    """The same person by folded name: equal, or sharing the family name that ends (or, for one, begins) both."""
    a, b = left.replace(".", "").split(), right.replace(".", "").split()
    return (
        a == b
        or ((len(a) == 1 or len(b) == 1 or a[0][0] == b[0][0]) and a[-1] == b[-1])
        or set(a) == set(b)
        or (len(a) == 1 and a[0] in b)
        or (len(b) == 1 and b[0] in a)
    )


def overlap_names(gold: set[tuple[str, str]], given: set[tuple[str, str]]) -> int:
    """How many gold names are given, each given name used once."""
    left = set(given)
    found = 0
    for side, name in gold:
        twin = next((one for one in left if one[0] == side and same_name(name, one[1])), None)
        if twin:
            left.discard(twin)
            found += 1
    return found


def pair_up(gold: Sequence[Row], rows: Sequence[Row], *, strict: bool = False) -> list[tuple[int, int]]:
    """One-to-one pairs of matching events, the most alike first."""
    weights = []
    for i, wanted in enumerate(gold):
        for j, row in enumerate(rows):
            if not match(wanted, row):
                continue
            shared = overlap_names(names(wanted["participants"]), names(row["participants"]))
            chinese = (
                {name for side, name in names(wanted["participants"]) if side == CHINA},
                {name for side, name in names(row["participants"]) if side == CHINA},
            )
            conflict = bool(chinese[0] and chinese[1]) and not any(
                same_name(a, b) for a in chinese[0] for b in chinese[1]
            )
            if strict and conflict:
                continue
            weight = (
                3 * shared - 4 * conflict + 3 * date_right(wanted["dates"], row) + (wanted["status"] == row["status"])
                + (wanted["mode"] == row["mode"]) + (wanted["salience"] == row["salience"]) + 2 * bool(wanted["city"] and wanted["city"] == row["city"])
                + 2 * bool(wanted["mechanism"] and row["mechanism_id"]) + 0.5 * (not wanted["optional"])
            )  # fmt: skip
            weights.append((-weight, i, j))
    used_gold: set[int] = set()
    used_rows: set[int] = set()
    pairs = []
    for _, i, j in sorted(weights):
        if i not in used_gold and j not in used_rows:
            pairs.append((i, j))
            used_gold.add(i)
            used_rows.add(j)
    return pairs


def score_document(doc_id: str, gold: Sequence[Row], rows: Sequence[Row]) -> Scored:
    """Counts and field accuracies of one document; optional gold events count neither way."""
    scored = Scored(doc_id)
    pairs = pair_up(gold, rows)
    for name, keep_gold, keep_row in _SETS:
        wanted = [i for i, one in enumerate(gold) if keep_gold(one) and not one["optional"]]
        hits = [(i, j) for i, j in pairs if i in wanted and keep_row(rows[j])]
        excused = {j for i, j in pairs if gold[i]["optional"]}
        given = [j for j, row in enumerate(rows) if keep_row(row) and j not in excused]
        if name == "main":
            scored.errors += [f"not main: {_short(gold[i])}" for i, j in pairs if i in wanted and not keep_row(rows[j])]
            scored.errors += [
                f"not main in gold: {_short(rows[j])}" for i, j in pairs if keep_row(rows[j]) and not keep_gold(gold[i])
            ]
        scored.counts[name] = [len(hits), len(given) - len(hits), len(wanted) - len(hits)]
    strict = [
        (i, j) for i, j in pair_up(gold, rows, strict=True) if not gold[i]["optional"] and gold[i]["kind"] == "meeting"
    ]
    required = [one for one in gold if not one["optional"] and one["kind"] == "meeting"]
    excused_strict = len(
        [1 for i, _ in pair_up(gold, rows, strict=True) if gold[i]["optional"] and gold[i]["kind"] == "meeting"]
    )
    meetings = [row for row in rows if row["kind"] == "meeting"]
    scored.counts["all, same people"] = [
        len(strict),
        len(meetings) - len(strict) - excused_strict,
        len(required) - len(strict),
    ]
    scored.counts["participants"] = [0, 0, 0]
    scored.counts["topics (main)"] = [0, 0, 0]
    for name in FIELDS:
        scored.fields[name] = [0, 0]
    for i, j in pairs:
        if not gold[i]["optional"] and gold[i]["kind"] == "meeting":
            _score_fields(scored, gold[i], rows[j])
    paired = {i for i, _ in pairs}
    scored.errors += [f"missed {_short(one)}" for i, one in enumerate(gold) if i not in paired and not one["optional"]]
    given_rows = {j for _, j in pairs}
    scored.errors += [f"false  {_short(row)}" for j, row in enumerate(rows) if j not in given_rows]
    return scored


def _score_fields(scored: Scored, gold: Row, row: Row) -> None:
    judged = {
        "date": date_right(gold["dates"], row),
        "mode": gold["mode"] == row["mode"],
        "status": gold["status"] == row["status"],
        "setting": gold["setting"] == row["setting"],
        "place": (gold["city"] or "") == (row["city"] or "")
        and (gold["city"] is not None or gold["country"] == row["country"]),
        "domain": gold["domain"] == row["domain"],
    }
    for name, right in judged.items():
        scored.fields[name][0] += right
        scored.fields[name][1] += 1
        if not right:
            given = (
                row["date_edtf"] if name == "date" else row["city"] or row["country"] if name == "place" else row[name]
            )
            wanted = (
                gold["dates"] if name == "date" else gold["city"] or gold["country"] if name == "place" else gold[name]
            )
            scored.errors.append(f"{name}: {wanted} but {given} in {_short(gold)}")
    wanted_names, given_names = names(gold["participants"]), names(row["participants"])
    found = overlap_names(wanted_names, given_names)
    _add(scored.counts["participants"], found, len(given_names) - found, len(wanted_names) - found)
    if found < max(len(wanted_names), len(given_names)):
        scored.errors.append(f"people: {sorted(wanted_names)} but {sorted(given_names)}")
    if gold["topics"] is not None and gold["salience"] == "main":
        wanted_topics, given_topics = set(gold["topics"]), set(row["topics"])
        _add(
            scored.counts["topics (main)"],
            len(wanted_topics & given_topics),
            len(given_topics - wanted_topics),
            len(wanted_topics - given_topics),
        )


def _add(total: list[int], *values: int) -> None:
    for index, value in enumerate(values):
        total[index] += value


def _short(row: Row) -> str:
    return f"{row['salience'][0]} {row['kind']} {row['status']} {row.get('dates', row.get('date_edtf'))} {row.get('city')} {[one['name'] or one.get('office') for one in row['participants']]} {row.get('mechanism') or row.get('mechanism_id') or ''}"


_SETS: tuple[tuple[str, Callable[[Row], bool], Callable[[Row], bool]], ...] = (
    (
        "main",
        lambda one: one["salience"] == "main" and one["kind"] == "meeting",
        lambda row: row["salience"] == "main" and row["kind"] == "meeting",
    ),
    ("all", lambda one: one["kind"] == "meeting", lambda row: row["kind"] == "meeting"),
    ("channel", lambda one: one["kind"] == "channel", lambda row: row["kind"] == "channel"),
)


def f1(counts: Sequence[int]) -> float:
    """Harmonic mean of precision and recall; NaN where nothing was to find and nothing found."""
    hit, spurious, missed = counts
    return 2 * hit / (2 * hit + spurious + missed) if hit + spurious + missed else float("nan")


def summary(documents: Sequence[Scored], *, draws: int = 1000, seed: int = 7) -> dict[str, dict[str, Any]]:
    """Every measure with its n and a 95 % bootstrap interval over documents."""
    rng = random.Random(seed)
    samples = [rng.choices(documents, k=len(documents)) for _ in range(draws)] if documents else []
    found: dict[str, dict[str, Any]] = {}
    for name in documents[0].counts if documents else ():
        total = _total(documents, name)
        hit, spurious, missed = total
        found[name] = {
            "precision": hit / (hit + spurious) if hit + spurious else None,
            "recall": hit / (hit + missed) if hit + missed else None,
            "f1": f1(total),
            "n": hit + missed,
            "given": hit + spurious,
            "interval": _interval95([f1(_total(sample, name)) for sample in samples]),
        }
    for name in FIELDS:
        right, judged = _field_total(documents, name)
        found[name] = {
            "accuracy": right / judged if judged else None,
            "n": judged,
            "interval": _interval95([one[0] / one[1] for sample in samples if (one := _field_total(sample, name))[1]]),
        }
    return found


def _total(documents: Iterable[Scored], name: str) -> list[int]:
    total = [0, 0, 0]
    for document in documents:
        _add(total, *document.counts[name])
    return total


def _field_total(documents: Iterable[Scored], name: str) -> tuple[int, int]:
    counts = [document.fields[name] for document in documents]
    return sum(one[0] for one in counts), sum(one[1] for one in counts)


def _interval95(values: list[float]) -> tuple[float, float] | None:
    ordered = sorted(value for value in values if not math.isnan(value))
    return (
        (ordered[int(len(ordered) * 0.025)], ordered[min(int(len(ordered) * 0.975), len(ordered) - 1)])
        if ordered
        else None
    )
