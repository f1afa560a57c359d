"""Counterparts and offices answered by name: from the document first, then from the tenures at the day of the event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ..vocab import CHINA
from .actors import CLASS_GROUPS, SUCCESSION, Actor, person_posts
from .events import Event
from .lexicon import Lexicon
from .registry import Registry

_MAX_POSTS = 2
"""A class of office that a state has many of (theatre commanders) says nothing of who is meant."""


def resolve(lexicon: Lexicon, registry: Registry, event: Event) -> None:
    """Name the unnamed participants of an event, and say in `event.resolved` how."""
    first, last = _when(registry, event)
    seen: list[Actor] = []
    for actor in event.actors:
        if actor.kind in ("counterpart", "office") and not actor.plural and not SUCCESSION.search(actor.office or ""):
            others = [other for other in event.actors if other.side != actor.side]
            wanted = _wanted(lexicon, registry, actor, others)
            actor = _named(lexicon, registry, event, actor, wanted, first, last)
        seen.append(actor)
    unique: list[Actor] = []
    for actor in seen:
        if not any(actor.key == other.key and actor.side == other.side for other in unique):
            unique.append(actor)
    named = {actor.side for actor in unique if actor.kind != "side"}
    event.actors = [actor for actor in unique if actor.kind != "side" or actor.side not in named]


def _when(registry: Registry, event: Event) -> tuple[date | None, date | None]:
    if event.date is not None:
        return event.date.start, event.date.end
    return registry.document.published, registry.document.published


def _wanted(lexicon: Lexicon, registry: Registry, actor: Actor, others: list[Actor]) -> set[str]:
    own = set(actor.classes) - {"other"}
    if own or actor.kind == "office":
        return own
    on = registry.document.published
    return {name for other in others for name in (other.classes | person_posts(lexicon, other, on))} - {
        "other",
        "spokesperson",
    }


def _named(
    lexicon: Lexicon,
    registry: Registry,
    event: Event,
    actor: Actor,
    wanted: set[str],
    first: date | None,
    last: date | None,
) -> Actor:
    if not wanted or actor.side is None:
        event.resolved.setdefault(actor.office or "", "none")
        return actor
    groups = [set(group) for group in CLASS_GROUPS if group & wanted] or [wanted]
    fitting = set().union(*groups) if actor.kind == "counterpart" else wanted
    near = [
        person
        for person in registry.people.values()
        if person.side == actor.side
        and ((person.classes & fitting) or _held(lexicon, person.person_id, fitting, first))
        and (not person.person_id or _may_hold(lexicon, person.person_id, fitting, first, last))
    ]
    if len(near) == 1:
        event.resolved[near[0].name] = "document"
        return replace(
            actor,
            kind="person",
            name=near[0].name,
            person_id=near[0].person_id,
            classes=actor.classes | frozenset(near[0].classes),
        )
    if first is not None and last is not None:
        for name in sorted(fitting, key=lambda one: (one == "party_foreign_affairs", one)):
            posts = lexicon.posts_by_class.get((actor.side, name), ())
            for post in posts if len(posts) <= _MAX_POSTS else ():
                held = lexicon.who_held(post.id, first, last)
                if held.answer == "one" or (
                    held.answer == "unknown" and len({spell.person for spell in held.holders}) == 1
                ):
                    person_id = held.holders[0].person
                    event.resolved[lexicon.people[person_id]["name"]] = "office_table"
                    return replace(
                        actor,
                        kind="person",
                        name=lexicon.people[person_id]["name"],
                        person_id=person_id,
                        classes=actor.classes | {name},
                    )
    event.resolved[actor.office or "counterpart"] = "none"
    return replace(actor, classes=actor.classes | frozenset(wanted))


def _held(lexicon: Lexicon, person_id: str | None, classes: set[str], on: date | None) -> bool:
    post = lexicon.post_of(person_id, on, classes) if person_id else None
    return bool(post and post.office_class in classes)


def _may_hold(lexicon: Lexicon, person_id: str, classes: set[str], first: date | None, last: date | None) -> bool:
    """Not ruled out by the tenures: a successor is not the counterpart of an earlier day."""
    held = [
        item
        for item in lexicon.held.get(person_id, ())
        if item[0] in lexicon.posts and lexicon.posts[item[0]].office_class in classes
    ]
    if not held or first is None or last is None:
        return True
    return any(lexicon.tenures.may_have_held(person_id, post, first, last) for post, _, _ in held)


def domain_of(lexicon: Lexicon, event: Event) -> str:
    """Domain by the Chinese participants' offices; a mechanism's owner overrides."""
    if event.mechanism:
        owner = lexicon.mechanisms[event.mechanism]["owner"]
        return {
            "mnd_cmc": "defence",
            "mfa_mnd": "defence",
            "mps": "security",
            "mss": "security",
            "coast_guard": "security",
        }.get(owner, "diplomatic")
    if event.kind == "channel":
        return "defence"
    chinese = [actor for actor in event.actors if actor.side == CHINA]
    for actor in chinese:
        if actor.person_id:
            on = event.date.start if event.date else None
            peers = {
                name
                for other in event.actors
                if other.side != CHINA
                for name in other.classes | person_posts(lexicon, other, on)
            }
            post = lexicon.post_of(actor.person_id, on, (actor.classes | peers) - {"other"}) or lexicon.post_of(
                actor.person_id, None
            )
            if post:
                return post.domain
    domains = [
        post.domain
        for actor in event.actors
        for name in sorted(actor.classes - {"other"})
        for post in (lexicon.posts_by_class.get((CHINA, name)) or ())[:1]
    ]
    if domains:
        return domains[0]
    classes = {name for actor in event.actors for name in actor.classes}
    if classes & {
        "defence_minister",
        "chief_of_defence",
        "supreme_command",
        "combatant_commander",
        "service_chief",
        "military_commander",
    }:
        return "defence"
    if event.military and not any(actor.kind == "person" for actor in event.actors):
        return "defence"
    return "diplomatic"
