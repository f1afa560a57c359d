"""The people of one document, and the state it speaks for."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ..vocab import CHINA
from .lexicon import Lexicon
from .surfaces import Hit, fold
from .text import Document

_AUTHOR_LINE = re.compile(r"(?m)^([A-Z][a-z]+), ([A-Z][a-z]+)$")
_MINISTERS = re.compile(r"(?m)^ministers:\s*(?:- )?(?:(?:Rt )?Hon )?([A-Z][\w'-]+(?: [A-Z][\w'-]+){1,2})$")
_HOME_REACH = 2500
"""Characters of the opening in which the state a text speaks for is looked for."""
_OPENING_WEIGHT = 3
_WEAK_CLASSES = frozenset({"other"})
_GOVERNMENT = re.compile(r"https?://[\w.-]+\.(?:gov|govt|mil)(?:\.([a-z]{2}))?/")
"""The publisher's address in a header."""
_ENDINGS = {None: "USA", "uk": "GBR"}
"""Whose government addresses end otherwise than in the state's two letters: in .gov and .mil alone, and in .uk."""
_NOT_HOME = frozenset({CHINA, "TWN"})


@dataclass
class Person:
    """One person of one document."""

    name: str
    side: str | None
    person_id: str | None
    classes: set[str]
    family: str
    author: bool = False
    """Named in the header as the one who speaks."""


class Registry:
    """People of one document, found by family name."""

    def __init__(self, lexicon: Lexicon, document: Document, hits: list[Hit], home: str | None) -> None:
        self.lexicon = lexicon
        self.document = document
        self.home = home
        self.people: dict[str, Person] = {}
        self.families: dict[str, list[str]] = {}
        self._learn(hits)

    def add(self, name: str, side: str | None, person_id: str | None, classes: set[str]) -> Person:
        if person_id is None and " " in name:
            ids = [
                entry.value
                for entry in self.lexicon.entries.get(fold(name), ())
                if entry.kind == "person" and not entry.short
            ]
            ids = [one for one in ids if side is None or self.lexicon.people[one]["country"] == side]
            person_id = self._choose(ids) if ids else None
        key = person_id or fold(name)
        person = self.people.get(key)
        if person is None:
            known = self.lexicon.people.get(person_id or "")
            parts = name.split()
            family = known["family_name"] if known else parts[0] if side == CHINA and len(parts) > 1 else parts[-1]
            person = self.people[key] = Person(known["name"] if known else name, side, person_id, set(), family)
            self.families.setdefault(family, []).append(key)
        person.classes |= classes
        if person.side is None:
            person.side = side
        return person

    def by_family(self, family: str, classes: frozenset[str] | set[str] = frozenset()) -> Person | None:
        found = [self.people[key] for key in self.families.get(family, ())]
        if classes:
            fitting = [person for person in found if person.classes & classes]
            found = fitting or found
        return found[-1] if found else None

    def _learn(self, hits: list[Hit]) -> None:
        """Full names of the document first, so that family names before them are understood too."""
        flat = self.document.flat
        for pattern, order in ((_AUTHOR_LINE, (2, 1)), (_MINISTERS, (1,))):
            for match in pattern.finditer(self.document.text, 0, self.document.body + 400):
                self.add(" ".join(match[index] for index in order), self.home, None, set()).author = True
        for hit in hits:
            ids = list(hit.values("full"))
            if ids:
                person_id = self._choose(ids)
                self.add(flat[hit.start : hit.end], self.lexicon.people[person_id]["country"], person_id, set())

    def _choose(self, ids: list[str]) -> str:
        on = self.document.published
        for person_id in ids:
            if on and self.lexicon.post_of(person_id, on):
                return person_id
        return ids[0]

    def resolve_family(
        self, family: str, side: str | None, classes: frozenset[str], ids: list[str]
    ) -> tuple[str, str | None]:
        """Name and person id for a family name with a title: the document's own people, then tenures by date."""
        own = self.by_family(family, classes)
        if own and (not side or not own.side or own.side == side):
            return own.name, own.person_id
        on = self.document.published
        wanted = [
            person_id
            for person_id in ids
            if (not side or self.lexicon.people[person_id]["country"] == side)
            and (post := self.lexicon.post_of(person_id, on, classes))
            and (not classes - _WEAK_CLASSES or post.office_class in classes)
        ]
        ranked = sorted((self.lexicon.post_of(one, on, classes).rank_level, one) for one in wanted)  # type: ignore[union-attr]
        clear = len(ranked) > 1 and bool(classes) and ranked[0][0] < ranked[1][0]
        if len(ranked) == 1 or clear:
            return self.lexicon.people[ranked[0][1]]["name"], ranked[0][1]
        return family, None


def home_side(lexicon: Lexicon, document: Document, hits: list[Hit]) -> str | None:
    """The state other than China whose government publishes a text, else the one that it speaks of most."""
    address = _GOVERNMENT.search(document.text, 0, document.body)
    if address:
        state = _ENDINGS.get(address[1]) or lexicon.states.get(address[1])
        if state and state not in _NOT_HOME:
            return state
    counts: Counter[str] = Counter()
    reach = document.body + _HOME_REACH
    for hit in hits:
        for state in hit.by_kind.get("states", ()):
            if state in _NOT_HOME or state.startswith("org:"):
                continue
            if document.low.endswith((" in ", " at ", ", "), 0, hit.start) and hit.start > document.body:
                break
            counts[state] += _OPENING_WEIGHT if hit.start <= reach else 1
    return counts.most_common(1)[0][0] if counts else None
