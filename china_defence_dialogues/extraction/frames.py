"""Assembly: one event per contact, from triggers, actors, dates and places, sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from ..vocab import CHINA
from .actors import COUNTERPART, Actor, Registry, person_posts
from .channels import channel_events
from .dates import DateHit, DateValue
from .events import Event, Span, choose_date, mode_of, tensed, usable
from .lexicon import Hit, Lexicon
from .places import place_of
from .sentences import Sentence
from .text import Document

_COORDINATION = re.compile(r"(?:, (?:left|right|center|centre))?(?:,? and |, | or |,? as well as |,? along with |-|; )(?:with |the |his |her |their |then-|by )?")
_PAIR = re.compile(r"\b(?:the two(?: (?:leaders|sides|presidents|officials|countries|ministers|men|delegations|heads|chiefs|governments))?|both (?:sides|leaders|ministers|presidents)|the (?:leaders|ministers|presidents|sides)|they|their|the two leaders')\b")
_LEADERS = re.compile(r"\b(?:leaders|presidents|leader-level|leader-to-leader)\b")
_SINGULAR = re.compile(r"\b(?:he|she|his|her)\b")
_FIRST = re.compile(r"\b(?:i|i've|i'll|we|we've|my|our|us)\b")
_LOCATIVE = re.compile(r"\b(?:in|at|from|to|toward|towards|into|across|near|outside|visit|visits|visited|visiting|on|against|over|of|about|for|around|within|on china|leave|left|support|regarding|concerning)(?: the| mainland)? $")
_PLURAL_NOUN = re.compile(r"(?:meetings|conversations|discussions|calls|engagements?|interactions?|phone calls|consultations|sessions|dialogue)")
"""Contacts in general rather than one of them, unless a date goes with them."""
_NEAR_CHARACTERS = 400
_MAX_TRIGGERS = 16
"""More in one sentence are a list, not a story."""
_PAIR_LIFE = 14
"""Sentences for which `the two leaders` may point back."""
_CONTINUED = re.compile(r" (?:took place|was held|were held|occurred|happened)\b")
_AFTER_CITY = re.compile(r"\b(?:in|to|at) (?:[A-Z][\w'-]+ ?){1,3}, $")
_CONFERENCE = re.compile(r"\bat (?:a|an|the)(?: [\w'-]+){0,3} (?:conference|forum|event)\b")
_STAY = re.compile(r"\b(?:concluded|visit\w*|trip|arriv\w+|departs?|travel\w*)\b")
_VISIT = re.compile(r"\b(?:will visit|visits?|to visit|visited|will travel to|travels? to)\b")
_GAPPED = re.compile(r"(?:,|,? and) (?:again )?in ")


class Assembler:
    """Walks through one document."""

    def __init__(self, lexicon: Lexicon, registry: Registry, document: Document, hits: list[Hit], actors: list[Actor], dates: list[DateHit]) -> None:
        self.lexicon, self.registry, self.document = lexicon, registry, document
        self.flat, self.low = document.flat, document.low
        self.hits, self.dates = hits, dates
        self.actors = [actor for actor in actors if not self._locative(actor)]
        self._hit_starts = [hit.start for hit in hits]
        self._actor_starts = [actor.start for actor in self.actors]
        self._date_starts = [when.start for when in dates]
        self.events: list[Event] = []
        self.pair: tuple[Actor, ...] = ()
        self.leaders: tuple[Actor, ...] = ()
        self.subject: Actor | None = None
        self._pair_at = self._index = 0
        self.where: tuple[str, Span, set[str], Actor] | None = None
        """The state that someone is said to be in or to go to, and who."""
        self.visit: tuple[set[str], DateValue, Span] | None = None
        """Whose visit is announced, and when: its talks fall on the same days."""

    def _locative(self, actor: Actor) -> bool:
        return actor.kind == "side" and bool(
            _LOCATIVE.search(self.low, max(0, actor.start - 16), actor.start) or _AFTER_CITY.search(self.flat, max(0, actor.start - 40), actor.start)
        )

    def run(self, sentences: list[Sentence]) -> list[Event]:
        for sentence in sentences:
            if not sentence.question and not sentence.turn.asks:
                self._sentence(sentence)
        return self.events

    def _between(self, starts: list[int], items: list, sentence: Sentence) -> list:  # type: ignore[type-arg]
        return items[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]

    def _sentence(self, sentence: Sentence) -> None:
        hits: list[Hit] = self._between(self._hit_starts, self.hits, sentence)
        actors: list[Actor] = self._between(self._actor_starts, self.actors, sentence)
        triggers = [hit for hit in hits if hit.value("trigger") or hit.value("mechanism")]
        triggers = [hit for hit in triggers if hit.value("mechanism") or usable(self.flat, self.low, hit, hit.value("trigger") or "")]
        triggers = [hit for index, hit in enumerate(triggers) if index == 0 or hit.start - triggers[index - 1].end > (3 if self.low.endswith("before", 0, triggers[index - 1].end) else 1) or hit.value("trigger") != "contact"][:_MAX_TRIGGERS]
        span = (sentence.start, sentence.end)
        self._index = sentence.index
        self._forget(sentence, actors)
        if any(hit.values("channel") for hit in hits):
            self.events.extend(channel_events(self.low, span, sentence.index, hits, self.dates, self.document.published, self.registry.home))
        if triggers:
            dates: list[DateHit] = self._between(self._date_starts, self.dates, sentence)
            clauses = sentence.clauses(self.flat)
            for hit in triggers:
                clause = next(clause for clause in clauses if clause[0] <= hit.start < clause[1] or clause is clauses[-1])
                if hit.value("trigger") and self._continues(sentence, hit, hits, dates):
                    continue
                event = self._event(sentence, hit, triggers, clause, clauses, hits, actors, dates)
                if event:
                    for one in self._each_with(event, hit):
                        self.events.append(one)
                        self._remember(one)
                        self.events.extend(self._gapped(one, clause, triggers, hits, dates))
        self._note_subject(actors)
        self._note_stay(sentence, hits, actors)
        visit = _VISIT.search(self.low, sentence.start, sentence.end)
        if visit:
            near = [when for when in self._between(self._date_starts, self.dates, sentence) if when.start > visit.start() - 40]
            people = {actor.key for actor in actors if actor.kind == "person"}
            if near and people and self.visit is None:
                tense = "past" if visit[0].startswith("visited") else "future"
                value = near[0].value(self.document.published, tense)
                self.visit = (people, value, (near[0].start, near[0].end)) if value else None

    def _note_stay(self, sentence: Sentence, hits: list[Hit], actors: list[Actor]) -> None:
        if self.where is not None or not _STAY.search(self.low, sentence.start, sentence.end):
            return
        people = {actor.key for actor in actors if actor.kind == "person"}
        for hit in hits:
            country = hit.value("country")
            if country and people and re.search(r"\b(?:in|to|for|visit|visits|visited) $", self.low[max(0, hit.start - 9) : hit.start]):
                self.where = (country, (hit.start, hit.end), people, next(actor for actor in actors if actor.kind == "person"))
                return

    def _continues(self, sentence: Sentence, hit: Hit, hits: list[Hit], dates: list[DateHit]) -> bool:
        """`That meeting took place on …`: more about the event just told."""
        if not self.events or not _CONTINUED.match(self.low, hit.end) or not re.search(r"\b(?:that|this|the|which) $", self.low[max(sentence.start, hit.start - 6) : hit.start]):
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
        if len(either) > 1 and len(objects) == 1 and objects[0].plural and re.search(r" or ", self.low[either[0].end : either[-1].start]):
            return [replace(event, actors=[actor, objects[0]]) for actor in either]
        starts = [actor for actor in objects[1:] if self.low[max(0, actor.start - 6) : actor.start].endswith("with ")]
        if not starts or len(starts) < len(objects) - 1:
            return [event]
        others = [actor for actor in event.actors if actor not in objects]
        return [replace(event, actors=[*others, actor]) for actor in objects]

    def _gapped(self, event: Event, clause: Span, triggers: list[Hit], hits: list[Hit], dates: list[DateHit]) -> list[Event]:
        """`met in A in May and in B in October`: the second half leaves the verb out."""
        if event.date is None or event.date_span is None:
            return []
        found = []
        for when in dates:
            if when.start <= event.date_span[1] or when.end > clause[1] or any(event.trigger[1] <= other.start < when.start for other in triggers):
                continue
            link = _GAPPED.search(self.low, event.date_span[1], when.start)
            if not link:
                continue
            anchor = Hit(link.start(), link.start() + 4, (), {})
            place = place_of(self.flat, anchor, (link.start(), min(clause[1], when.end + 60)), hits)
            value = when.value(self.document.published, "past" if event.status == "held" else "future")
            if place and value:
                found.append(replace(event, date=value, date_span=(when.start, when.end), city=place.city, country=place.country, place_span=place.span, actors=list(event.actors), partners=list(event.partners)))
        return found

    def _note_subject(self, actors: list[Actor]) -> None:
        people = [actor for actor in actors if actor.kind == "person" or (actor.kind == "office" and actor.classes - {"other"})]
        if people:
            self.subject = people[0]
        pair = _pair_in(people)
        if pair:
            self._keep_pair(pair)

    def _remember(self, event: Event) -> None:
        pair = tuple(actor for actor in event.actors if actor.kind in ("person", "office", "counterpart"))
        if len({actor.side for actor in pair}) > 1:
            self._keep_pair(pair)

    def _forget(self, sentence: Sentence, actors: list[Actor]) -> None:
        """Pairs lapse with distance, and when another state's people come up."""
        others = {actor.side for actor in actors if actor.kind == "person"} - {CHINA, self.registry.home, None}
        if (others and not any(actor.side == CHINA for actor in actors)) or sentence.index - self._pair_at > _PAIR_LIFE:
            self.pair = self.leaders = ()

    def _keep_pair(self, pair: tuple[Actor, ...]) -> None:
        self.pair = pair
        self._pair_at = self._index
        if all("head_of_state" in person_posts(self.lexicon, actor, self.document.published) | actor.classes for actor in pair):
            self.leaders = pair

    def _event(
        self, sentence: Sentence, hit: Hit, triggers: list[Hit], clause: Span, clauses: list[Span], hits: list[Hit], actors: list[Actor], dates: list[DateHit]
    ) -> Event | None:
        span = (sentence.start, sentence.end)
        mechanism = hit.value("mechanism")
        value = hit.value("trigger") or "contact"
        when = choose_date(dates, hit, clause, span, self.low, triggers)
        close = when is not None and not any(other is not hit and min(hit.end, when.end) <= other.start < max(hit.start, when.start) for other in triggers)
        found, pronoun = self._participants(sentence, hit, triggers, clause, clauses, actors, close)
        if mechanism:
            found = []
            partners = list(self.lexicon.mechanisms[mechanism]["partners"] or ())
            if not (found or partners) or (when is None and not place_of(self.flat, hit, clause, hits)):
                return None
        else:
            partners = []
            if not self._acceptable(found, when is not None, hit):
                return None
            if when is None and _PLURAL_NOUN.fullmatch(self.low[hit.start : hit.end].removesuffix(" with")) and not (
                any("academy" in actor.classes for actor in found) or self.low.count(" with ", hit.start, sentence.end) > 1 or re.search(r"\b(?:just|concluded|wrapped)\b", self.low[clause[0] : hit.start])
            ):
                return None
        if any(actor.plural and actor.kind == "counterpart" for actor in found) and len(found) > 2 and re.match(r"(?:engagement|interaction|conversation|discussion|meeting|talks)", self.low[hit.start : hit.end]):
            return None
        status = tensed(self.flat, self.low, hit, value, clause, span, hits, when, self.document.published)
        if status is None:
            return None
        mode, mode_span = mode_of(self.low, hit, value, clause, hits)
        event = Event("meeting", status.status, (hit.start, hit.end), sentence.index, actors=found, mode=mode, mode_span=mode_span, pronoun=pronoun)
        event.status_span = status.span or (hit.start, hit.end)
        if when is not None:
            event.date = when.value(self.document.published, status.tense)
            event.date_span = (when.start, when.end) if event.date else None
        elif status.tense == "past" and self.document.published and re.search(r"\bjust\b[^.]{0,40}$", self.low[max(sentence.start, hit.start - 50) : hit.start]):
            event.date = DateValue(self.document.published.isoformat(), self.document.published, self.document.published, "day")
        if when is None and event.date is None and self.visit and event.status == "planned" and self.visit[0] & {actor.key for actor in found}:
            event.date, event.date_span = self.visit[1], self.visit[2]
        if mode not in ("video", "phone", "correspondence"):
            reach = max([hit.end, event.date_span[1] if event.date_span and event.date_span[0] > hit.end else 0, *(actor.end for actor in found if hit.end <= actor.start < clause[1])])
            stop = min((other.start for other in triggers if other.start > hit.end and other.value("trigger") == "held"), default=span[1])
            place = place_of(self.flat, hit, (clause[0], min(clause[1], stop)), hits, min(reach, stop))
            if place is None and clause != span:
                nearest = min((other.start for other in triggers if other.start > hit.end), default=span[1])
                place = place_of(self.flat, hit, (span[0], nearest), hits, hit.end, 110)
            if any("academy" in actor.classes for actor in found):
                event.mode = "in_person"
            if place is None and self.where and event.mode == "in_person" and len(self.document.turns) == 1 and self.where[2] & {actor.key for actor in found}:
                event.country, event.place_span = self.where[0], self.where[1]
            if event.mode == "unknown" and re.search(r"\b(?:visit|trip|travell?ed)\b", self.low[sentence.start : sentence.end]):
                event.mode = "in_person"
            if place and mode == "unknown":
                event.mode, event.mode_span = "in_person", place.span
            if place:
                event.city, event.country, event.place_span = place
        event.mechanism, event.mechanism_span = mechanism, (hit.start, hit.end) if mechanism else None
        self._setting(event, span, clause, hits)
        event.partners = sorted({actor.side for actor in found if actor.side and actor.side not in (CHINA, "TWN")} | set(partners))
        event.military = bool(re.search(r"\b(?:defen[cs]e|military|armed forces|mil-mil|pla)\b", self.low[sentence.start : sentence.end]))
        return event if event.partners else None

    def _setting(self, event: Event, span: Span, clause: Span, hits: list[Hit]) -> None:
        margin = next((hit for hit in hits if hit.value("setting")), None)
        conference = _CONFERENCE.search(self.low, event.trigger[1], span[1])
        if conference and event.setting == "bilateral" and conference.start() - event.trigger[1] < 90:
            event.setting, event.setting_span = "margins", conference.span()
        forum = next((hit for hit in hits if hit.value("forum") and abs(hit.start - event.trigger[1]) < 160), None)
        if margin and abs(margin.start - event.trigger[1]) < 200:
            event.setting, event.setting_span = margin.value("setting") or "bilateral", (margin.start, margin.end)
        if forum and (event.setting != "bilateral" or re.search(r"\b(?:at|during|sidelines of|margins of)(?: the)?(?: \d{4})? $", self.low[max(0, forum.start - 26) : forum.start])):
            event.forum, event.forum_span = forum.value("forum"), (forum.start, forum.end)
            if event.setting == "bilateral":
                event.setting, event.setting_span = "margins", (forum.start, forum.end)

    def _acceptable(self, found: list[Actor], dated: bool, hit: Hit) -> bool:
        sides = _sides(found)
        if CHINA not in sides or not sides - {CHINA, "TWN", "other", None}:
            return False
        if all(actor.kind == "person" and not actor.person_id and not actor.classes for actor in found if actor.side == CHINA):
            return False
        if not dated and all(actor.kind == "side" for actor in found if actor.side == CHINA):
            return False
        specific = [actor for actor in found if actor.kind != "side" and not (actor.kind == "office" and actor.classes <= {"other"} and not actor.plural)]
        if not specific:
            return dated
        if all(actor.plural or actor.kind == "side" for actor in found):
            return dated
        if any(actor.kind == "person" and actor.classes and actor.classes <= {"spokesperson"} for actor in found):
            return False
        return True

    def _participants(
        self, sentence: Sentence, hit: Hit, triggers: list[Hit], clause: Span, clauses: list[Span], actors: list[Actor], dated: bool
    ) -> tuple[list[Actor], bool]:
        """The parties of a trigger, and whether a pronoun or `the two leaders` stands for them."""
        low = self.low
        surface = low[hit.start : hit.end]
        next_trigger = min((other.start for other in triggers if other.start > hit.end and other.value("trigger") in ("held", "encounter")), default=sentence.end)
        right_limit = min(next_trigger, sentence.end)
        right = [actor for actor in actors if hit.end <= actor.start < right_limit]
        left = [actor for actor in actors if actor.end <= hit.start]
        if self.events and re.search(r"\bthis $", low[max(sentence.start, hit.start - 5) : hit.start]) and hit.value("trigger") == "contact":
            return [], False
        noun = hit.value("trigger") == "contact" or hit.value("mechanism") is not None
        next_any = min((other.start for other in triggers if other.start >= hit.end), default=sentence.end)
        after = low[hit.end : min(hit.end + 60, next_any)]
        if surface.endswith("between") or re.match(r"(?:,? [\w'-]+){0,6},? between ", after):
            group = self._complete(_run(self.flat, right, 4), sentence)
            if len(_sides(group)) < 2 and re.match(r"(?:[^.;]{0,30}between)? ?(?:the two|both|the leaders)\b", low[hit.end : hit.end + 60]) and (pair := self._pronoun_pair(low[hit.end : hit.end + 60])):
                return list(pair), True
            return group, False
        objects: list[Actor] = []
        if noun:
            if right and "academy" in right[0].classes and self.where and re.fullmatch(r" (?:held )?at (?:the )?", low[hit.end : right[0].start]):
                host = replace(right[0], side=self.where[0])
                visitor = [self.where[3]]
                return [*visitor, host], False
            linked = re.match(r"(?: [\w()'-]+){0,9} with ", low[hit.end : min(hit.end + 90, next_any)])
            if surface.endswith("with") or linked:
                base = hit.end + (linked.end() if linked else 0)
                right = [actor for actor in right if actor.start >= base - 1]
                objects = _run(self.flat, right[:6], 4) if right and right[0].start - base < 40 else []
            if re.match(r"(?: \w+){0,1} (?:that )?(?:the two|both|the leaders|they)\b", low[hit.end : hit.end + 40]) and re.match(r" (?:that )?(?:the|both|they)", low[hit.end : hit.end + 12]):
                return list(self._pronoun_pair(low[hit.end : hit.end + 40])), True
            if re.search(r"\b(?:leader-level|leader-to-leader|leaders?)(?: \w+)? $", low[max(sentence.start, hit.start - 32) : hit.start]) and not objects:
                return list(self._leaders()), True
            hyphen = self._hyphenated(left, hit)
            if hyphen:
                return hyphen, False
            owner = self._owner(left, hit)
            if owner is None and objects:
                owner = self._subject(sentence, hit, clause, clauses, left)
            if owner:
                return self._complete([*owner, *objects], sentence), False
            if objects:
                if self.subject and self.subject.side and self.subject.side not in _sides(objects):
                    objects = [self.subject, *objects]
                return self._complete(objects, sentence), False
            before = low[max(sentence.start, hit.start - 60) : hit.start]
            pair = self._pronoun_pair(before)
            if pair:
                return list(pair), True
            subject = self._subject(sentence, hit, clause, clauses, left)
            if len(_sides(subject)) > 1:
                return subject, False
            hosted = _pair_in([actor for actor in left if actor.start >= clause[0] and actor.kind == "person"])
            if hosted and re.search(r"\b(?:host|receiv|welcom|join|attend|hold|held|ha[sd]|have)\w*\b", low[clause[0] : hit.start]):
                return list(hosted), False
            if dated and re.search(r"\b(?:last|previous|first|the|that)\b[^.]{0,24}$", before) and self.pair and not after.startswith(" of "):
                in_sentence = _pair_in([actor for actor in actors if actor.kind == "person"])
                return list(in_sentence or self.pair), True
            return [], False
        reach = 90 if "with" in surface or surface.startswith(("met", "meet", "spoke", "received", "hosted")) else 60
        if right and right[0].start - hit.end < reach and not re.search(r"[;.]| (?:said|that|where|which|when) ", low[hit.end : right[0].start]):
            objects = _run(self.flat, right, 4)
            if objects[0].kind == "side" and objects[0].start - hit.end > 14:
                objects = []
        subject = self._subject(sentence, hit, clause, clauses, left)
        pronoun = False
        if not subject:
            before = low[max(sentence.start, hit.start - 90) : hit.start]
            pair = self._pronoun_pair(before)
            if pair:
                subject, pronoun = list(pair), True
        return self._complete([*subject, *objects], sentence), pronoun

    def _hyphenated(self, left: list[Actor], hit: Hit) -> list[Actor]:
        """`a Biden-Xi call`, `the Austin-Li meeting`."""
        if len(left) >= 2 and self.flat[left[-2].end : left[-1].start] == "-" and 0 <= hit.start - left[-1].end <= 30:
            if left[-1].kind == left[-2].kind == "office":
                return self._complete([replace(left[-2], side=left[-2].side or self.registry.home), replace(left[-1], side=CHINA)], None)
            return [left[-2], left[-1]]
        return []

    def _owner(self, left: list[Actor], hit: Hit) -> list[Actor] | None:
        """`Sullivan's meeting with`, `the leaders' summit`."""
        if not left:
            return None
        last = left[-1]
        gap = self.flat[last.end : hit.start]
        if re.match(r"'s?(?: [\w-]+){0,4} $", gap) or gap in (" ", " Jr. "):
            group = [last]
            for actor in reversed(left[:-1]):
                if _COORDINATION.fullmatch(self.flat[actor.end : group[0].start]):
                    group.insert(0, actor)
                else:
                    break
            return group
        return None

    def _pronoun_pair(self, before: str) -> tuple[Actor, ...]:
        matches = list(_PAIR.finditer(before))
        if not matches:
            return ()
        if any(re.search(r"countries|governments", match[0]) for match in matches):
            return tuple(Actor(0, 0, "side", side) for side in sorted({actor.side for actor in self.pair if actor.side}))
        if _LEADERS.search(matches[-1][0]) and (leaders := self._leaders()):
            return leaders
        return self.pair

    def _leaders(self) -> tuple[Actor, ...]:
        """The two heads of state: the last pair spoken of, or those of a text that is about the two states."""
        if self.leaders:
            return self.leaders
        about = re.search(r"\b(?:china|chinese|prc|xi)\b", self.document.title.lower() or self.low[self.document.body : self.document.body + 600])
        return self._fallback_leaders() if about else ()

    def _fallback_leaders(self) -> tuple[Actor, ...]:
        heads = [person for person in self.registry.people.values() if "head_of_state" in person.classes or (person.person_id and (post := self.lexicon.post_of(person.person_id, self.document.published)) and post.office_class == "head_of_state")]
        china = next((person for person in heads if person.side == CHINA), None)
        other = next((person for person in heads if person.side == self.registry.home), None)
        if china and other:
            return tuple(Actor(0, 0, "person", person.side, person.name, person.person_id, frozenset({"head_of_state"})) for person in (other, china))
        return ()

    def _subject(self, sentence: Sentence, hit: Hit, clause: Span, clauses: list[Span], left: list[Actor]) -> list[Actor]:
        """Who did it: actors before the trigger in its clause, a pronoun, or the subject carried over."""
        here = [actor for actor in left if actor.start >= clause[0] and (not self._oblique(actor) or self.low[actor.end : hit.start] == " to ")]
        if here:
            group = [here[-1]]
            for actor in reversed(left[: left.index(here[-1])]):
                if _COORDINATION.fullmatch(self.flat[actor.end : group[0].start]):
                    group.insert(0, actor)
                else:
                    break
            if group[0].kind == "office" and any(actor.plural for actor in group) and len(_sides(group)) == 1:
                people = [actor for actor in here if actor.kind == "person" and actor.side == group[0].side]
                if people:
                    return people
            if group[0].kind != "side" or len(_sides(group)) > 1 or len(here) == len(group):
                return group
            people = [actor for actor in here if actor.kind == "person"] or [actor for actor in here if actor.kind != "side"]
            return [people[-1]] if people else group
        words = self.low[clause[0] : hit.start]
        if re.match(r",? who\b", words) and left:
            return [left[-1]]
        if _PAIR.search(words) and self.pair:
            return list(self._pronoun_pair(words))
        if _SINGULAR.search(words):
            people = [actor for actor in left if actor.kind == "person"]
            antecedent = people[0] if people else self.subject
            return [antecedent] if antecedent else []
        if _FIRST.search(words) or (_FIRST.search(self.low[sentence.start : hit.start]) and not left):
            return self._speaker(sentence)
        earlier = [actor for actor in left if not self._oblique(actor)]
        if re.match(r",? (?:who|where|which)\b", words) and left:
            return [left[-1]]
        return [earlier[0]] if earlier else []

    def _oblique(self, actor: Actor) -> bool:
        return bool(re.search(r"\b(?:of|from|by|to|for|about|on|than|with|like)(?: the)? $", self.low[max(0, actor.start - 12) : actor.start])) and not actor.plural

    def _speaker(self, sentence: Sentence) -> list[Actor]:
        """`I` and `we` in an answer: the named speaker, or the state spoken for."""
        name = sentence.turn.speaker or ""
        word = name.replace("MR.", "").replace("MS.", "").replace("SECRETARY", "").replace("PRESIDENT", "").strip().title().split(" ")[-1]
        person = self.registry.by_family(word) if word else None
        if person is None and re.search(r"(?i)president|prime minister|^pm$|minister", name):
            wanted = {"head_of_state"} if "PRESIDENT" in name.upper() else {"head_of_government"} if re.search(r"(?i)prime|^pm$", name) else {"foreign_minister", "defence_minister"}
            person = next((one for one in self.registry.people.values() if one.side == self.registry.home and one.classes & wanted), None)
        if person is None and (not name or name.upper() in ("PM", "PRIME MINISTER", "THE PRESIDENT")):
            person = next((one for one in self.registry.people.values() if one.side == self.registry.home and one.author), None)
        home = person.side if person else self.registry.home
        if person:
            return [Actor(sentence.start, sentence.start, "person", person.side, person.name, person.person_id, frozenset(person.classes))]
        return [Actor(sentence.start, sentence.start, "side", home)] if home else []

    def _complete(self, found: list[Actor], sentence: Sentence | None) -> list[Actor]:
        """Give counterparts and offices a side, and drop what is said twice."""
        known = _sides([actor for actor in found if actor.kind not in ("counterpart",)])
        done: list[Actor] = []
        for actor in found:
            if actor.side is None and actor.kind == "counterpart" and sentence:
                actor = replace(actor, side=self._counterpart_side(actor, known, sentence))
            elif actor.side is None:
                actor = replace(actor, side=self._office_side(actor))
            if actor.kind == "office" and len(actor.classes) == 1 and not actor.plural:
                actor = self._person_of_office(actor)
            if not any(actor.key == other.key and actor.side == other.side for other in done):
                done.append(actor)
        return done

    def _counterpart_side(self, actor: Actor, known: set[str | None], sentence: Sentence) -> str | None:
        """Of a Chinese party: the other one; of a foreign party: Chinese only where China, and no third state, is spoken of."""
        if CHINA in known:
            return min((side for side in known if side and side != CHINA), default=None) or self.registry.home
        near = self.actors[bisect_left(self._actor_starts, sentence.start - _NEAR_CHARACTERS) : bisect_left(self._actor_starts, sentence.end)]
        sides = _sides(near) - {self.registry.home, None} - known
        lone = self.low.find("china", self.document.body, self.document.body + 400) >= 0 and not sides - {CHINA}
        return CHINA if CHINA in sides and (not sides - {CHINA} or not actor.plural) and (not actor.plural or lone) else "other" if not lone or actor.plural else CHINA

    def _office_side(self, actor: Actor) -> str | None:
        if "premier" in (actor.office or "").lower():
            return CHINA
        return self.registry.home

    def _person_of_office(self, actor: Actor) -> Actor:
        """`the President`, `the National Security Advisor`: the document's own holder of the office."""
        holders = [
            person for person in self.registry.people.values()
            if person.side == actor.side and (person.classes & actor.classes) and not COUNTERPART.search(actor.office or "")
        ]  # fmt: skip
        if len(holders) == 1:
            person = holders[0]
            return replace(actor, kind="person", name=person.name, person_id=person.person_id)
        return actor


def _sides(actors: list[Actor]) -> set[str | None]:
    return {actor.side for actor in actors}


def _pair_in(people: list[Actor]) -> tuple[Actor, ...]:
    """A Chinese and another person of one sentence."""
    chinese = [actor for actor in people if actor.side == CHINA]
    others = [actor for actor in people if actor.side not in (CHINA, None)]
    return (others[0], chinese[0]) if chinese and others else ()


def _run(flat: str, actors: list[Actor], limit: int) -> list[Actor]:
    """The first actors that are joined to each other."""
    group: list[Actor] = []
    for actor in actors[: limit + 2]:
        if group and not _COORDINATION.fullmatch(flat[group[-1].end : actor.start]):
            break
        group.append(actor)
    return group[:limit]
