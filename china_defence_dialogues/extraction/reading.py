"""All stages over one document: from its text to events, merged and told apart as main and background."""

from __future__ import annotations

import re
from dataclasses import replace

from ..vocab import CHINA
from . import dates as date_rules
from . import topics
from .actors import Actor
from .counterparts import resolve
from .date_values import DateHit, DateValue
from .events import Event
from .frames import Assembler
from .lexicon import Lexicon
from .mentions import mentions
from .merging import merge
from .registry import Registry, home_side
from .sentences import sentences
from .surfaces import Hit
from .text import Document, Turn

_LEAD_SENTENCES = 4
_SHORT = 30
"""A text of so few sentences is about the first contact it tells of, wherever that stands."""
_LONG = 200
_NEWS_DAYS = 40
_SPOKEN_LEAD = 45
"""Sentences of a press conference within which its subject is named."""


def read(words: Lexicon, document: Document) -> tuple[list[Event], list[DateHit], list[Actor]]:
    """Events of a document, merged, resolved and told apart as main and background."""
    hits = list(words.find(document.flat, document.low))
    registry = Registry(words, document, hits, home_side(words, document, hits))
    titled = _title_event(words, registry, document) if document.title else []
    body = _inside(document, hits)
    actors = mentions(words, registry, document, body)
    found = date_rules.find(document.flat, document.body)
    cut = list(sentences(document))
    assembler = Assembler(words, registry, document, body, actors, found)
    events = assembler.run(cut)
    for event in events:
        resolve(words, registry, event)
    merged = [event for event in merge([*titled, *events]) if not event.title or _stands_alone(document, event)]
    merged.sort(key=lambda event: event.trigger)
    for event in merged:
        resolve(words, registry, event)
    merged = merge(merged)
    _salience(document, merged, len(cut))
    topics.assign(document, cut, body, actors, merged)
    topics.narrow(merged)
    return merged, found, actors


def _inside(document: Document, hits: list[Hit]) -> list[Hit]:
    """Hits within what is said, not in the labels of speakers."""
    kept: list[Hit] = []
    turns = iter(document.turns)
    turn = next(turns, None)
    for hit in hits:
        while turn is not None and hit.start >= turn.end:
            turn = next(turns, None)
        if turn is None:
            break
        if hit.start >= turn.start:
            kept.append(hit)
    return kept


def _title_event(words: Lexicon, registry: Registry, document: Document) -> list[Event]:
    """The contact that the front matter's title announces; it has no span of its own."""
    title = document.title
    low = title.lower()
    if len(low) != len(title):
        return []
    headline = Document(
        title, title, low, 0, "", (Turn(0, len(title), None, False),), document.published, document.anchor
    )
    hits = list(words.find(title, low))
    own = Registry(words, headline, hits, registry.home)
    actors = mentions(words, own, headline, hits)
    for key, person in own.people.items():
        registry.people.setdefault(key, person)
        keys = registry.families.setdefault(person.family, [])
        if key not in keys:
            keys.append(key)
    events = Assembler(words, own, headline, hits, actors, []).run(list(sentences(headline)))
    for event in events[:1]:
        event.title = event.lead = True
        event.sentence = -1
        event.date = event.date_span = event.place_span = event.mode_span = event.status_span = event.setting_span = (
            None
        )
        event.status = (
            "planned"
            if re.search(r"\b(?:to meet|to visit|will|on the (?:president's|meeting)|statement)\b", low)
            else "held"
        )
        resolve(words, registry, event)
        event.actors = [replace(actor, start=0, end=0) for actor in event.actors]
    return events[:1]


def _stands_alone(document: Document, event: Event) -> bool:
    """A readout's title tells of a contact of that day even where the body never names it anew."""
    low = document.title.lower()
    if (
        event.status != "held"
        or document.published is None
        or not re.search(r"^readout|\bbefore (?:virtual |bilateral )?(?:meeting|call)", low)
    ):
        return False
    event.date = DateValue(document.published.isoformat(), document.published, document.published, "day")
    event.trigger = (0, 0)
    return True


def _salience(document: Document, events: list[Event], total: int) -> None:
    """Main: what the title or the lead tells first, unless it is long past, and its equals beside it."""
    meetings = [event for event in events if event.kind == "meeting"]
    spoken = len(document.turns) > 1
    reach = _SPOKEN_LEAD if spoken else _LEAD_SENTENCES
    first = next((event for event in meetings if event.lead), None)
    if first is None:
        early = [event for event in meetings if event.sentence <= reach]
        if not early and total <= _SHORT:
            early = [event for event in meetings if not _long_past(document, event)]
        first = next((event for event in early if not _long_past(document, event)), None)
    if first is None or (spoken and total > _LONG and first.sentence > reach // 2):
        return
    first.salience = "main"
    for event in meetings:
        if event is not first and _beside(first, event, reach):
            event.salience = "main"


def _long_past(document: Document, event: Event) -> bool:
    """Held so long before publication that the text cannot be about it."""
    if document.published is None or event.date is None or event.status not in ("held", "encounter"):
        return False
    return (document.published - event.date.end).days > _NEWS_DAYS


def _beside(first: Event, event: Event, reach: int) -> bool:
    """Told in the same breath with another Chinese principal, or of the days beside it in the same lead."""
    mine = {actor.key for actor in first.actors if actor.side == CHINA}
    other = {actor.key for actor in event.actors if actor.side == CHINA}
    if not other or mine == other:
        return False
    if event.sentence == first.sentence and (event.date is None or first.date is None or event.date == first.date):
        return event.status == first.status
    return (
        event.sentence <= reach
        and event.date is not None
        and first.date is not None
        and event.date.precision == first.date.precision == "day"
        and abs((event.date.start - first.date.start).days) <= 1
    )
