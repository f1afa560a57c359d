"""Assembly: one event per contact, from triggers, actors, dates and places, sentence by sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from ..vocab import CHINA, REMOTE_MODES
from .actors import Actor
from .channels import channel_events
from .circumstances import Circumstances
from .date_values import DateHit
from .events import Event, Span, choose_date, mode_of, usable
from .memory import sides_of
from .places import place_of
from .sentences import Sentence
from .status import tensed
from .surfaces import Hit

_PLURAL_NOUN = re.compile(
    r"(?:meetings|conversations|discussions|calls|engagements?|interactions?|phone calls|consultations|sessions|dialogue)"
)
"""Contacts in general rather than one of them, unless a date goes with them."""
_MAX_TRIGGERS = 16
"""More in one sentence are a list, not a story."""
_CONTINUED = re.compile(r" (?:took place|was held|were held|occurred|happened)\b")
_MILITARY = re.compile(r"\b(?:defen[cs]e|military|armed forces)\b")
_TALKS = re.compile(r"engagement|interaction|conversation|discussion|meeting|talks")
_GAPPED = re.compile(r"(?:,|,? and) (?:again )?in ")


class Assembler(Circumstances):
    """Walks through one document."""

    def run(self, sentences: list[Sentence]) -> list[Event]:
        for sentence in sentences:
            if not sentence.question and not sentence.turn.asks:
                self._sentence(sentence)
        return self.events

    def _sentence(self, sentence: Sentence) -> None:
        hits: list[Hit] = self._between(self._hit_starts, self.hits, sentence)
        actors: list[Actor] = self._between(self._actor_starts, self.actors, sentence)
        triggers = [hit for hit in hits if "trigger" in hit.by_kind or "mechanism" in hit.by_kind]
        triggers = [
            hit
            for hit in triggers
            if hit.value("mechanism") or usable(self.flat, self.low, hit, hit.value("trigger") or "")
        ]
        triggers = [
            hit
            for index, hit in enumerate(triggers)
            if index == 0
            or hit.start - triggers[index - 1].end
            > (3 if self.low.endswith("before", 0, triggers[index - 1].end) else 1)
            or hit.value("trigger") != "contact"
        ][:_MAX_TRIGGERS]
        span = (sentence.start, sentence.end)
        self._index = sentence.index
        self._forget(sentence, actors)
        if any("channel" in hit.by_kind for hit in hits):
            self.events.extend(
                channel_events(
                    self.low, span, sentence.index, hits, self.dates, self.document.published, self.registry.home
                )
            )
        if triggers:
            dates: list[DateHit] = self._between(self._date_starts, self.dates, sentence)
            clauses = sentence.clauses(self.flat)
            for hit in triggers:
                clause = next(
                    clause for clause in clauses if clause[0] <= hit.start < clause[1] or clause is clauses[-1]
                )
                if hit.value("trigger") and self._continues(sentence, hit, hits, dates):
                    continue
                event = self._event(sentence, hit, triggers, clause, clauses, hits, actors, dates)
                if event:
                    for one in self._each_with(event, hit):
                        self.events.append(one)
                        self._remember(one)
                        self.events.extend(self._gapped(one, clause, triggers, hits, dates))
        self._note_subject(actors)
        people = [actor for actor in actors if actor.kind == "person"]
        if people:
            self._note(sentence, hits, people)

    def _continues(self, sentence: Sentence, hit: Hit, hits: list[Hit], dates: list[DateHit]) -> bool:
        """`That meeting took place on …`: more about the event just told."""
        if (
            not self.events
            or not _CONTINUED.match(self.low, hit.end)
            or not re.search(r"\b(?:that|this|the|which) $", self.low[max(sentence.start, hit.start - 6) : hit.start])
        ):
            return False
        last = self.events[-1]
        if last.kind != "meeting" or sentence.index - last.sentence > 2:
            return False
        when = next((one for one in dates if one.start >= hit.end), None)
        place = place_of(self.flat, hit, (sentence.start, sentence.end), hits)
        if when is not None and (last.date is None or last.date.precision != "day"):
            last.date = when.value(self.document.published, "past" if last.status == "held" else "future") or last.date
            last.date_span = (when.start, when.end)
        if place and last.city is None:
            last.city, last.country, last.place_span = place
        return True

    def _each_with(self, event: Event, hit: Hit) -> list[Event]:
        """`met with A, with B, and with C` tells of three contacts."""
        objects = [actor for actor in event.actors if actor.start >= hit.end and actor.side == CHINA]
        either = [actor for actor in event.actors if actor.side != CHINA and actor.kind == "person"]
        if (
            len(either) > 1
            and len(objects) == 1
            and objects[0].plural
            and re.search(r" or ", self.low[either[0].end : either[-1].start])
        ):
            return [replace(event, actors=[actor, objects[0]]) for actor in either]
        starts = [actor for actor in objects[1:] if self.low[max(0, actor.start - 6) : actor.start].endswith("with ")]
        if not starts or len(starts) < len(objects) - 1:
            return [event]
        others = [actor for actor in event.actors if actor not in objects]
        return [replace(event, actors=[*others, actor]) for actor in objects]

    def _gapped(
        self, event: Event, clause: Span, triggers: list[Hit], hits: list[Hit], dates: list[DateHit]
    ) -> list[Event]:
        """`met in A in May and in B in October`: the second half leaves the verb out."""
        if event.date is None or event.date_span is None:
            return []
        found = []
        for when in dates:
            if (
                when.start <= event.date_span[1]
                or when.end > clause[1]
                or any(event.trigger[1] <= other.start < when.start for other in triggers)
            ):
                continue
            link = _GAPPED.search(self.low, event.date_span[1], when.start)
            if not link:
                continue
            anchor = Hit(link.start(), link.start() + 4, (), {})
            place = place_of(self.flat, anchor, (link.start(), min(clause[1], when.end + 60)), hits)
            value = when.value(self.document.published, "past" if event.status == "held" else "future")
            if place and value:
                found.append(
                    replace(
                        event,
                        date=value,
                        date_span=(when.start, when.end),
                        city=place.city,
                        country=place.country,
                        place_span=place.span,
                        actors=list(event.actors),
                        partners=list(event.partners),
                    )
                )
        return found

    def _event(
        self,
        sentence: Sentence,
        hit: Hit,
        triggers: list[Hit],
        clause: Span,
        clauses: list[Span],
        hits: list[Hit],
        actors: list[Actor],
        dates: list[DateHit],
    ) -> Event | None:
        span = (sentence.start, sentence.end)
        mechanism = hit.value("mechanism")
        value = hit.value("trigger") or "contact"
        when = choose_date(dates, hit, clause, span, self.low, triggers)
        close = when is not None and not any(
            other is not hit and min(hit.end, when.end) <= other.start < max(hit.start, when.start)
            for other in triggers
        )
        found: list[Actor] = []
        attending: list[Actor] = []
        partners: list[str] = []
        if mechanism:
            partners = list(self.lexicon.mechanisms[mechanism]["partners"] or ())
            if not partners or (when is None and not place_of(self.flat, hit, clause, hits)):
                return None
        else:
            attending = self._attending(sentence, hit, actors)
            found = attending or self._participants(sentence, hit, triggers, clause, clauses, actors, close)
            if (
                not self._acceptable(found, when is not None, hit)
                or (when is None and self._vague(found, sentence, hit, clause))
                or self._sums_up(found, hit)
            ):
                return None
        status = tensed(self.flat, self.low, hit, value, clause, span, hits, when, self.document.published)
        if status is None:
            return None
        mode, mode_span = mode_of(self.low, hit, value, clause, hits)
        event = Event(
            "meeting",
            status.status,
            (hit.start, hit.end),
            sentence.index,
            actors=found,
            mode=mode,
            mode_span=mode_span,
        )
        event.status_span = status.span or (hit.start, hit.end)
        self._set_date(event, hit, when, status.tense, sentence)
        if mode not in REMOTE_MODES:
            self._set_place(event, hit, triggers, clause, span, hits)
        if attending:
            event.setting, event.setting_span = "multilateral_session", (hit.start, hit.end)
        self._set_series_date(event, sentence)
        self._set_setting(event, span, hits)
        event.partners = sorted(
            {actor.side for actor in found if actor.side and actor.side not in (CHINA, "TWN")} | set(partners)
        )
        self._set_mechanism(event, hit, hits)
        event.military = bool(_MILITARY.search(self.low, sentence.start, sentence.end))
        return event if event.partners else None

    def _vague(self, found: list[Actor], sentence: Sentence, hit: Hit, clause: Span) -> bool:
        """Undated talks in the plural ("several meetings"), unless held at an academy or with one party after another."""
        return bool(
            _PLURAL_NOUN.fullmatch(self.low[hit.start : hit.end].removesuffix(" with"))
            and not any("academy" in actor.classes for actor in found)
            and self.low.count(" with ", hit.start, sentence.end) <= 1
            and not re.search(r"\b(?:just|concluded|wrapped)\b", self.low[clause[0] : hit.start])
        )

    def _sums_up(self, found: list[Actor], hit: Hit) -> bool:
        """Talks with "counterparts" of several states at once."""
        return bool(
            len(found) > 2
            and any(actor.plural and actor.kind == "counterpart" for actor in found)
            and _TALKS.match(self.low[hit.start : hit.end])
        )

    def _acceptable(self, found: list[Actor], dated: bool, hit: Hit) -> bool:
        sides = sides_of(found)
        if CHINA not in sides or not sides - {CHINA, "TWN", "other", None}:
            return False
        if all(
            actor.kind == "person" and not actor.person_id and not actor.classes
            for actor in found
            if actor.side == CHINA
        ):
            return False
        if not dated and all(actor.kind == "side" for actor in found if actor.side == CHINA):
            return False
        specific = [
            actor
            for actor in found
            if actor.kind != "side" and not (actor.kind == "office" and actor.classes <= {"other"} and not actor.plural)
        ]
        if not specific:
            return dated
        if all(actor.plural or actor.kind == "side" for actor in found):
            return dated
        return not any(
            actor.kind == "person" and actor.classes and actor.classes <= {"spokesperson"} for actor in found
        )
