"""Persons by name: known ones, ones that only the document knows, and bare family names.

People whom the tables do not know are kept as reported: a name is what follows an office, or what the document calls
"Mr" after naming it once.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from .actors import WEAK_CLASSES, Actor, actor_of, side_of
from .lexicon import Lexicon
from .registry import Person, Registry
from .surfaces import Hit, fold

GIVEN = re.compile(r"(?: [A-Z][A-Za-z'\-]*\.?){1,3} ")
_NAME = re.compile(r"(?: [A-Z][A-Za-z'\-]+| [A-Z]\.| Jr\.?| \"[A-Z]{1,4}\")+")
_LONG_TITLE = re.compile(r"(?: (?:of the|of|for the|for|and the|and|on|the|to the)(?= [A-Z])| [A-Z][A-Za-z'\-]+){2,40}")
_SECOND_NAME = re.compile(r" [A-Z][a-z]+")
_HONORIFIC = re.compile(r"(?:Mr|Mrs|Ms|Dr|Sir|Gen|General|Adm|Admiral|Senator|Sen|Lt-Col)\.? $")


def unknown_name(lexicon: Lexicon, flat: str, end: int, parts: list[Hit], index: int) -> tuple[int, int, str] | None:
    """The name that follows an office directly, or at the end of a long title."""
    if index < len(parts) and parts[index].start <= end + 2 and not flat[end : parts[index].start].strip(" ,"):
        return None
    following = parts[index] if index < len(parts) else None
    if following and following.values("person") and GIVEN.fullmatch(flat[end : following.start]):
        return None
    match = _NAME.match(flat, end)
    tokens = list(re.finditer(r"\S+", match[0])) if match else []
    if tokens:
        limit = parts[index].start if index < len(parts) else len(flat)
        keep = [token for token in tokens if end + token.end() <= limit]
        while keep and fold(keep[0][0]).strip("'s") in lexicon.office_words:
            keep = keep[1:]
        keep = keep[:3] if keep and len(keep) <= 4 else keep[-2:]
        if keep and not any(fold(token[0]) in lexicon.entries for token in keep):
            return _clean(flat, end + keep[0].start(), end + keep[-1].end())
    match = _LONG_TITLE.match(flat, end)
    if not match:
        return None
    title = match[0]
    if following and following.start < match.end():
        title = re.sub(
            r"(?: (?:and the|and|of the|of|for the|for|the|on|to the))+ ?$", "", flat[end : following.start]
        ).rstrip()
    tail = re.search(r"(?:^| )((?:[A-Z][A-Za-z'\-]+ ){1,8})([A-Z][A-Za-z\-]+ [A-Z][A-Za-z'\-]+)$", title)
    if not tail or any(fold(word) in lexicon.office_words or fold(word) in lexicon.entries for word in tail[2].split()):
        return None
    return _clean(flat, end + tail.start(2), end + tail.end(2))


def _clean(flat: str, left: int, right: int) -> tuple[int, int, str] | None:
    text = flat[left:right]
    if text.endswith("'s"):
        right -= 2
        text = text[:-2]
    text = text.rstrip("'")
    return (left, left + len(text), text) if len(text) > 1 and not text.startswith("I'") else None


def person_at(
    registry: Registry,
    flat: str,
    hit: Hit,
    ids: list[str],
    start: int,
    side: str | None,
    classes: set[str],
    office_start: int,
    office_end: int,
) -> Actor | None:
    surface = flat[hit.start : hit.end]
    side = side_of(side, classes)
    office = flat[office_start:office_end] if office_start >= 0 else None
    full = list(hit.values("full"))
    if not full and classes and (own := registry.by_family(surface, classes)):
        return actor_of(own, start, hit.end, classes, office)
    if not full and classes - WEAK_CLASSES:
        name, person_id = registry.resolve_family(surface, side, frozenset(classes), ids)
        if person_id:
            return actor_of(
                registry.add(name, registry.lexicon.people[person_id]["country"], person_id, classes),
                start,
                hit.end,
                classes,
                office,
            )
    longer = _SECOND_NAME.match(flat, hit.end)
    if full:
        person = registry.add(surface, side, registry._choose(full), classes)
        return actor_of(person, start, hit.end, classes, office)
    if (
        longer
        and fold(longer[0].strip()) not in registry.lexicon.office_words
        and not flat[hit.start - 1 : hit.start].isalpha()
    ):
        name = surface + longer[0]
        if fold(name) not in registry.lexicon.entries and (classes or side):
            person = registry.add(name, side or registry.home, None, classes)
            return actor_of(person, start, hit.end + len(longer[0]), classes, office)
    supported = bool(classes) or bool(_HONORIFIC.search(flat[max(0, hit.start - 12) : hit.start]))
    if not supported and not _common(flat, surface):
        return None
    if registry.by_family(surface):
        person = registry.by_family(surface, classes) or Person(surface, side, None, set(), surface)
        return actor_of(person, start, hit.end, classes, office)
    if not supported:
        return None
    name, person_id = registry.resolve_family(surface, side, frozenset(classes), ids)
    known = registry.lexicon.people.get(person_id or "")
    countries = {registry.lexicon.people[one]["country"] for one in ids}
    if side is None and len(countries) == 1:
        side = min(countries)
    person = registry.add(name, known["country"] if known else side or registry.home, person_id, classes)
    return actor_of(person, start, hit.end, classes, office)


def person_after_office(
    registry: Registry,
    flat: str,
    left: int,
    right: int,
    text: str,
    start: int,
    side: str | None,
    classes: set[str],
    office_start: int,
) -> Actor:
    """A name after an office that the tables do not hold."""
    office = flat[office_start:left].strip(" ,") if office_start >= 0 else None
    if " " not in text and (person := registry.by_family(text, classes)):
        return actor_of(person, start, right, classes, office)
    person = registry.add(text, side or registry.home, None, classes)
    return actor_of(person, start, right, classes, office)


def with_families(registry: Registry, flat: str, found: list[Actor]) -> list[Actor]:
    """Add bare family names of people that the document names elsewhere."""
    starts = [actor.start for actor in found]
    extra: list[Actor] = []
    for start, end in _standing(flat, registry):
        at = bisect_left(starts, end)
        if at and found[at - 1].end > start:
            continue
        family = flat[start:end]
        before = flat[max(0, start - 12) : start]
        after = flat[end : end + 2]
        honorific = bool(_HONORIFIC.search(before))
        if not honorific and (
            (re.search(r"[A-Z][a-z]+ $", before) and not before.rstrip().endswith(("The", "And", "But")))
            or re.match(r" [A-Z]", after)
        ):
            full = _full_name(registry, flat, start, family)
            if full:
                extra.append(full)
            continue
        person = registry.by_family(family)
        if person and (honorific or _common(flat, family)):
            extra.append(actor_of(person, start, end, set(), None))
    return sorted([*found, *extra], key=lambda actor: actor.start) if extra else found


def _standing(flat: str, registry: Registry) -> list[tuple[int, int]]:
    """Where family names of the document stand as whole words, the longest first from the left."""
    spans = []
    for family in registry.families:
        if len(family) < 2 or not family[-1].isalnum():
            continue
        start = flat.find(family, registry.document.body)
        while start >= 0:
            end = start + len(family)
            if not (flat[start - 1 : start].isalnum() or flat[end : end + 1].isalnum()):
                spans.append((start, -end))
            start = flat.find(family, end)
    kept: list[tuple[int, int]] = []
    for start, minus_end in sorted(spans):
        if not kept or start >= kept[-1][1]:
            kept.append((start, -minus_end))
    return kept


def _full_name(registry: Registry, flat: str, start: int, family: str) -> Actor | None:
    """A full name of the registry around a family name, without an office."""
    for key in registry.families.get(family, ()):
        person = registry.people[key]
        for offset in sorted({person.name.find(family), person.name.rfind(family)}):
            left = start - offset
            if left >= 0 and flat.startswith(person.name, left):
                return actor_of(person, left, left + len(person.name), set(), None)
    return None


@lru_cache(maxsize=64)
def _common(flat: str, family: str) -> bool:
    """False for family names that the document also uses as an ordinary word."""
    return not re.search(rf"[ \n(\"]{re.escape(family.lower())}[ ,.'\n]", flat)
