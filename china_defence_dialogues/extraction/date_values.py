"""What date expressions mean.

First an underspecified value ("14 July", "last June", "Tuesday"), then, with the tense of the clause, a date anchored
on the day of publication. Without that day only absolute dates get a value.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Tense = Literal["past", "future", "unknown"]

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_MONTH_RE = re.compile(r"\b(" + "|".join(_NAMES) + r")[a-z]*\.?", re.IGNORECASE)
_DAYS_RE = re.compile(r"\b([0-3]?[0-9])(?:st|nd|rd|th)?\b")
_YEAR_RE = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(slots=True)
class DateValue:
    """What an expression means once anchored."""

    edtf: str
    start: date
    end: date
    precision: Literal["day", "month", "year"]


@dataclass(slots=True)
class DateHit:
    """One expression in a text."""

    start: int
    end: int
    rule: str
    surface: str

    @property
    def absolute(self) -> bool:
        return bool(_YEAR_RE.search(self.surface)) and self.rule != "ago"

    def value(self, published: date | None, tense: Tense = "unknown") -> DateValue | None:
        """The date meant, or None where none can be said."""
        try:
            return _value(self, published, tense)
        except (ValueError, OverflowError):
            return None


def _value(hit: DateHit, published: date | None, tense: Tense) -> DateValue | None:
    low = hit.surface.lower()
    if hit.rule == "iso":
        day = date.fromisoformat(low)
        return _days(day, day)
    year = _year_of(low, published)
    if hit.rule in ("month_day", "day_month"):
        return _calendar_day(low, year, published, tense)
    if hit.rule in ("month", "month_year"):
        return _calendar_month(low, year, published, tense)
    if hit.rule == "year":
        return _years(year) if year else None
    if published is None and not (hit.rule == "season" and year):
        return None
    if hit.rule == "season":
        return _season(low, year, published, tense)
    assert published is not None
    return {"weekday": _weekday, "deictic": _deictic, "unit": _unit, "ago": _ago}[hit.rule](low, published, tense)


def _year_of(low: str, published: date | None) -> int | None:
    if found := _YEAR_RE.search(low):
        return int(found[0])
    if published is None:
        return None
    if "last year" in low:
        return published.year - 1
    return published.year if "this year" in low else None


def _calendar_day(low: str, year: int | None, published: date | None, tense: Tense) -> DateValue | None:
    months = [_NAMES.index(found[1].lower()) + 1 for found in _MONTH_RE.finditer(low)]
    bare = _YEAR_RE.sub("", low)
    days = [int(found[1]) for found in _DAYS_RE.finditer(bare)]
    if not months or not days:
        return None
    if year is None:
        if published is None:
            return None
        year = _nearest_year(months[0], days[0], published, tense)
    first = date(year, months[0], days[0])
    last = date(year, months[-1], days[1]) if len(days) > 1 and days[1] else first
    return _days(first, last) if first <= last else _days(first, first)


def _nearest_year(month: int, day: int, published: date, tense: Tense) -> int:
    """The year that makes the day nearest to publication, on the side the tense asks for."""
    slack = timedelta(days=1)
    choices = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            choice = date(year, month, day)
        except ValueError:
            continue
        if tense == "past" and choice > published + slack:
            continue
        if tense == "future" and choice < published - slack:
            continue
        choices.append(choice)
    return min(choices, key=lambda choice: abs((choice - published).days)).year if choices else published.year


def _calendar_month(low: str, year: int | None, published: date | None, tense: Tense) -> DateValue | None:
    found = _MONTH_RE.search(low)
    if not found or "that year" in low:
        return None
    month = _NAMES.index(found[1].lower()) + 1
    if year is None:
        if published is None:
            return None
        year = published.year
        if low.startswith("next ") or (tense == "future" and not low.startswith("last ")):
            year += month < published.month
        elif low.startswith("last "):
            year -= month >= published.month
        elif not low.startswith("this ") or "past" in low:
            year -= month > published.month
    return _months(year, month)


def _weekday(low: str, published: date, tense: Tense) -> DateValue:
    wanted = next(index for index, name in enumerate(_WEEKDAYS) if re.search(rf"\b{name}", low))
    ahead = (wanted - published.weekday()) % 7
    if tense == "future" or low.startswith(("next", "this coming")):
        day = published + timedelta(days=ahead or 7 * low.startswith("next"))
    elif low.startswith("last") and ahead == 0:
        day = published - timedelta(days=7)
    else:
        day = published - timedelta(days=(-ahead) % 7)
    return _days(day, day)


def _deictic(low: str, published: date, tense: Tense) -> DateValue:
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(low, 0)
    day = published + timedelta(days=shift)
    return _days(day, day)


def _unit(low: str, published: date, tense: Tense) -> DateValue | None:
    unit = low.rsplit(" ", 1)[1]
    step = -1 if re.search(r"\blast\b", low) else 1 if re.search(r"\bnext\b", low) else 0
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
        first, last = monday, monday + timedelta(days=6)
        if step == 0 and low.startswith("earlier"):
            last = published
        if step == 0 and low.startswith("later"):
            first = published
        return _days(first, last)
    if unit == "weekend":
        sunday = published - timedelta(days=(published.weekday() + 1) % 7)
        if tense == "future" and step >= 0:
            sunday = published + timedelta(days=(6 - published.weekday()) % 7)
        return _days(sunday - timedelta(days=1), sunday)
    if unit in ("month", "year") and step == 0 and low.startswith(("later", "earlier")):
        whole = _months(published.year, published.month) if unit == "month" else _years(published.year)
        return _days(published, whole.end) if low.startswith("later") else _days(whole.start, published)
    if unit == "month":
        index = published.year * 12 + published.month - 1 + step
        return _months(index // 12, index % 12 + 1)
    if unit == "year":
        return _years(published.year + step)
    if unit in _SEASONS:
        return _season(low, published.year + step, published, tense)
    return None


def _season(low: str, year: int | None, published: date | None, tense: Tense) -> DateValue | None:
    name = next((season for season in _SEASONS if season in low), None)
    if name is None:
        return None
    first, last = _SEASONS[name]
    if year is None:
        assert published is not None
        year = published.year
        if tense == "past" and first > published.month:
            year -= 1
        elif tense != "past" and last < published.month:
            year += 1
    return DateValue(
        f"{year:04d}-{first:02d}/{year:04d}-{last:02d}", date(year, first, 1), _last_day(year, last), "month"
    )


def _ago(low: str, published: date, tense: Tense) -> DateValue | None:
    number, unit, _ = low.split(" ")
    count = _NUMBERS.get(number) or int(number)
    if unit.startswith("day"):
        day = published - timedelta(days=count)
        return _days(day, day)
    if unit.startswith("week"):
        middle = published - timedelta(weeks=count)
        return _days(middle - timedelta(days=3), middle + timedelta(days=3))
    if unit.startswith("month"):
        index = published.year * 12 + published.month - 1 - count
        return _months(index // 12, index % 12 + 1)
    return _years(published.year - count)


def _days(first: date, last: date) -> DateValue:
    text = first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
    return DateValue(text, first, last, "day")


def month_of(day: date) -> DateValue:
    """The month of a day."""
    return _months(day.year, day.month)


def _months(year: int, month: int) -> DateValue:
    return DateValue(f"{year:04d}-{month:02d}", date(year, month, 1), _last_day(year, month), "month")


def _years(year: int) -> DateValue:
    return DateValue(f"{year:04d}", date(year, 1, 1), date(year, 12, 31), "year")


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
