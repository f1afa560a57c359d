"""Contacts before and after events of the user's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from .. import edtf
from ..errors import UnknownNameError
from .frames import DAY_COLUMNS, event_days, finish, meetings, one_of, records
from .frames import partner as partner_of
from .windows import EVERYONE, Window

if TYPE_CHECKING:
    import pandas as pd

Unit = Literal["day", "week", "month"]
UNITS = ("day", "week", "month")
_MOST = 1200


def event_window(
    dates: Any,
    pre: int = 6,
    post: int = 6,
    *,
    unit: Unit = "month",
    partner: str | None = None,
    multilateral: bool = False,
    **filters: Any,
) -> pd.DataFrame:
    """Contacts in the periods before and after events, for event studies.

    Args:
        dates: the events: a date or EDTF day, a list of them, a mapping of names to days, or a frame with a column date
            and, if wanted, event (names) and partner (each event's own partner).
        pre, post: number of periods before and after the one in which the event falls (period 0).
        unit: "day", "week" (seven days, the event's day first in week 0) or "month" (calendar months).
        partner: count contacts with this partner only (code or English name); None for all partners together.
        multilateral: also count multilateral sessions and collective calls.
        **filters: more filters of `load_meetings`; scope is core unless asked otherwise.

    Returns:
        One row per event and period: event (string), date (datetime64[us]), partner (string, missing for all), offset
        (int64, from -pre to post), start, end (datetime64[us], first and last day of the period), n_contacts,
        n_non_contacts (Int64: 0 where the years were searched for the partner, or for "all" where no partner is named;
        missing elsewhere). A record counts where its possible days lie in one period, or where it is a dated event of several
        days in the period in which it began; `attrs["unassigned"]` lists those near an event that no period holds.

    Raises:
        UnknownNameError: (a ValueError) for a unit, partner or filter value that does not exist.
        FormatError: for a date outside the EDTF subset; ValueError for one that is not a day, or for a negative
            number of periods.
    """
    import pandas as pd

    one_of("unit", unit, UNITS)
    if not (isinstance(pre, int) and isinstance(post, int) and pre >= 0 and post >= 0 and pre + post <= _MOST):
        raise ValueError(
            f"pre and post must be whole numbers from 0 on, {_MOST} together at most; got {pre!r} and {post!r}"
        )
    events = _events(dates, partner)
    rows = meetings(["partners", *DAY_COLUMNS], multilateral=multilateral, **filters)
    rows["first"], rows["last"] = event_days(rows)
    began = rows["date_precision"].astype(str).eq("day") & rows["start_date"].notna()
    rows["last"] = rows["last"].mask(began, rows["first"])
    windows = {"n_contacts": Window("contacts"), "n_non_contacts": Window("non_contacts")}
    found, unassigned = [], set()
    for name, day, code in events:
        with_it = (
            rows
            if code is None
            else rows[rows["partners"].map(lambda partners, code=code: code in partners).astype(bool)]
        )
        spans = [_span(day, offset, unit) for offset in range(-pre, post + 1)]
        edges = pd.DatetimeIndex([start for start, _ in spans] + [spans[-1][1] + pd.Timedelta(days=1)])
        first, last = (
            edges.searchsorted(with_it["first"], side="right") - 1,
            edges.searchsorted(with_it["last"], side="right") - 1,
        )
        known = with_it["first"].notna() & with_it["last"].notna()
        within = known & (last >= 0) & (first < len(spans))
        settled = within & (first == last)
        unassigned |= set(with_it.loc[within & ~settled, "meeting_id"])
        for index, (start, end) in enumerate(spans):
            kinds = with_it.loc[settled & (first == index), "kind"]
            row: dict[str, Any] = {
                "event": name,
                "date": pd.Timestamp(day),
                "partner": code,
                "offset": index - pre,
                "start": start,
                "end": end,
            }
            for column, window in windows.items():
                count = int(kinds.eq("contact" if column == "n_contacts" else "non_contact").sum())
                searched = {start.year, end.year} <= window.years(code or EVERYONE)
                row[column] = count if count or searched else None
            found.append(row)
    columns = {
        "event": "string", "date": "datetime64[us]", "partner": "string", "offset": "int64", "start": "datetime64[us]", "end": "datetime64[us]",
        "n_contacts": "Int64", "n_non_contacts": "Int64",
    }  # fmt: skip
    return finish(pd.DataFrame(found, columns=list(columns)).astype(columns), unassigned=sorted(unassigned))


def _events(dates: Any, partner: str | None) -> list[tuple[str, date, str | None]]:
    """(name, day, partner) of each event."""
    import pandas as pd

    everyone = partner_of(partner) if partner else None
    if isinstance(dates, pd.DataFrame):
        if "date" not in dates.columns:
            raise UnknownNameError(
                "column",
                "date",
                [str(column) for column in dates.columns],
                hint="the frame of events needs a column date",
            )
        return [
            (
                str(row.get("event", _day(row["date"]).isoformat())),
                _day(row["date"]),
                partner_of(row["partner"]) if isinstance(row.get("partner"), str) else everyone,
            )
            for row in records(dates)
        ]
    if isinstance(dates, Mapping):
        return [(str(name), _day(value), everyone) for name, value in dates.items()]
    values: Iterable[Any] = [dates] if isinstance(dates, (str, date)) else dates
    return [(_day(value).isoformat(), _day(value), everyone) for value in values]


def _day(value: Any) -> date:
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if hasattr(value, "astype"):
        return date.fromisoformat(str(value)[:10])
    when = edtf.parse(value)
    if when.start is None or when.start != when.end:
        raise ValueError(f"{value!r} is not one day; give the day of the event, as 2022-08-02")
    return when.start


def _span(day: date, offset: int, unit: str) -> tuple[Any, Any]:
    """First and last day of a period counted from the event's."""
    import pandas as pd

    start = pd.Timestamp(day)
    if unit == "month":
        period = start.to_period("M") + offset
        return period.start_time, period.end_time.normalize()
    width = 1 if unit == "day" else 7
    first = start + pd.Timedelta(days=width * offset)
    return first, first + pd.Timedelta(days=width - 1)
