"""A user's own table of meetings laid beside this one, by the package's same-event test."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import edtf
from ..errors import UnknownNameError
from ..loading.store import arrow_table, data_folder
from ..matching import MAX_DAYS_APART, Contact, same_event
from ..vocab import CHINA
from .frames import DAY_COLUMNS, event_days, finish, frame, is_missing, meetings, partner, records
from .quality import chapman

if TYPE_CHECKING:
    import pandas as pd

_DTYPES = {
    "row": "object", "partner": "string", "date": "datetime64[us]", "meeting_id": "string", "found_in": "string", "n_candidates": "int64",
    "days_apart": "Int64",
}  # fmt: skip


def overlap(
    table: pd.DataFrame, *, date: str = "date", partner: str = "partner", prc: str | None = None, foreign: str | None = None,
    days: int = MAX_DAYS_APART, **filters: Any,
) -> pd.DataFrame:  # fmt: skip
    """Which contacts of the user's own table this data set has, and the other way round.

    Two rows are the same contact when the partner is the same, the dates lie at most `days` apart, and neither side's
    named officials exclude it (they share one, or one of the two names nobody); the same test finds duplicates
    within this data set. Of several candidates the one nearest in days is taken.

    Args:
        table: any frame with one contact per row.
        date: column of dates (dates, or EDTF text; rows without a date are matched by nothing).
        partner: column of partners, by code or English name.
        prc, foreign: columns with the name of the leading PRC and foreign official, if the table has them.
        days: greatest distance in days.
        **filters: filters of `load_meetings` for this side; scope is core unless asked otherwise.

    Returns:
        One row per row of `table`, then one per contact of this data set that it lacks, within the partners and
        years of `table`: row (the user's index; None for the latter), partner (string), date (datetime64[us]), meeting_id
        (string), found_in ("both", "own" or "cdd"), n_candidates (int64), days_apart (Int64). `attrs` has n_own, n_cdd,
        n_both and estimate (Chapman's capture–recapture estimate of all contacts with its 95 % interval, if the two
        collections were independent).

    Raises:
        UnknownNameError: (a ValueError) for a column, partner or filter value that does not exist.
        FormatError: for a date outside the EDTF subset.
    """
    import pandas as pd

    for column in (date, partner, prc, foreign):
        if column is not None and column not in table.columns:
            raise UnknownNameError("column", column, [str(name) for name in table.columns])
    own = [_own(number, row, date, partner, prc, foreign) for number, row in enumerate(records(table))]
    ours = _ours(filters)
    by_partner: dict[str, list[Contact]] = {}
    for contact in ours:
        for code in contact.partners:
            by_partner.setdefault(code, []).append(contact)
    found: list[dict[str, Any]] = []
    matched: set[str] = set()
    for label, mine in zip(table.index, own, strict=True):
        candidates = [
            other for code in mine.partners for other in by_partner.get(code, ()) if same_event(mine, other, days=days)
        ]
        best = min(candidates, key=lambda other: (_apart(mine, other), other.id), default=None)
        matched |= {best.id} if best else set()
        found.append(
            _line(label, next(iter(mine.partners)), mine.start, best, "both" if best else "own", len(candidates), mine)
        )
    inside = _inside(own)
    lacking = [
        other
        for other in ours
        if other.id not in matched and any((code, year) in inside for code in other.partners for year in _years(other))
    ]
    found += [_line(None, sorted(other.partners)[0], other.start, other, "cdd", 0, None) for other in lacking]
    n_both, n_cdd = len(matched), len(matched) + len(lacking)
    result = pd.DataFrame(found, columns=list(_DTYPES)).astype(_DTYPES)
    return finish(
        result, n_own=len(own), n_cdd=n_cdd, n_both=n_both, estimate=chapman(len(own), n_cdd, min(n_both, len(own)))
    )


def _line(
    label: Any, code: str, start: date | None, other: Contact | None, found_in: str, n: int, mine: Contact | None
) -> dict[str, Any]:
    return {
        "row": label, "partner": code, "date": start, "meeting_id": other.id if other else None, "found_in": found_in, "n_candidates": n,
        "days_apart": _apart(mine, other) if mine and other else None,
    }  # fmt: skip


def _own(number: int, row: dict[Any, Any], when: str, who: str, prc: str | None, foreign: str | None) -> Contact:
    start, end = _bounds(row[when])
    return Contact(
        id=f"own:{number}", partners=frozenset({partner(row[who])}), start=start, end=end, group="contact",
        prc=_people(row.get(prc)) if prc else frozenset(), foreign=_people(row.get(foreign)) if foreign else frozenset(),
    )  # fmt: skip


def _bounds(value: Any) -> tuple[date | None, date | None]:
    if is_missing(value):
        return None, None
    if isinstance(value, str):
        when = edtf.parse(value)
        return when.start, when.end
    day = date(value.year, value.month, value.day)
    return day, day


def _ours(filters: dict[str, Any]) -> list[Contact]:
    rows = meetings(["partners", *DAY_COLUMNS], **filters)
    rows = rows[rows["kind"].eq("contact")]
    rows["first"], rows["last"] = event_days(rows)
    people = frame("participants", ["meeting_id", "person_id", "name", "side", "role"], scope="all")
    people = people[people["role"].isin(["principal", "co_principal", "chair"]) & people["name"].notna()]
    leaders: dict[tuple[str, bool], set[str]] = {}
    for row in records(people):
        key = row["person_id"] if isinstance(row["person_id"], str) else _folded(row["name"])
        leaders.setdefault((row["meeting_id"], row["side"] == CHINA), set()).add(key)
    return [
        Contact(
            id=row["meeting_id"], partners=frozenset(row["partners"]), start=None if is_missing(row["first"]) else row["first"].date(),
            end=None if is_missing(row["last"]) else row["last"].date(), prc=frozenset(leaders.get((row["meeting_id"], True), ())),
            foreign=frozenset(leaders.get((row["meeting_id"], False), ())), group="contact",
        )
        for row in records(rows)
    ]  # fmt: skip


def _people(name: Any) -> frozenset[str]:
    """Ids of the people whom a name may mean; the folded name itself where it is none's."""
    if not isinstance(name, str) or not name.strip():
        return frozenset()
    return _ids(data_folder()).get(_folded(name)) or frozenset({_folded(name)})


@lru_cache(maxsize=4)
def _ids(folder: Path) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in arrow_table("names", folder).select(["entity_kind", "entity_id", "surface"]).to_pylist():
        if row["entity_kind"] == "person":
            found.setdefault(_folded(row["surface"]), set()).add(row["entity_id"])
    return {name: frozenset(ids) for name, ids in found.items()}


def _folded(name: str) -> str:
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain.casefold()).split())


def _apart(left: Contact | None, right: Contact | None) -> int:
    """Days between the nearest ends of two dated contacts; 0 where they overlap."""
    if left is None or right is None or left.start is None or right.start is None:
        return 0
    first, second = sorted([(left.start, left.end or left.start), (right.start, right.end or right.start)])
    return max((second[0] - first[1]).days, 0)


def _inside(own: list[Contact]) -> set[tuple[str, int]]:
    """Partner-years that the user's table covers, from its first to its last year for each partner."""
    spans: dict[str, list[int]] = {}
    for contact in own:
        for code in contact.partners:
            spans.setdefault(code, []).extend(_years(contact))
    return {(code, year) for code, years in spans.items() if years for year in range(min(years), max(years) + 1)}


def _years(contact: Contact) -> list[int]:
    return [contact.start.year] if contact.start else []
