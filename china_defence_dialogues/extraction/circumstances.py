"""When, where and beside which conference an event took place."""

from __future__ import annotations

import re

from .date_values import DateHit, DateValue, Tense
from .events import Event, Span
from .parties import Parties
from .places import place_of
from .sentences import Sentence
from .surfaces import Hit

_CONFERENCE = re.compile(r"\bat (?:a|an|the)(?: [\w'-]+){0,3} (?:conference|forum|event)\b")
_TRIP = re.compile(r"\b(?:visit|trip|travell?ed)\b")
_JUST = re.compile(r"\bjust\b[^.]{0,40}$")


class Circumstances(Parties):
    """Fills in what the sentence says around an event."""

    def _set_date(self, event: Event, hit: Hit, when: DateHit | None, tense: Tense, sentence: Sentence) -> None:
        published = self.document.published
        if when is not None:
            event.date = when.value(published, tense)
            event.date_span = (when.start, when.end) if event.date else None
        elif tense == "past" and published and _JUST.search(self.low[max(sentence.start, hit.start - 50) : hit.start]):
            event.date = DateValue(published.isoformat(), published, published, "day")
        elif self.visit and event.status == "planned" and self.visit[0] & {actor.key for actor in event.actors}:
            event.date, event.date_span = self.visit[1], self.visit[2]

    def _set_place(
        self, event: Event, hit: Hit, triggers: list[Hit], clause: Span, span: Span, hits: list[Hit]
    ) -> None:
        """The place that the clause names, else one nearby, else the state that the visitor is said to be in."""
        reach = max(
            [
                hit.end,
                event.date_span[1] if event.date_span and event.date_span[0] > hit.end else 0,
                *(actor.end for actor in event.actors if hit.end <= actor.start < clause[1]),
            ]
        )
        stop = min(
            (other.start for other in triggers if other.start > hit.end and other.value("trigger") == "held"),
            default=span[1],
        )
        place = place_of(self.flat, hit, (clause[0], min(clause[1], stop)), hits, min(reach, stop))
        if place is None and clause != span:
            nearest = min((other.start for other in triggers if other.start > hit.end), default=span[1])
            place = place_of(self.flat, hit, (span[0], nearest), hits, hit.end, 110)
        unknown = event.mode == "unknown"
        if any("academy" in actor.classes for actor in event.actors):
            event.mode = "in_person"
        if (
            place is None
            and self.where
            and event.mode == "in_person"
            and len(self.document.turns) == 1
            and self.where[2] & {actor.key for actor in event.actors}
        ):
            event.country, event.place_span = self.where[0], self.where[1]
        if event.mode == "unknown" and _TRIP.search(self.low, *span):
            event.mode = "in_person"
        if place and unknown:
            event.mode, event.mode_span = "in_person", place.span
        if place:
            event.city, event.country, event.place_span = place

    def _set_setting(self, event: Event, span: Span, hits: list[Hit]) -> None:
        margin = next((hit for hit in hits if hit.value("setting")), None)
        conference = _CONFERENCE.search(self.low, event.trigger[1], span[1])
        if conference and event.setting == "bilateral" and conference.start() - event.trigger[1] < 90:
            event.setting, event.setting_span = "margins", conference.span()
        forum = next((hit for hit in hits if hit.value("forum") and abs(hit.start - event.trigger[1]) < 160), None)
        if margin and abs(margin.start - event.trigger[1]) < 200:
            event.setting, event.setting_span = margin.value("setting") or "bilateral", (margin.start, margin.end)
        if forum and (
            event.setting != "bilateral"
            or re.search(
                r"\b(?:at|during|sidelines of|margins of)(?: the)?(?: \d{4})? $",
                self.low[max(0, forum.start - 26) : forum.start],
            )
        ):
            event.forum, event.forum_span = forum.value("forum"), (forum.start, forum.end)
            if event.setting == "bilateral":
                event.setting, event.setting_span = "margins", (forum.start, forum.end)
