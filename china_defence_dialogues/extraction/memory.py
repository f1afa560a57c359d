"""What one sentence leaves for the next: people, pairs, `the two leaders`, who speaks, who is visiting."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from ..vocab import CHINA
from .actors import COUNTERPART, Actor, person_posts
from .date_values import DateHit, DateValue
from .events import Event, Span
from .lexicon import Lexicon
from .patterns import one_of
from .registry import Registry
from .sentences import Sentence
from .surfaces import Hit, fold
from .text import Document, lower

_COORDINATION = re.compile(
    r"(?:, (?:left|right|center|centre))?(?:,? and |, | or |,? as well as |,? along with |-|; )(?:with |the |his |her |their |then-|by )?"
)
_PAIR = re.compile(
    r"\b"
    + one_of(
        "the two(?: (?:leaders|sides|presidents|officials|countries|ministers|men|delegations|heads|chiefs|governments))?|both (?:sides|leaders|ministers|presidents)|the (?:leaders|ministers|presidents|sides)|they|their|the two leaders'"
    )
    + r"\b"
)
_LEADERS = re.compile(r"\b(?:leaders|presidents|leader-level|leader-to-leader)\b")
_SINGULAR = re.compile(r"\b(?:he|she|his|her)\b")
_FIRST = re.compile(r"\b(?:i|i've|i'll|we|we've|my|our|us)\b")
_LOCATIVE = re.compile(
    r"\b"
    + one_of(
        "in|at|from|to|toward|towards|into|across|near|outside|visit|visits|visited|visiting|on|against|over|of|about|for|around|within|leave|left|support|regarding|concerning"
    )
    + "(?: the| mainland)? $"
)
_OBLIQUE = re.compile(r"\b(?:of|from|by|to|for|about|on|than|with|like)(?: the)? $")
_RELATIVE = re.compile(r",? (who|where|which)\b")
_MOUTHPIECES = frozenset({"other", "spokesperson"})
"""Classes of office whose holders say `we` for their government."""
_OPENING = 600
_NEAR_CHARACTERS = 400
_PAIR_LIFE = 14
"""Sentences for which `the two leaders` may point back."""
_AFTER_CITY = re.compile(r"\b(?:in|to|at) (?:[A-Z][\w'-]+ ?){1,3}, $")


class Memory:
    """Who `they`, `he`, `we` and `his counterpart` are at this point of a document."""

    def __init__(
        self,
        lexicon: Lexicon,
        registry: Registry,
        document: Document,
        hits: list[Hit],
        actors: list[Actor],
        dates: list[DateHit],
    ) -> None:
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
        self._opens_with_china = any(
            CHINA in hit.values("states") for hit in hits if hit.start < document.body + _NEAR_CHARACTERS
        )
        self.where: tuple[str, Span, set[str], Actor] | None = None
        """The state that someone is said to be in or to go to, and who."""
        self.visit: tuple[set[str], DateValue, Span] | None = None
        """Whose visit is announced, and when: its talks fall on the same days."""
        self.series: tuple[set[str], DateValue, Span] | None = None
        """Whose talks have ended, and the month of it."""

    def _between(self, starts: list[int], items: list, sentence: Sentence) -> list:  # type: ignore[type-arg]
        return items[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]

    def _locative(self, actor: Actor) -> bool:
        start = actor.start
        return actor.kind == "side" and bool(
            _LOCATIVE.search(self.low, max(0, start - 16), start)
            or (self.flat.endswith(", ", 0, start) and _AFTER_CITY.search(self.flat, max(0, start - 40), start))
        )

    def _forget(self, sentence: Sentence, actors: list[Actor]) -> None:
        """Pairs lapse with distance, and when another state's people come up."""
        others = {actor.side for actor in actors if actor.kind == "person"} - {CHINA, self.registry.home, None}
        if (others and not any(actor.side == CHINA for actor in actors)) or sentence.index - self._pair_at > _PAIR_LIFE:
            self.pair = self.leaders = ()

    def _remember(self, event: Event) -> None:
        pair = tuple(actor for actor in event.actors if actor.kind in ("person", "office", "counterpart"))
        if len({actor.side for actor in pair}) > 1:
            self._keep_pair(pair)

    def _keep_pair(self, pair: tuple[Actor, ...]) -> None:
        self.pair = pair
        self._pair_at = self._index
        if all(
            "head_of_state" in person_posts(self.lexicon, actor, self.document.published) | actor.classes
            for actor in pair
        ):
            self.leaders = pair

    def _note_subject(self, actors: list[Actor]) -> None:
        people = [
            actor
            for actor in actors
            if actor.kind == "person" or (actor.kind == "office" and actor.classes - {"other"})
        ]
        if people:
            self.subject = people[0]
        pair = pair_in(people)
        if pair:
            self._keep_pair(pair)

    def _pronoun_pair(self, before: str) -> tuple[Actor, ...]:
        matches = list(_PAIR.finditer(before))
        if not matches:
            return ()
        if any(re.search(r"countries|governments", match[0]) for match in matches):
            return tuple(
                Actor(0, 0, "side", side) for side in sorted({actor.side for actor in self.pair if actor.side})
            )
        if _LEADERS.search(matches[-1][0]) and (leaders := self._leaders()):
            return leaders
        return self.pair

    def _leaders(self) -> tuple[Actor, ...]:
        """The two heads of state: the last pair spoken of, or those of a text that is about the two states."""
        if self.leaders:
            return self.leaders
        opening = self.document.title or self.flat[self.document.body : self.document.body + _OPENING]
        about = any(CHINA in hit.values("states") for hit in self.lexicon.find(opening, lower(opening)))
        return self._fallback_leaders() if about else ()

    def _fallback_leaders(self) -> tuple[Actor, ...]:
        heads = [
            person
            for person in self.registry.people.values()
            if "head_of_state" in person.classes
            or (
                person.person_id
                and (post := self.lexicon.post_of(person.person_id, self.document.published))
                and post.office_class == "head_of_state"
            )
        ]
        china = next((person for person in heads if person.side == CHINA), None)
        other = next((person for person in heads if person.side == self.registry.home), None)
        if china and other:
            return tuple(
                Actor(0, 0, "person", person.side, person.name, person.person_id, frozenset({"head_of_state"}))
                for person in (other, china)
            )
        return ()

    def _subject(
        self, sentence: Sentence, hit: Hit, clause: Span, clauses: list[Span], left: list[Actor]
    ) -> list[Actor]:
        """Who did it: actors before the trigger in its clause, a pronoun, or the subject carried over."""
        here = [
            actor
            for actor in left
            if actor.start >= clause[0] and (not self._oblique(actor) or self.low[actor.end : hit.start] == " to ")
        ]
        if here:
            group = joined_before(self.flat, left[: left.index(here[-1]) + 1])
            if group[0].kind == "office" and any(actor.plural for actor in group) and len(sides_of(group)) == 1:
                people = [actor for actor in here if actor.kind == "person" and actor.side == group[0].side]
                if people:
                    return people
            if group[0].kind != "side" or len(sides_of(group)) > 1 or len(here) == len(group):
                return group
            people = [actor for actor in here if actor.kind == "person"] or [
                actor for actor in here if actor.kind != "side"
            ]
            return [people[-1]] if people else group
        words = self.low[clause[0] : hit.start]
        relative = _RELATIVE.match(words)
        if relative and relative[1] == "who" and left:
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
        if relative and left:
            return [left[-1]]
        return [earlier[0]] if earlier else []

    def _oblique(self, actor: Actor) -> bool:
        return bool(_OBLIQUE.search(self.low, max(0, actor.start - 12), actor.start)) and not actor.plural

    def _speaker(self, sentence: Sentence) -> list[Actor]:
        """`I` and `we` in an answer: the named speaker, or the state spoken for."""
        name = sentence.turn.speaker or ""
        word = (
            name.replace("MR.", "")
            .replace("MS.", "")
            .replace("SECRETARY", "")
            .replace("PRESIDENT", "")
            .strip()
            .title()
            .split(" ")[-1]
        )
        person = self.registry.by_family(word) if word else None
        if person is None and re.search(r"(?i)president|prime minister|^pm$|minister", name):
            wanted = (
                {"head_of_state"}
                if "PRESIDENT" in name.upper()
                else {"head_of_government"}
                if re.search(r"(?i)prime|^pm$", name)
                else {"foreign_minister", "defence_minister"}
            )
            person = next(
                (
                    one
                    for one in self.registry.people.values()
                    if one.side == self.registry.home and one.classes & wanted
                ),
                None,
            )
        if person is None and (not name or name.upper() in ("PM", "PRIME MINISTER", "THE PRESIDENT")):
            person = next(
                (one for one in self.registry.people.values() if one.side == self.registry.home and one.author), None
            )
        home = person.side if person else self.registry.home
        if person and (person.person_id or person.classes - _MOUTHPIECES):
            return [
                Actor(
                    sentence.start,
                    sentence.start,
                    "person",
                    person.side,
                    person.name,
                    person.person_id,
                    frozenset(person.classes),
                )
            ]
        return [Actor(sentence.start, sentence.start, "side", home)] if home else []

    def _complete(self, found: list[Actor], sentence: Sentence | None) -> list[Actor]:
        """Give counterparts and offices a side, and drop what is said twice."""
        known = sides_of([actor for actor in found if actor.kind not in ("counterpart",)])
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
        near = self.actors[
            bisect_left(self._actor_starts, sentence.start - _NEAR_CHARACTERS) : bisect_left(
                self._actor_starts, sentence.end
            )
        ]
        sides = sides_of(near) - {self.registry.home, None} - known
        lone = self._opens_with_china and not sides - {CHINA}
        return (
            CHINA
            if CHINA in sides and (not sides - {CHINA} or not actor.plural) and (not actor.plural or lone)
            else "other"
            if not lone or actor.plural
            else CHINA
        )

    def _office_side(self, actor: Actor) -> str | None:
        if actor.classes <= {"head_of_government", "deputy_leader"}:
            for word in fold(actor.office or "").split():
                if word in self.lexicon.government_titles:
                    return self.lexicon.government_titles[word]
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


def sides_of(actors: list[Actor]) -> set[str | None]:
    return {actor.side for actor in actors}


def pair_in(people: list[Actor]) -> tuple[Actor, ...]:
    """A Chinese and another person of one sentence."""
    chinese = [actor for actor in people if actor.side == CHINA]
    others = [actor for actor in people if actor.side not in (CHINA, None)]
    return (others[0], chinese[0]) if chinese and others else ()


def joined_before(flat: str, actors: list[Actor]) -> list[Actor]:
    """The last actor, with those before it that are joined to each other."""
    group = actors[-1:]
    for actor in reversed(actors[:-1]):
        if not _COORDINATION.fullmatch(flat[actor.end : group[0].start]):
            break
        group.insert(0, actor)
    return group


def joined(flat: str, actors: list[Actor], limit: int) -> list[Actor]:
    """The first actors that are joined to each other."""
    group: list[Actor] = []
    for actor in actors[: limit + 2]:
        if group and not _COORDINATION.fullmatch(flat[group[-1].end : actor.start]):
            break
        group.append(actor)
    return group[:limit]
