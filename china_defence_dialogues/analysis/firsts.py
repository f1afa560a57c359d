"""The "first since": how long before a contact the last one of its kind was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from .frames import DAY_COLUMNS, event_days, finish, is_missing, known_id, meetings, records, some_of
from .windows import Window

if TYPE_CHECKING:
    import pandas as pd

UNKNOWN_LEVEL = 8
LIKENESS = ("domain", "level", "mode", "mechanism", "setting", "country")
_COLUMNS = (
    "partners",
    "domain",
    "level",
    "prc_level",
    "partner_level",
    "mode",
    "mechanism_id",
    "country",
    "city",
    "is_contact",
    "scope",
    *DAY_COLUMNS,
)
_DTYPES = {
    "meeting_id": "string", "partner": "string", "start_date": "datetime64[us]", "previous_id": "string",
    "previous_start": "datetime64[us]", "previous_end": "datetime64[us]", "days_min": "Int64", "days_max": "Int64",
    "months": "Float64", "n_non_contacts": "int64", "censored": "bool", "window_start": "Int64",
}  # fmt: skip


def first_since(
    meeting: str | None = None,
    *,
    like: str | Iterable[str] = ("domain", "level"),
    encounters: bool = False,
    multilateral: bool = False,
    **filters: Any,
) -> pd.DataFrame:
    """The last contact of the same kind before a meeting: the "first since 2022" of news reports.

    Of the same kind are talks (status held) with the same partner that are alike in every respect of `like`; `level` means
    that the principal of each side whose level is known for the meeting ranked at least as high. Only records whose last possible day is before the meeting's first
    possible day count as earlier.

    Args:
        meeting: a meeting id; None takes all talks that the filters select, each with the one before.
        like: respects in which the earlier contact must be alike, any of "domain", "level", "mode", "mechanism",
            "setting" and "country" (where they met); () asks for any contact with the partner.
        encounters: let handshakes and corridor talks (status encounter) count as talks.
        multilateral: let multilateral sessions and collective calls count as contacts with each partner present.
        **filters: filters of `load_meetings`, such as partner, level, mode, since: both the contacts asked about and
            those they are compared with. Scope is core unless asked otherwise.

    Returns:
        One row per meeting and partner, by date: meeting_id, partner (string), start_date (datetime64[us]),
        previous_id (string; missing where none is recorded), previous_start, previous_end, days_min and days_max
        (Int64, days between the two as far as the dates settle it), months (Float64, the mean of both in months of
        30.44 days), n_non_contacts (int64: attempts between the two that came to nothing, aggregates included),
        censored (bool: no earlier contact is recorded, so that the answer is "at least since the window began"),
        window_start (Int64: first year searched for the partner's contacts; missing when none was searched).

    Raises:
        UnknownNameError: (a ValueError) for an unknown meeting, likeness or filter value.
        TypeError: for a filter that meetings do not take.
    """
    import pandas as pd

    respects = some_of("likeness", like, LIKENESS)
    if meeting is not None:
        known_id("meeting", meeting, "meetings", "meeting_id")
        filters.setdefault("scope", "all" if not _is_core(meeting) else "core")
    rows = meetings(list(_COLUMNS), aggregates=True, **filters)
    for name, days in zip(("first", "last"), event_days(rows), strict=True):
        rows[name] = pd.Series(
            [None if is_missing(day) else day.toordinal() for day in days], index=rows.index, dtype=object
        )
    if not multilateral:
        rows = rows[
            ~rows["setting"].isin(["multilateral_session", "collective_call"]) | rows["meeting_id"].eq(meeting or "")
        ]
    talks = {"held", "encounter"} if encounters else {"held"}
    of_partner: dict[str, list[dict[str, Any]]] = {}
    for row in records(rows.sort_values("meeting_id")):
        row["counts"] = row["status"] in talks and not row["aggregate"] and row["first"] is not None
        for partner in row["partners"]:
            of_partner.setdefault(partner, []).append(row)
    found = [
        answer
        for partner, group in sorted(of_partner.items())
        for answer in _of_partner(partner, group, respects, meeting)
    ]
    frame = pd.DataFrame(found, columns=list(_DTYPES)).astype(_DTYPES)
    return finish(frame.sort_values(["start_date", "meeting_id", "partner"]), like=respects)


def _is_core(meeting: str) -> bool:
    return not meetings(["scope"], aggregates=True, scope="core", meeting=meeting).empty


def _of_partner(
    partner: str, group: list[dict[str, Any]], respects: list[str], meeting: str | None
) -> list[dict[str, Any]]:
    wanted = [row for row in group if meeting == row["meeting_id"] or (meeting is None and row["counts"])]
    if not wanted:
        return []
    contacts = [row for row in group if row["counts"]]
    attempts = [row for row in group if row["kind"] == "non_contact"]
    window = Window("contacts").first_year(partner)
    return [_compare(row, partner, contacts, attempts, respects, window) for row in wanted]


def _compare(
    row: dict[str, Any],
    partner: str,
    contacts: list[dict[str, Any]],
    attempts: list[dict[str, Any]],
    respects: list[str],
    window: int | None,
) -> dict[str, Any]:
    first, last = row["first"], row["last"] if row["last"] is not None else row["first"]
    before = [
        other
        for other in contacts
        if first is not None and other["last"] is not None and other["last"] < first and _alike(row, other, respects)
    ]
    previous = max(before, key=lambda other: (other["last"], other["first"], other["meeting_id"]), default=None)
    answer: dict[str, Any] = {
        "meeting_id": row["meeting_id"], "partner": partner, "start_date": _day(first), "n_non_contacts": 0,
        "censored": previous is None, "window_start": window,
    }  # fmt: skip
    if previous is not None:
        least, most = first - previous["last"], last - previous["first"]
        answer |= {
            "previous_id": previous["meeting_id"], "previous_start": _day(previous["first"]), "previous_end": _day(previous["last"]),
            "days_min": least, "days_max": most, "months": round((least + most) / 2 / 30.44, 1),
        }  # fmt: skip
    since = previous["last"] if previous else 0
    answer["n_non_contacts"] = sum(
        first is not None
        and item["first"] is not None
        and item["first"] < first
        and (item["last"] or item["first"]) > since
        for item in attempts
    )
    return answer


def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)


def _alike(row: dict[str, Any], other: dict[str, Any], respects: list[str]) -> bool:
    return all(
        _as_high(row, other) if respect == "level" else _same(row[_column(respect)], other[_column(respect)])
        for respect in respects
    )


def _as_high(row: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether the other's principals rank at least as high, on each side that is known for the row."""
    sides = (side for side in ("prc_level", "partner_level") if row[side] < UNKNOWN_LEVEL)
    return other["level"] <= row["level"] and all(other[side] <= row[side] for side in sides)


def _column(respect: str) -> str:
    return "mechanism_id" if respect == "mechanism" else respect


def _same(left: Any, right: Any) -> bool:
    """Equal and known; what is not stated is like nothing."""
    return isinstance(left, str) and isinstance(right, str) and left == right
