"""Who is mentioned: persons, offices, bodies and states, each with its side.

A mention is a chain such as `Chinese · Defence Minister · Li Shangfu` or `National Security Advisor · Jake Sullivan`.
People whom the tables do not know are kept as reported: a name is what follows an office, or what the document calls
"Mr" after naming it once.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from ..vocab import CHINA
from .lexicon import Hit, Lexicon, fold
from .registry import Person, Registry
from .text import Document

_JOINS = re.compile(r"(?:'s new|'s| of the| of| for the| for| to the| the|,? and|,| in the| from the| from)? ?")
_GIVEN = re.compile(r"(?: [A-Z][A-Za-z'\-]*\.?){1,3} ")
_NAME = re.compile(r"(?: [A-Z][A-Za-z'\-]+| [A-Z]\.| Jr\.?| \"[A-Z]{1,4}\")+")
_LONG_TITLE = re.compile(r"(?: (?:of the|of|for the|for|and the|and|on|the|to the)(?= [A-Z])| [A-Z][A-Za-z'\-]+){2,40}")
_HONORIFIC = re.compile(r"(?:Mr|Mrs|Ms|Dr|Sir|Gen|General|Adm|Admiral|Senator|Sen|Lt-Col)\.? $")
COUNTERPART = re.compile(r"(?i)\bcounterparts?\b")
SUCCESSION = re.compile(r"(?i)\b(?:predecessor|successor)\b")
_PLURAL = re.compile(
    r"(?i)(?:officials|delegations?|counterparts|officers|leaders|ministers|chiefs|commanders|advisors)$"
)
_WEAK_CLASSES = frozenset({"other"})
PRC_ONLY = frozenset({"party_foreign_affairs", "supreme_command"})
"""Classes of office that only the PRC has."""
CLASS_GROUPS = (
    frozenset({"national_security_adviser", "party_foreign_affairs"}),
    frozenset({"foreign_minister", "party_foreign_affairs"}),
    frozenset({"head_of_state"}),
    frozenset({"head_of_government"}),
    frozenset({"defence_minister"}),
    frozenset({"chief_of_defence"}),
)
"""Offices that two states count as counterparts of each other."""
_PARTS = frozenset({"side", "country", "body", "office", "post", "person"})


@dataclass(frozen=True)
class Actor:
    """One mention of one party."""

    start: int
    end: int
    kind: str
    """person, office, counterpart, or side (a state or body as such)."""
    side: str | None
    name: str | None = None
    """Full name, or the name as reported; None for offices and states."""
    person_id: str | None = None
    classes: frozenset[str] = frozenset()
    office: str | None = None
    """Office as the text writes it."""
    plural: bool = False

    @property
    def key(self) -> str:
        return self.person_id or fold(self.name or "") or f"{self.kind}:{self.side}:{','.join(sorted(self.classes))}"


def mentions(lexicon: Lexicon, registry: Registry, document: Document, hits: list[Hit]) -> list[Actor]:
    """All actors of a document, in order, none overlapping."""
    flat = document.flat
    parts = [hit for hit in hits if not _PARTS.isdisjoint(hit.by_kind)]
    found: list[Actor] = []
    index = 0
    while index < len(parts):
        actor, index = _chain(lexicon, registry, flat, parts, index)
        if actor and (not found or actor.start >= found[-1].end):
            found.append(actor)
    found = _absorb(flat, found)
    return _with_families(registry, flat, found)


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
        if ids and hit.start > start and _GIVEN.fullmatch(gap):
            return _person(registry, flat, hit, list(ids), start, side, classes, office_start, office_end), index + 1
        if hit.start > start and (len(gap) > 12 or not _JOINS.fullmatch(gap)):
            break
        if (
            (gap.strip(" ") in (",", "and", ", and"))
            and hit.start > start
            and not _same_person(flat, parts, index, office_end)
        ):
            break
        if ids:
            return _person(registry, flat, hit, list(ids), start, side, classes, office_start, office_end), index + 1
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
            counterpart |= bool(COUNTERPART.search(surface) or SUCCESSION.search(surface))
            plural |= bool(_PLURAL.search(surface))
        if here is not None:
            if side is not None and side != here and not offices:
                break
            side = side or here
        position = hit.end
        index += 1
        if offices and (name := _unknown_name(lexicon, flat, hit.end, parts, index)):
            left, right, text = name
            side = _side_of(side, classes)
            return _named(registry, flat, left, right, text, start, side, classes, office_start), _skip(
                parts, index, right
            )
    index = max(index, begun + 1)
    if side is None and classes & PRC_ONLY:
        side = CHINA
    kind = "counterpart" if counterpart else "office" if classes else "side"
    if kind == "office" and side is None and classes <= _WEAK_CLASSES:
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


def _unknown_name(lexicon: Lexicon, flat: str, end: int, parts: list[Hit], index: int) -> tuple[int, int, str] | None:
    """The name that follows an office directly, or at the end of a long title."""
    if index < len(parts) and parts[index].start <= end + 2 and not flat[end : parts[index].start].strip(" ,"):
        return None
    following = parts[index] if index < len(parts) else None
    if following and following.values("person") and _GIVEN.fullmatch(flat[end : following.start]):
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


def _person(
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
    side = _side_of(side, classes)
    office = flat[office_start:office_end] if office_start >= 0 else None
    full = list(hit.values("full"))
    if not full and classes and (own := registry.by_family(surface, classes)):
        return _actor(own, start, hit.end, classes, office)
    if not full and classes - _WEAK_CLASSES:
        name, person_id = registry.resolve_family(surface, side, frozenset(classes), ids)
        if person_id:
            return _actor(
                registry.add(name, registry.lexicon.people[person_id]["country"], person_id, classes),
                start,
                hit.end,
                classes,
                office,
            )
    longer = re.compile(r"(?: [A-Z][a-z]+)").match(flat, hit.end)
    if full:
        person = registry.add(surface, side, registry._choose(full), classes)
        return _actor(person, start, hit.end, classes, office)
    if (
        longer
        and fold(longer[0].strip()) not in registry.lexicon.office_words
        and not flat[hit.start - 1 : hit.start].isalpha()
    ):
        name = surface + longer[0]
        if fold(name) not in registry.lexicon.entries and (classes or side):
            person = registry.add(name, side or registry.home, None, classes)
            return _actor(person, start, hit.end + len(longer[0]), classes, office)
    supported = bool(classes) or bool(_HONORIFIC.search(flat[max(0, hit.start - 12) : hit.start]))
    if not supported and not _common(flat, surface):
        return None
    if registry.by_family(surface):
        person = registry.by_family(surface, classes) or Person(surface, side, None, set(), surface)
        return _actor(person, start, hit.end, classes, office)
    if not supported:
        return None
    name, person_id = registry.resolve_family(surface, side, frozenset(classes), ids)
    known = registry.lexicon.people.get(person_id or "")
    countries = {registry.lexicon.people[one]["country"] for one in ids}
    if side is None and len(countries) == 1:
        side = min(countries)
    person = registry.add(name, known["country"] if known else side or registry.home, person_id, classes)
    return _actor(person, start, hit.end, classes, office)


def _named(
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
        return _actor(person, start, right, classes, office)
    person = registry.add(text, side or registry.home, None, classes)
    return _actor(person, start, right, classes, office)


def _side_of(side: str | None, classes: set[str]) -> str | None:
    return CHINA if side is None and classes & PRC_ONLY else side


def _actor(person: Person, start: int, end: int, classes: set[str], office: str | None) -> Actor:
    person.classes |= classes
    return Actor(start, end, "person", person.side, person.name, person.person_id, frozenset(person.classes), office)


def _absorb(flat: str, found: list[Actor]) -> list[Actor]:
    """`Xi Jinping of the People's Republic of China`, `Milley, chairman of the Joint Chiefs of Staff,`: one mention."""
    kept: list[Actor] = []
    for actor in found:
        last = kept[-1] if kept else None
        if last and last.kind == "person" and actor.kind in ("side", "office"):
            gap = flat[last.end : actor.start]
            if actor.kind == "side" and gap in (" of the ", " of "):
                kept[-1] = replace(last, end=actor.end, side=last.side or actor.side)
                continue
            if actor.kind == "office" and gap in (", ", ", the ") and flat[actor.end : actor.end + 1] in (",", "."):
                kept[-1] = replace(
                    last, end=actor.end, classes=last.classes | actor.classes, office=last.office or actor.office
                )
                continue
        if (
            last
            and last.kind == "person"
            and flat[last.end : actor.start] in ("'s ", "' ")
            and SUCCESSION.search(flat, actor.start, actor.end)
        ):
            kept[-1] = replace(actor, start=last.start, side=actor.side or last.side)
            continue
        if (
            last
            and last.kind == "counterpart"
            and actor.kind == "person"
            and flat[last.end : actor.start] in (" ", ", ")
        ):
            kept[-1] = replace(actor, start=last.start, side=actor.side or last.side)
            continue
        if (
            last
            and last.kind == "office"
            and actor.kind == "person"
            and not last.plural
            and last.classes - _WEAK_CLASSES
            and flat[last.end : actor.start] == ", "
        ):
            kept[-1] = replace(
                actor,
                start=last.start,
                side=actor.side or last.side,
                classes=actor.classes | last.classes,
                office=last.office,
            )
            continue
        if (
            last
            and last.kind in ("office", "counterpart")
            and actor.kind == "side"
            and flat[last.end : actor.start] in (" of the ", " of ", " from ", " from the ")
        ):
            kept[-1] = replace(last, end=actor.end, side=last.side or actor.side)
            continue
        kept.append(actor)
    return kept


def _with_families(registry: Registry, flat: str, found: list[Actor]) -> list[Actor]:
    """Add bare family names of people that the document names elsewhere."""
    families = [family for family in registry.families if len(family) > 1]
    if not families:
        return found
    pattern = re.compile(
        r"\b(?:" + "|".join(re.escape(family) for family in sorted(families, key=len, reverse=True)) + r")\b"
    )
    starts = [actor.start for actor in found]
    extra: list[Actor] = []
    for match in pattern.finditer(flat, registry.document.body):
        at = bisect_left(starts, match.end())
        if at and found[at - 1].end > match.start():
            continue
        before = flat[max(0, match.start() - 12) : match.start()]
        after = flat[match.end() : match.end() + 2]
        honorific = bool(_HONORIFIC.search(before))
        if not honorific and (
            (re.search(r"[A-Z][a-z]+ $", before) and not before.rstrip().endswith(("The", "And", "But")))
            or re.match(r" [A-Z]", after)
        ):
            full = _full_name(registry, flat, match)
            if full:
                extra.append(full)
            continue
        person = registry.by_family(match[0])
        if person and (honorific or _common(flat, match[0])):
            extra.append(_actor(person, match.start(), match.end(), set(), None))
    return sorted([*found, *extra], key=lambda actor: actor.start) if extra else found


def _full_name(registry: Registry, flat: str, match: re.Match[str]) -> Actor | None:
    """A full name of the registry around a family name, without an office."""
    for key in registry.families.get(match[0], ()):
        person = registry.people[key]
        for offset in sorted({person.name.find(match[0]), person.name.rfind(match[0])}):
            left = match.start() - offset
            if left >= 0 and flat.startswith(person.name, left):
                return _actor(person, left, left + len(person.name), set(), None)
    return None


@lru_cache(maxsize=64)
def _common(flat: str, family: str) -> bool:
    """False for family names that the document also uses as an ordinary word."""
    return not re.search(rf"[ \n(\"]{re.escape(family.lower())}[ ,.'\n]", flat)


def person_posts(lexicon: Lexicon, actor: Actor, on: date | None) -> frozenset[str]:
    """Classes of office of a mention: as written, or as the tenures say."""
    strong = actor.classes - _WEAK_CLASSES
    if strong or not actor.person_id:
        return strong
    post = lexicon.post_of(actor.person_id, on)
    return frozenset({post.office_class}) if post else frozenset()
