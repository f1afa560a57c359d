"""Topics, and who raised them, from the sentences that report what was said."""

from __future__ import annotations

import re
from bisect import bisect_left

from .actors import Actor
from .events import Event, Span
from .patterns import one_of
from .sentences import Sentence
from .surfaces import Hit
from .text import Document

_REPORT = re.compile(
    r"\b"
    + one_of(
        r"discuss\w*|rais\w+|underscor\w+|emphasi[sz]\w*|stress\w*|reiterat\w+|reaffirm\w*|express\w*|exchang\w+|cover\w*|touch\w*|focus\w*|includ\w+|talk\w*|welcom\w+|warn\w*|urg\w+|agreed|noted|made clear|makes? clear|outlin\w+|concern\w*|described|convers\w+|address\w*|committed|canvass\w*|promot\w+|pointed|advanc\w+|agenda|spoke|opposes?|remains? committed|recogni[sz]ed|said|call(?:ed|s)? for|issues|intend|speak\w*|efforts?"
    )
    + r"\b"
)
_RAISING = re.compile(
    r"\b"
    + one_of(
        r"rais\w+|underscor\w+|emphasi[sz]\w*|stress\w*|reiterat\w+|reaffirm\w*|express\w*|warn\w*|urg\w+|made clear|outlin\w+|described|promot\w+|pointed|welcomed|noted|said|called for|told|explained"
    )
    + r"\b"
)
_SPOKEN_REPORT = re.compile(
    r"\b"
    + one_of(
        r"discuss\w*|rais\w+|underscor\w+|reiterat\w+|reaffirm\w*|stress\w*|exchang\w+|cover\w*|emphasi[sz]\w*|express\w*|includ\w+|conver\w+|canvass\w*|talked|made (?:it )?clear"
    )
    + r"\b"
)
"""What reports of talks say, in a press conference, where people also say what they think."""


def assign(
    document: Document, sentences: list[Sentence], hits: list[Hit], actors: list[Actor], events: list[Event]
) -> None:
    """Give each reported topic to the event its sentence is about: the main one unless it tells another."""
    mains = [event for event in events if event.salience == "main" and event.kind == "meeting"]
    if not mains:
        return
    main = mains[0]
    others = {event.sentence: event for event in events if event is not main and event.kind == "meeting"}
    low = document.low
    spoken = len(document.turns) > 1
    by_start = iter(sorted((hit for hit in hits if hit.values("topic")), key=lambda hit: hit.start))
    hit = next(by_start, None)
    for sentence in sentences:
        while hit is not None and hit.start < sentence.start:
            hit = next(by_start, None)
        found = []
        while hit is not None and hit.start < sentence.end:
            found.append(hit)
            hit = next(by_start, None)
        if not found or sentence.turn.asks or sentence.question:
            continue
        if not _REPORT.search(low, sentence.start, sentence.end) or (
            spoken and not _SPOKEN_REPORT.search(low, sentence.start, sentence.end)
        ):
            continue
        target = others.get(sentence.index, main) if sentence.index != main.sentence else main
        raising = [(match.start(), match.end()) for match in _RAISING.finditer(low, sentence.start, sentence.end)]
        for one in found:
            raiser = _raiser(low, sentence, one, raising, actors)
            for topic in one.values("topic"):
                if not any(topic == known and raiser == by for known, by, _ in target.topics):
                    target.topics.append((topic, raiser, (one.start, one.end)))


def narrow(events: list[Event]) -> None:
    """Wide codes give way where narrower ones were found."""
    for event in events:
        codes = {topic for topic, _, _ in event.topics}
        wide = {code for code, others in _WIDE.items() if len(codes - set(_WIDE)) >= others}
        event.topics = [item for item in event.topics if item[0] not in wide]


def _start(actor: Actor) -> int:
    return actor.start


_LOOK_BACK = 30
_WIDE = {"bilateral_relations": 1, "regional_security": 3}
"""Wide code → narrower topics beside which it says nothing more."""


def _raiser(low: str, sentence: Sentence, hit: Hit, raising: list[Span], actors: list[Actor]) -> str:
    """The side of whoever stands before the last verb of raising that comes before the topic."""
    at = next((start for start, end in reversed(raising) if end <= hit.start), None)
    if at is None:
        return "unattributed"
    left = low[sentence.start : hit.start]
    before = bisect_left(actors, at, key=_start)
    speakers = [actor for actor in actors[bisect_left(actors, sentence.start, key=_start) : before] if actor.side]
    if speakers:
        return speakers[-1].side or "unattributed"
    if re.search(r"\b(?:he|she|also)\b", left):
        for actor in reversed(actors[max(0, before - _LOOK_BACK) : before]):
            if actor.kind == "person" and actor.side:
                return actor.side
    return "unattributed"
