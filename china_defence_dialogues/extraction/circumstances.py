"""When, where, in which channel and beside which conference an event took place."""

from __future__ import annotations

import re

from ..vocab import CHINA, REMOTE_MODES
from .actors import Actor
from .date_values import DateHit, DateValue, Tense, month_of
from .events import Event, Span
from .parties import Parties
from .patterns import one_of
from .places import place_of, state_of
from .sentences import Sentence
from .surfaces import Hit

_CONFERENCE = re.compile(r" at (?:a|an|the)(?: [\w'-]+){0,3} (?:conference|forum|event)\b")
_TRIP = re.compile(r"\b(?:visit|trip|travell?ed)\b")
_JUST = re.compile(r"\bjust\b[^.]{0,40}$")
_STAY = re.compile(r"\b" + one_of(r"concluded|visit\w*|trip|arriv\w+|departs?|travel\w*") + r"\b")
_INTO = re.compile(r"\b(?:in|to|for|visit|visits|visited) $")
_VISIT = re.compile(r"\b" + one_of("will visit|visits?|to visit|visited|will travel to|travels? to") + r"\b")
_BEFORE_THEN = re.compile(r"\b(?:has|have|had|previously|earlier|before)\b")
_CONCLUDED = re.compile(
    r"(?<!not )(?<!never )(?<!yet )\b"
    + one_of("concluded|completed|finished|wrapped up")
    + r"\b[^.]{0,60}\b(?:talks|discussions|meetings|visit|trip)\b"
)
_LEAD = 4
"""Sentences that sum up what the others tell in parts."""
_FIRST_DAYS = 5
"""Talks that ended on one of the first days of a month may have begun in the month before."""
_SINCE = re.compile(r"\bsince (then\b)?")
_OTHER_SINCE = re.compile(r"\b(?:first|only|who|which|whose)\b[^.;]{0,80}$")
"""What tells of something else since a time than the refusal: `the first such move since`, `who has been … since`."""
_THEN_REACH = 500
"""Characters before `since then` in which the date it points to is looked for."""
_NUMBERED = re.compile(
    r"(?:\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|inaugural|annual|latest|\d+(?:st|nd|rd|th))|\bround of(?: the)?) $"
)
_NAME = re.compile(r"[A-Z][\w'-]*(?: (?:[A-Z][\w'-]*|of|on|and|for))*")
_LONGER_NAME = re.compile(r"(?!The |Their |Both )\b[A-Z0-9][\w.'-]* $")
"""A word that makes the name another's: `the ASEAN Defence Ministers' Meeting`."""


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
        elif event.status in ("declined", "unanswered") and (since := self._since(sentence)):
            event.date, event.date_span = since

    def _set_series_date(self, event: Event, sentence: Sentence) -> None:
        """An undated contact in China of someone whose talks there have ended."""
        if (
            self.series
            and event.date is None
            and event.status == "held"
            and event.mode not in REMOTE_MODES
            and event.country in (None, CHINA)
            and self.series[0] & {actor.key for actor in event.actors}
            and not _BEFORE_THEN.search(self.low, sentence.start, event.trigger[1])
        ):
            event.date, event.date_span = self.series[1], self.series[2]

    def _since(self, sentence: Sentence) -> tuple[DateValue, Span] | None:
        """`has rebuffed requests since then`: from that time to publication."""
        published = self.document.published
        match = _SINCE.search(self.low, sentence.start, sentence.end) if published else None
        if match is None or published is None or _OTHER_SINCE.search(self.low, sentence.start, match.start()):
            return None
        if match[1]:
            told = [when for when in self.dates if match.start() - _THEN_REACH < when.start < match.start()]
            began = told[-1] if told else None
        else:
            began = next((when for when in self.dates if match.start() <= when.start <= match.end()), None)
        value = began.value(published, "past") if began else None
        if began is None or value is None or value.start >= published:
            return None
        first = value.edtf.partition("/")[0]
        whole = DateValue(f"{first}/{published.isoformat()}", value.start, published, value.precision)
        return whole, ((match.start(), match.end()) if match[1] else (began.start, began.end))

    def _set_mechanism(self, event: Event, hit: Hit, hits: list[Hit]) -> None:
        """The channel that the trigger names, or tells by its kind: `their third high-level dialogue`."""
        event.mechanism = hit.value("mechanism")
        if event.mechanism is None and len(event.partners) == 1 and event.setting != "multilateral_session":
            told = self.lexicon.channel_kinds.get(event.partners[0], {})
            for words, mechanism in told.items():
                start = hit.end - len(words)
                if self.low.startswith(words, start) and start <= hit.start and self._is_one(start, hit, hits):
                    event.mechanism, event.mechanism_span = mechanism, (start, hit.end)
                    return
        event.mechanism_span = (hit.start, hit.end) if event.mechanism else None

    def _is_one(self, start: int, hit: Hit, hits: list[Hit]) -> bool:
        """Whether words for a kind of channel stand for one: with a number, or as a whole name."""
        if _NUMBERED.search(self.low, max(0, start - 20), start):
            return True
        if not _NAME.fullmatch(self.flat, start, hit.end):
            return False
        longer = _LONGER_NAME.search(self.flat, max(0, start - 24), start)
        return not longer or any(one.end == start - 1 and one.values("states") for one in hits)

    def _note(self, sentence: Sentence, hits: list[Hit], people: list[Actor]) -> None:
        """What a sentence on someone's travels leaves for the contacts told after it."""
        if self.where is None:
            self._note_stay(sentence, hits, people)
        if self.visit is None or sentence.index < _LEAD:
            dates = self._between(self._date_starts, self.dates, sentence)
            if dates and self.visit is None:
                self._note_visit(sentence, dates, people)
            if dates and sentence.index < _LEAD:
                self._note_series(sentence, hits, dates, people)

    def _note_visit(self, sentence: Sentence, dates: list[DateHit], people: list[Actor]) -> None:
        """Whose visit the sentence announces, and when."""
        visit = _VISIT.search(self.low, sentence.start, sentence.end)
        if visit and (near := [when for when in dates if when.start > visit.start() - 40]):
            tense: Tense = "past" if visit[0].startswith("visited") else "future"
            value = near[0].value(self.document.published, tense)
            keys = {actor.key for actor in people}
            self.visit = (keys, value, (near[0].start, near[0].end)) if value else None

    def _note_series(self, sentence: Sentence, hits: list[Hit], dates: list[DateHit], people: list[Actor]) -> None:
        """Whose talks or visit the lead says to have ended on a day: of their parts only the month is known."""
        ended = _CONCLUDED.search(self.low, sentence.start, sentence.end)
        if not ended or all(state_of(hit) != CHINA for hit in hits):
            return
        when = next((one for one in dates if one.start >= ended.end()), None)
        value = when.value(self.document.published, "past") if when else None
        if when and value and value.precision == "day" and value.start.day > _FIRST_DAYS:
            self.series = ({actor.key for actor in people}, month_of(value.start), (when.start, when.end))

    def _note_stay(self, sentence: Sentence, hits: list[Hit], people: list[Actor]) -> None:
        """The state that the sentence has someone be in or go to."""
        for hit in hits:
            country = state_of(hit)
            if country and _INTO.search(self.low, max(0, hit.start - 9), hit.start):
                if _STAY.search(self.low, sentence.start, sentence.end):
                    self.where = (country, (hit.start, hit.end), {actor.key for actor in people}, people[0])
                return

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
            event.setting, event.setting_span = "margins", (conference.start() + 1, conference.end())
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
