"""Dates in the part of Extended Date/Time Format level 1 that the records use.

Accepted: `2024`, `2024-04`, `2024-04-16`; unspecified parts `1999-XX`, `1999-04-XX`, `1999-XX-XX`;
a closing qualifier `?` (uncertain), `~` (approximate) or `%` (both); intervals `a/b`; and intervals
open at one end, `a/..` and `../b`. All else (times, seasons, years of other than four digits,
decades, sets, `a/`) is refused, with the reason.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from .errors import FormatError

Precision = Literal["day", "month", "year"]
_COARSENESS: dict[Precision, int] = {"day": 0, "month": 1, "year": 2}
_POINT = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<qualifier>[?~%])?")


class Edtf(NamedTuple):
    """One parsed expression: the days it may cover, and how sure it is of them."""

    text: str
    start: date | None
    """First day; None where the interval is open at its start."""
    end: date | None
    """Last day; None where the interval is open at its end."""
    precision: Precision
    """Precision of the coarser end that is stated: day, month or year."""
    uncertain: bool
    approximate: bool
    open: Literal["none", "start", "end"]
    is_interval: bool

    def overlaps(self, start: date | None, end: date | None) -> bool:
        """Whether some day lies both in this expression and in [start, end] (None: unbounded)."""
        return not (
            (self.end is not None and start is not None and self.end < start)
            or (self.start is not None and end is not None and self.start > end)
        )


@lru_cache(maxsize=65536)
def parse(text: str) -> Edtf:
    """Parse an EDTF expression of the accepted subset.

    Raises FormatError (a ValueError) that says what is wrong and how to mend it.
    """
    if not isinstance(text, str):
        raise FormatError(f"a date must be text, got {text!r}; put it in quotes")
    if "/" not in text:
        return _point(text, text)
    left, _, right = text.partition("/")
    if "/" in right or not left or not right:
        raise FormatError(f"{text!r} is not an interval of two dates; write 'a/b', 'a/..' or '../b'")
    if left == ".." and right == "..":
        raise FormatError(f"{text!r} is open at both ends and says nothing; leave the date out")
    first = None if left == ".." else _point(left, text)
    last = None if right == ".." else _point(right, text)
    ends = [point for point in (first, last) if point is not None]
    start = first.start if first else None
    end = last.end if last else None
    if start and end and end < start:
        raise FormatError(f"{text!r} ends before it starts; swap the two dates")
    return Edtf(
        text=text,
        start=start,
        end=end,
        precision=max((point.precision for point in ends), key=_COARSENESS.__getitem__),
        uncertain=any(point.uncertain for point in ends),
        approximate=any(point.approximate for point in ends),
        open="start" if first is None else "end" if last is None else "none",
        is_interval=True,
    )


def _point(text: str, whole: str) -> Edtf:
    match = _POINT.fullmatch(text)
    if match is None:
        raise FormatError(f"{whole!r} is not a date of the EDTF subset; {_advice(text)}")
    year, month, day, qualifier = match.group("year", "month", "day", "qualifier")
    if month == "XX" and day not in (None, "XX"):
        raise FormatError(f"{whole!r} names a day of an unknown month; write '{year}' or '{year}-XX-XX'")
    try:
        start, end, precision = _bounds(int(year), month, day)
    except ValueError as error:
        raise FormatError(f"{whole!r} is no day of the calendar ({error}); correct it") from None
    return Edtf(
        text=text,
        start=start,
        end=end,
        precision=precision,
        uncertain=qualifier in ("?", "%"),
        approximate=qualifier in ("~", "%"),
        open="none",
        is_interval=False,
    )


def _bounds(year: int, month: str | None, day: str | None) -> tuple[date, date, Precision]:
    if month is None or month == "XX":
        return date(year, 1, 1), date(year, 12, 31), "year"
    first = date(year, int(month), 1)
    if day is None or day == "XX":
        return first, first.replace(day=monthrange(year, first.month)[1]), "month"
    exact = first.replace(day=int(day))
    return exact, exact, "day"


def _advice(text: str) -> str:
    if "T" in text or ":" in text:
        return "times are not kept, write the day alone, as 2024-04-16"
    if re.fullmatch(r"[0-9]{1,3}X{1,3}", text):
        return "write a decade or century as an interval, as 1990/1999"
    if re.fullmatch(r"[0-9]{4}-(2[1-9]|3[0-9]|4[01])", text):
        return "write a season as an interval of months, as 2024-03/2024-05"
    if re.fullmatch(r"[0-9]{8}", text):
        return f"write {text[:4]}-{text[4:6]}-{text[6:]}"
    return "write YYYY, YYYY-MM, YYYY-MM-DD, an interval a/b, a/.. or ../b, with ?, ~ or % at the end if unsure"
