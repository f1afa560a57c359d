"""The one test of whether two records tell of the same contact.

Same partner, dates at most three days apart, same principals on both sides, no link between them. Validation,
review of extracted candidates, coverage and overlap with other data sets all ask here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MAX_DAYS_APART = 3


@dataclass(frozen=True)
class Contact:
    """What the test looks at in a meeting, a candidate, or a row of another data set."""

    id: str
    partners: frozenset[str]
    start: date | None
    end: date | None
    prc: frozenset[str] = frozenset()
    """Leading participants of the PRC side, by person id, folded name, or a post that one person holds at a time."""
    foreign: frozenset[str] = frozenset()
    """Leading participants of the other sides."""
    group: str = ""
    """Status group (contact, open, non_event), sessions of many apart; only like groups are the same event."""
    channel: str = ""
    """Mechanism or forum; two named channels that differ are different events."""
    linked: frozenset[str] = frozenset()
    """Ids this record is explicitly tied to."""


def keys_of(name: str | None, post: str | None, single: Container[str]) -> Iterator[str]:
    """What stands for a participant in a `Contact`: the person or name, and a post that one person holds at a time.

    The post is there so that a name that one page spells in another way does not hide that two records tell of one contact.
    """
    if name:
        yield name
    if post and post in single:
        yield post


def same_event(left: Contact, right: Contact, *, days: int = MAX_DAYS_APART) -> bool:
    """Whether two contacts are likely to be one."""
    return (
        left.group == right.group
        and bool(left.partners & right.partners)
        and right.id not in left.linked
        and left.id not in right.linked
        and _near(left, right, days)
        and _compatible(left.prc, right.prc)
        and _compatible(left.foreign, right.foreign)
        and not (left.channel and right.channel and left.channel != right.channel)
    )


def likely_duplicates(contacts: Iterable[Contact]) -> Iterator[tuple[Contact, Contact]]:
    """All pairs that `same_event` takes for one, each once; contacts without a date are left out."""
    by_partner: dict[str, list[Contact]] = defaultdict(list)
    for contact in contacts:
        if contact.start is not None:
            for partner in contact.partners:
                by_partner[partner].append(contact)
    seen: set[tuple[str, str]] = set()
    for group in by_partner.values():
        group.sort(key=lambda contact: (contact.start or date.min, contact.id))
        for index, left in enumerate(group):
            horizon = (left.end or left.start or date.min) + timedelta(days=MAX_DAYS_APART)
            for right in group[index + 1 :]:
                if right.start is not None and right.start > horizon:
                    break
                pair = (left.id, right.id)
                if pair not in seen and same_event(left, right):
                    seen.add(pair)
                    yield left, right


def _near(left: Contact, right: Contact, days: int) -> bool:
    if left.start is None or right.start is None:
        return False
    reach = timedelta(days=days)
    return left.start - reach <= (right.end or right.start) and right.start - reach <= (left.end or left.start)


def _compatible(left: frozenset[str], right: frozenset[str]) -> bool:
    """Sides agree when they share a leading person, or one of them names nobody."""
    return not left or not right or bool(left & right)
