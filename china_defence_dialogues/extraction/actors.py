"""One mention of a party, and what its words say about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ..vocab import CHINA
from .lexicon import Lexicon
from .registry import Person
from .surfaces import fold

COUNTERPART = re.compile(r"(?i)\bcounterparts?\b")
SUCCESSION = re.compile(r"(?i)\b(?:predecessor|successor)\b")
WEAK_CLASSES = frozenset({"other"})
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


@dataclass(slots=True)
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


def actor_of(person: Person, start: int, end: int, classes: set[str], office: str | None) -> Actor:
    person.classes |= classes
    return Actor(start, end, "person", person.side, person.name, person.person_id, frozenset(person.classes), office)


def side_of(side: str | None, classes: set[str]) -> str | None:
    return CHINA if side is None and classes & PRC_ONLY else side


def person_posts(lexicon: Lexicon, actor: Actor, on: date | None) -> frozenset[str]:
    """Classes of office of a mention: as written, or as the tenures say."""
    strong = actor.classes - WEAK_CLASSES
    if strong or not actor.person_id:
        return strong
    post = lexicon.post_of(actor.person_id, on)
    return frozenset({post.office_class}) if post else frozenset()
