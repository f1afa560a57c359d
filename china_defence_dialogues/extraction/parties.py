"""The parties of a contact: who met whom, by verb, by noun, or by reference."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..vocab import CHINA
from .actors import Actor
from .events import Span
from .memory import Memory, joined, joined_before, pair_in, sides_of
from .sentences import Sentence
from .surfaces import Hit

_TWO = re.compile(r"(?:[^.;]{0,30}between)? ?(?:the two|both|the leaders)\b")
_THAT_THEY = re.compile(r" (?:that )?(?:the two|both|the leaders|they)\b")
_LEADER_LEVEL = re.compile(r"\b(?:leader-level|leader-to-leader|leaders?)(?: \w+)? $")
_BETWEEN = re.compile(r"(?:,? [\w'-]+){0,6},? between ")
_OWNS = re.compile(r"'s?(?: [\w-]+){0,4} $")
_ATTENDED = re.compile(
    r" (?:both )?(?:attend(?:ed)?|took part in|participated in) (?:the|a|an)(?: (?:[A-Z0-9][\w'&-]*|of|on|for|and|in|the))+$"
)
"""Before a trigger that ends a name: `attended the East Asia Summit Foreign Ministers' Meeting`."""
_APART = re.compile(r"\b(?:unlike|besides|without|except|neither|instead of)\b[^,.;]{0,12}$")
_DEFINITE = re.compile(r"\b(?:last|previous|first|the|that)\b[^.]{0,24}$")
_LINKED = re.compile(r"(?: [\w()'-]+){0,9} with ")


@dataclass(slots=True)
class Scene:
    """One trigger with what surrounds it."""

    sentence: Sentence
    hit: Hit
    surface: str
    clause: Span
    clauses: list[Span]
    actors: list[Actor]
    left: list[Actor]
    right: list[Actor]
    """Up to the next verb of meeting."""
    reach: int
    """Where the next trigger of any kind starts."""
    dated: bool


class Parties(Memory):
    """Finds who took part."""

    def _participants(
        self,
        sentence: Sentence,
        hit: Hit,
        triggers: list[Hit],
        clause: Span,
        clauses: list[Span],
        actors: list[Actor],
        dated: bool,
    ) -> list[Actor]:
        """The parties of a trigger."""
        low = self.low
        verbs = (
            other.start
            for other in triggers
            if other.start > hit.end and other.value("trigger") in ("held", "encounter")
        )
        limit = min(min(verbs, default=sentence.end), sentence.end)
        scene = Scene(
            sentence=sentence,
            hit=hit,
            surface=low[hit.start : hit.end],
            clause=clause,
            clauses=clauses,
            actors=actors,
            left=[actor for actor in actors if actor.end <= hit.start],
            right=[actor for actor in actors if hit.end <= actor.start < limit],
            reach=min((other.start for other in triggers if other.start >= hit.end), default=sentence.end),
            dated=dated,
        )
        after = low[hit.end : min(hit.end + 60, scene.reach)]
        if self.events and hit.value("trigger") == "contact" and low[sentence.start : hit.start].endswith("this "):
            return []
        if scene.surface.endswith("between") or (" between " in after and _BETWEEN.match(after)):
            return self._between_two(scene)
        if hit.value("trigger") == "contact" or hit.value("mechanism") is not None:
            return self._of_noun(scene, after)
        return self._of_verb(scene)

    def _between_two(self, scene: Scene) -> list[Actor]:
        """`a meeting between A and B`, `a call between the two leaders`."""
        group = self._complete(joined(self.flat, scene.right, 4), scene.sentence)
        following = self.low[scene.hit.end : scene.hit.end + 60]
        if len(sides_of(group)) < 2 and _TWO.match(following) and (pair := self._pronoun_pair(following)):
            return list(pair)
        return group

    def _of_noun(self, scene: Scene, after: str) -> list[Actor]:
        """`A's meeting with B`, `a Biden-Xi call`, `their last meeting`, `discussions at the academy`."""
        low, hit, left, right = self.low, scene.hit, scene.left, scene.right
        at_academy = (
            right
            and "academy" in right[0].classes
            and re.fullmatch(r" (?:held )?at (?:the )?", low[hit.end : right[0].start])
        )
        if at_academy and self.where:
            return [self.where[3], replace(right[0], side=self.where[0])]
        objects = self._with(scene)
        following = low[hit.end : hit.end + 40]
        if _THAT_THEY.match(following):
            return list(self._pronoun_pair(following))
        if not objects and _LEADER_LEVEL.search(low, max(scene.sentence.start, hit.start - 32), hit.start):
            return list(self._leaders())
        if hyphen := self._hyphenated(left, hit):
            return hyphen
        owner = self._owner(left, hit)
        if owner is None and objects:
            owner = self._subject(scene.sentence, hit, scene.clause, scene.clauses, left)
        if owner:
            return self._complete([*owner, *objects], scene.sentence)
        if objects:
            if self.subject and self.subject.side and self.subject.side not in sides_of(objects):
                objects = [self.subject, *objects]
            return self._complete(objects, scene.sentence)
        return self._referred(scene, after)

    def _attending(self, sentence: Sentence, hit: Hit, actors: list[Actor]) -> list[Actor]:
        """`A, B and C attended the … Meeting`: all of them, where a Chinese and another person are among them."""
        match = _ATTENDED.search(self.flat, sentence.start, hit.end) if self.flat[hit.start].isupper() else None
        people = [actor for actor in actors if match and actor.kind == "person" and actor.end <= match.start()]
        if match is None or not people or people[-1].end != match.start():
            return []
        group = joined_before(self.flat, people)
        apart = _APART.search(self.low, max(sentence.start, group[0].start - 20), group[0].start)
        return [] if apart or not pair_in(group) else group

    def _with(self, scene: Scene) -> list[Actor]:
        """Those whom a noun's `with` names."""
        hit = scene.hit
        following = self.low[hit.end : min(hit.end + 90, scene.reach)]
        linked = _LINKED.match(following) if " with " in following else None
        if not (scene.surface.endswith("with") or linked):
            return []
        base = hit.end + (linked.end() if linked else 0)
        right = [actor for actor in scene.right if actor.start >= base - 1]
        return joined(self.flat, right[:6], 4) if right and right[0].start - base < 40 else []

    def _referred(self, scene: Scene, after: str) -> list[Actor]:
        """A noun that names nobody: whose it is by a pronoun, by its host, or as `the last meeting` of a pair."""
        low, hit = self.low, scene.hit
        before = low[max(scene.sentence.start, hit.start - 60) : hit.start]
        if pair := self._pronoun_pair(before):
            return list(pair)
        subject = self._subject(scene.sentence, hit, scene.clause, scene.clauses, scene.left)
        if len(sides_of(subject)) > 1:
            return subject
        hosted = pair_in([actor for actor in scene.left if actor.start >= scene.clause[0] and actor.kind == "person"])
        if hosted and re.search(
            r"\b(?:host|receiv|welcom|join|attend|hold|held|ha[sd]|have)\w*\b", low[scene.clause[0] : hit.start]
        ):
            return list(hosted)
        if scene.dated and self.pair and not after.startswith(" of ") and _DEFINITE.search(before):
            return list(pair_in([actor for actor in scene.actors if actor.kind == "person"]) or self.pair)
        return []

    def _of_verb(self, scene: Scene) -> list[Actor]:
        """`A met with B`, `A and B spoke`, `they met`."""
        low, hit, right = self.low, scene.hit, scene.right
        near = "with" in scene.surface or scene.surface.startswith(("met", "meet", "spoke", "received", "hosted"))
        objects: list[Actor] = []
        if right and right[0].start - hit.end < (90 if near else 60):
            if not re.search(r"[;.]| (?:said|that|where|which|when) ", low[hit.end : right[0].start]):
                objects = joined(self.flat, right, 4)
            if objects and objects[0].kind == "side" and objects[0].start - hit.end > 14:
                objects = []
        subject = self._subject(scene.sentence, hit, scene.clause, scene.clauses, scene.left)
        if not subject and (pair := self._pronoun_pair(low[max(scene.sentence.start, hit.start - 90) : hit.start])):
            subject = list(pair)
        return self._complete([*subject, *objects], scene.sentence)

    def _hyphenated(self, left: list[Actor], hit: Hit) -> list[Actor]:
        """`a Biden-Xi call`, `the Austin-Li meeting`."""
        if len(left) >= 2 and self.flat[left[-2].end : left[-1].start] == "-" and 0 <= hit.start - left[-1].end <= 30:
            if left[-1].kind == left[-2].kind == "office":
                return self._complete(
                    [replace(left[-2], side=left[-2].side or self.registry.home), replace(left[-1], side=CHINA)], None
                )
            return [left[-2], left[-1]]
        return []

    def _owner(self, left: list[Actor], hit: Hit) -> list[Actor] | None:
        """`Sullivan's meeting with`, `the leaders' summit`."""
        if not left:
            return None
        last = left[-1]
        gap = self.flat[last.end : hit.start]
        if _OWNS.match(gap) or gap in (" ", " Jr. "):
            return joined_before(self.flat, left)
        return None
