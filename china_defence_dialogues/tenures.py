"""Who held a post on a date: one, several, none, or unknown.

Tenures with open or coarse bounds are not rounded: a day that lies only between what is proven and what is
possible is answered `unknown`, with the candidates. `none` is said only of a recorded vacancy, and of days before the post was created or after it was abolished.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from . import edtf


class Spell(NamedTuple):
    """One tenure with its proven and its possible bounds."""

    person: str
    post: str
    acting: bool
    source: str
    earliest: date | None
    """First day on which the person may have held the post; None: no bound known."""
    proven_from: date
    proven_to: date
    latest: date | None
    """Last day on which the person may have held the post; None: no bound known."""

    def proves(self, first: date, last: date) -> bool:
        return self.proven_from <= last and self.proven_to >= first and self.proven_from <= self.proven_to

    def allows(self, first: date, last: date) -> bool:
        return (self.earliest is None or self.earliest <= last) and (self.latest is None or self.latest >= first)


def spell(
    person: str,
    post: str,
    *,
    start: str | None,
    end: str | None,
    first_seen: str | None,
    last_seen: str | None,
    acting: bool,
    source: str,
) -> Spell:
    """A spell from the EDTF dates of a tenure record."""
    lower = edtf.parse(start or first_seen or "")
    upper = edtf.parse(end or last_seen or "")
    if lower.end is None or lower.start is None or upper.start is None or upper.end is None:
        raise ValueError("bounds of a tenure must be dates, not open intervals")
    point = first_seen == last_seen and not (start or end)
    return Spell(
        person=person,
        post=post,
        acting=acting,
        source=source,
        earliest=lower.start if start else None,
        proven_from=lower.start if point else lower.end,
        proven_to=upper.end if point else upper.start,
        latest=upper.end if end else None,
    )


def outside_life(post: str, established: str | None, abolished: str | None) -> list[tuple[str, date, date]]:
    """Times before a post was created and after it was abolished, in the form of vacancies."""
    spans = []
    first = edtf.parse(established).start if established else None
    last = edtf.parse(abolished).end if abolished else None
    if first is not None and first > date.min:
        spans.append((post, date.min, first - timedelta(days=1)))
    if last is not None and last < date.max:
        spans.append((post, last + timedelta(days=1), date.max))
    return spans


@dataclass(frozen=True)
class Holding:
    """The answer to who held a post."""

    answer: Literal["one", "several", "none", "unknown"]
    holders: tuple[Spell, ...]
    """Proven holders; for `unknown`, the candidates."""


class TenureIndex:
    """Spells and vacancies by post."""

    def __init__(self, spells: Iterable[Spell], vacancies: Iterable[tuple[str, date, date]] = ()) -> None:
        self._spells: dict[str, list[Spell]] = defaultdict(list)
        self._by_person: dict[tuple[str, str], list[Spell]] = defaultdict(list)
        self._vacancies: dict[str, list[tuple[date, date]]] = defaultdict(list)
        for item in spells:
            self._spells[item.post].append(item)
            self._by_person[(item.person, item.post)].append(item)
        for post, first, last in vacancies:
            self._vacancies[post].append((first, last))

    def who_held(self, post: str, first: date, last: date | None = None) -> Holding:
        """Holders of a post on a day, or at any time from `first` to `last`."""
        last = last or first
        spells = self._spells.get(post, ())
        proven = tuple(item for item in spells if item.proves(first, last))
        if proven:
            return Holding("one" if len({item.person for item in proven}) == 1 else "several", proven)
        if any(start <= first and last <= end for start, end in self._vacancies.get(post, ())):
            return Holding("none", ())
        return Holding("unknown", tuple(item for item in spells if item.allows(first, last)))

    def may_have_held(self, person: str, post: str, first: date, last: date) -> bool:
        """False only where the recorded tenures rule it out, or there is none."""
        return any(item.allows(first, last) for item in self._by_person.get((person, post), ()))

    def overlaps(self, post: str) -> list[tuple[Spell, Spell]]:
        """Pairs of people proven to hold the post at once for more than a day, acting holders aside."""
        spells = sorted(
            (item for item in self._spells.get(post, ()) if not item.acting), key=lambda item: item.proven_from
        )
        return [
            (left, right)
            for index, left in enumerate(spells)
            for right in spells[index + 1 :]
            if left.person != right.person and (min(left.proven_to, right.proven_to) - right.proven_from).days > 1
        ]
