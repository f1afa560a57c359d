"""Who is mentioned: persons, offices, bodies and states, each with its side.

A mention is a chain such as `Chinese · Defence Minister · Li Shangfu` or `National Security Advisor · Jake Sullivan`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest

from .actors import COUNTERPART, SUCCESSION, WEAK_CLASSES, Actor, side_of
from .lexicon import Lexicon
from .named import GIVEN, person_after_office, person_at, unknown_name, with_families
from .registry import Registry
from .surfaces import Hit
from .text import Document

_JOINS = re.compile(r"(?:'s new|'s| of the| of| for the| for| to the| the|,? and|,| in the| from the| from)? ?")
_MAX_JOIN = 12
"""Longest stretch between the parts of one mention."""
_PLURAL = re.compile(
    r"(?i)(?:officials|delegations?|counterparts|officers|leaders|ministers|chiefs|commanders|advisors)$"
)
_INITIAL = re.compile(r" [A-Z]\. ")
_PARTS = frozenset({"side", "country", "body", "office", "post", "person"})


def mentions(lexicon: Lexicon, registry: Registry, document: Document, hits: list[Hit]) -> list[Actor]:
    """All actors of a document, in order, none overlapping."""
    flat = document.flat
    parts = [hit for hit in hits if not _PARTS.isdisjoint(hit.by_kind)]
    parts = [
        hit for hit, following in zip_longest(parts, parts[1:]) if following is None or not _given(flat, hit, following)
    ]
    found: list[Actor] = []
    index = 0
    while index < len(parts):
        actor, index = _chain(lexicon, registry, flat, parts, index)
        if actor and (not found or actor.start >= found[-1].end):
            found.append(actor)
    found = _absorb(flat, found)
    return with_families(registry, flat, found)


@lru_cache(maxsize=1024)
def _wording(surface: str) -> tuple[bool, bool]:
    """Whether an office is told by another's (`counterpart`), and whether several people hold it (`officials`)."""
    relative = bool(COUNTERPART.search(surface) or SUCCESSION.search(surface))
    return relative, bool(_PLURAL.search(surface))


def _given(flat: str, hit: Hit, following: Hit) -> bool:
    """`Joseph R. Biden`: a given name that is somebody else's family name."""
    return (
        following.start - hit.end == 4
        and "person" in hit.by_kind
        and "full" not in hit.by_kind
        and "person" in following.by_kind
        and bool(_INITIAL.match(flat, hit.end))
    )


def _chain(lexicon: Lexicon, registry: Registry, flat: str, parts: list[Hit], index: int) -> tuple[Actor | None, int]:
    """One mention: sides and offices that run together, up to the first name."""
    first, begun = parts[index], index
    side: str | None = None
    classes: set[str] = set()
    office_start = office_end = -1
    position = first.start
    start = first.start
    counterpart = plural = False
    while index < len(parts):
        hit = parts[index]
        gap = flat[position : hit.start]
        ids = hit.values("person")
        if ids and hit.start > start and GIVEN.fullmatch(gap):
            return person_at(registry, flat, hit, list(ids), start, side, classes, office_start, office_end), index + 1
        if hit.start > start and (len(gap) > _MAX_JOIN or not _JOINS.fullmatch(gap)):
            break
        if (
            (gap.strip(" ") in (",", "and", ", and"))
            and hit.start > start
            and not _same_person(flat, parts, index, office_end)
        ):
            break
        if ids:
            return person_at(registry, flat, hit, list(ids), start, side, classes, office_start, office_end), index + 1
        offices = hit.values("classes")
        here = (
            hit.value("side")
            or hit.value("country")
            or hit.value("body")
            or (hit.value("post_side") if side is None else None)
        )
        if not offices and here is None:
            break
        if offices:
            if office_start < 0:
                office_start = hit.start
            office_end = hit.end
            classes.update(offices)
            surface = flat[hit.start : hit.end]
            relative, several = _wording(surface)
            counterpart |= relative
            plural |= several
        if here is not None:
            if side is not None and side != here and not offices:
                break
            side = side or here
        position = hit.end
        index += 1
        if offices and (name := unknown_name(lexicon, flat, hit.end, parts, index)):
            left, right, text = name
            side = side_of(side, classes)
            return person_after_office(registry, flat, left, right, text, start, side, classes, office_start), _skip(
                parts, index, right
            )
    index = max(index, begun + 1)
    side = side_of(side, classes)
    kind = "counterpart" if counterpart else "office" if classes else "side"
    if kind == "office" and side is None and classes <= WEAK_CLASSES:
        return None, index
    office = flat[office_start:office_end] if office_start >= 0 else None
    return Actor(start, position, kind, side, None, None, frozenset(classes), office, plural), index


def _same_person(flat: str, parts: list[Hit], index: int, office_end: int) -> bool:
    """`Politburo Member, Director of …, and Foreign Minister Wang Yi`: offices in a list that ends in one name."""
    if office_end < 0:
        return False
    hit = parts[index]
    if not any(entry.kind in ("office", "post") for entry in hit.entries):
        return False
    surface = flat[hit.start : hit.end].lower()
    previous = flat[max(0, office_end - 30) : office_end].lower()
    return not _PLURAL.search(surface) and (
        "member" in previous
        or "director" in previous
        or "councilor" in previous
        or ("secretary" not in surface and "minister" in surface and "minister" not in previous)
    )


def _skip(parts: list[Hit], index: int, end: int) -> int:
    while index < len(parts) and parts[index].start < end:
        index += 1
    return index


def _absorb(flat: str, found: list[Actor]) -> list[Actor]:
    """Neighbours that are one mention become one."""
    kept: list[Actor] = []
    for actor in found:
        one = _as_one(flat, kept[-1], actor) if kept else None
        if one is None:
            kept.append(_of_both(flat, kept[-1], actor) if kept else actor)
        else:
            kept[-1] = one
    return kept


def _of_both(flat: str, last: Actor, actor: Actor) -> Actor:
    """`Officials from Washington and Beijing`: the second state's are officials too."""
    shared = (
        last.plural
        and actor.kind == "side"
        and flat[last.end : actor.start] == " and "
        and " from " in flat[last.start : last.end]
    )
    return replace(last, start=actor.start, end=actor.end, side=actor.side) if shared else actor


def _as_one(flat: str, last: Actor, actor: Actor) -> Actor | None:
    """`Xi Jinping of the People's Republic of China`, `Milley, chairman of the Joint Chiefs of Staff,`: one mention."""
    gap = flat[last.end : actor.start]
    pair = (last.kind, actor.kind)
    if actor.kind == "side" and (
        gap in (" of the ", " of ") or (last.kind != "person" and gap in (" from ", " from the "))
    ):
        if last.kind in ("person", "office", "counterpart"):
            return replace(last, end=actor.end, side=last.side or actor.side)
    elif pair == ("person", "office") and gap in (", ", ", the ") and flat[actor.end : actor.end + 1] in (",", "."):
        return replace(last, end=actor.end, classes=last.classes | actor.classes, office=last.office or actor.office)
    elif (pair == ("counterpart", "person") and gap in (" ", ", ")) or (
        last.kind == "person" and gap in ("'s ", "' ") and SUCCESSION.search(flat, actor.start, actor.end)
    ):
        return replace(actor, start=last.start, side=actor.side or last.side)
    elif pair == ("office", "person") and gap == ", " and not last.plural and last.classes - WEAK_CLASSES:
        side, classes = actor.side or last.side, actor.classes | last.classes
        return replace(actor, start=last.start, side=side, classes=classes, office=last.office)
    return None
