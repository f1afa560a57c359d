"""Where they met: the city or state after `in` or `at` in the clause of the trigger, never a dateline."""

from __future__ import annotations

import re
from typing import NamedTuple

from .surfaces import Hit

_UNKNOWN = re.compile(
    r" (?:in|at|to) ((?:[A-Z][a-z'\-]+)(?: [A-Z][a-z'\-]+){0,2})(?:, ((?:[A-Z][A-Za-z.]+)(?: [A-Z][a-z]+)?))?"
)
_NOUN_PLACE = re.compile(r"([A-Z][a-z]+(?: [A-Z][a-z]+)?) $")
_NAMED = frozenset({"place", "country", "forum", "full", "body"})
"""What stands after `in` or `at` and is no unknown place; a bare family name is (`in Bali`), a full name is not."""
_CALENDAR = re.compile(
    r"^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Spring|Summer|Chinese|The|Great|International)"
)
_BEFORE = re.compile(r"\b(?:[Ii]n|[Aa]t|near|outside|hosted in) (?:the )?(?:city of )?$")


class Place(NamedTuple):
    city: str | None
    country: str | None
    span: tuple[int, int]


def state_of(hit: Hit) -> str:
    """The state that a hit names, or that its city lies in; empty for anything else."""
    return hit.value("country") or (hit.value("place") or "").partition("/")[0]


def place_of(
    flat: str, hit: Hit, clause: tuple[int, int], hits: list[Hit], reach: int = 0, window: int = 130
) -> Place | None:
    """The place nearest to a trigger within its clause."""
    found: list[tuple[int, Place]] = []
    window += max(0, reach - hit.end)
    for other in hits:
        if not clause[0] <= other.start < clause[1] or abs(other.start - hit.start) > window:
            continue
        city = other.value("place")
        country = other.value("country")
        if not city and not country:
            continue
        before = flat[max(0, other.start - 16) : other.start]
        if (
            not city
            and other.start > hit.start
            and re.search(r" (?:of|on|against|about|over|concerning) ", flat[hit.end : other.start])
        ):
            continue
        if (
            not _BEFORE.search(before)
            and not (before.endswith("in ") and any(one.end == other.start - 3 for one in hits))
            and not (city and re.search(r"\b(?:delegation|travel|go|come|fly|team) to $", before))
            and not (city and hit.start - 8 <= other.end <= hit.start)
        ):
            continue
        distance = other.start - hit.end if other.start > hit.end else (hit.start - other.end) * 2
        if city:
            code, _, name = city.partition("/")
            found.append((distance, Place(name, code, (other.start, other.end))))
        else:
            found.append((distance + 5, Place(None, country, (other.start, other.end))))
    for match in _UNKNOWN.finditer(flat, max(clause[0], hit.start - 60), min(clause[1], hit.end + window)):
        left = match.start(1)
        if any(other.start <= left < other.end and not _NAMED.isdisjoint(other.by_kind) for other in hits):
            continue
        if match[0].startswith(" to ") and not (
            match[2] and any(other.start == match.start(2) and other.value("country") for other in hits)
        ):
            continue
        if (
            _CALENDAR.match(match[1])
            or re.match(r"'s? [A-Za-z]", flat[match.end(1) : match.end(1) + 4])
            or re.match(
                r" (?:Summit|Forum|Dialogue|Conference|Sea|Strait|Office|Commission|Meeting|Department)",
                flat[match.end(1) : match.end(1) + 14],
            )
        ):
            continue
        country = next(
            (
                other.value("country")
                for other in hits
                if match[2] and other.start == match.start(2) and other.value("country")
            ),
            None,
        )
        distance = abs(left - hit.end) + 3
        if distance < window:
            found.append((distance, Place(match[1], country, (left, match.end(2) if match[2] else match.end(1)))))
    if flat[hit.start : hit.end].lower().startswith("summit"):
        match2 = _NOUN_PLACE.search(flat, max(clause[0], hit.start - 24), hit.start)
        if (
            match2
            and not _CALENDAR.match(match2[1])
            and match2[1].split()[-1] not in ("Leaders", "Security", "Economic", "Cooperation")
        ):
            known = next(
                (other.value("place") for other in hits if other.start == match2.start(1) and other.value("place")),
                None,
            )
            if not any(
                other.start <= match2.start(1) < other.end
                and (other.values("forum") or other.values("body") or other.values("full"))
                for other in hits
            ):
                code, _, name = known.partition("/") if known else ("", "", match2[1])
                found.append((0, Place(name, code or None, (match2.start(1), match2.end(1)))))
    if not found:
        return None
    best = min(found, key=lambda item: item[0])[1]
    if best.country is None:
        nearby = [
            other.value("country") for other in hits if other.value("country") and 0 <= other.start - best.span[1] <= 4
        ]
        best = best._replace(country=nearby[0] if nearby else None)
    return best
