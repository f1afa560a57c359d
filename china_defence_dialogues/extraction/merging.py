"""One event told several times becomes one; what is said of it later fills what was missing."""

from __future__ import annotations

from datetime import timedelta

from ..vocab import CHINA
from .actors import CLASS_GROUPS, Actor
from .events import Event, status_class

_SLACK = timedelta(days=1)


def merge(events: list[Event]) -> list[Event]:
    """Events, each once, in the order they are first told."""
    kept: list[Event] = []
    for event in events:
        target = next((other for other in _by_nearness(kept, event) if compatible(other, event)), None)
        if target is None:
            kept.append(event)
        else:
            _fill(target, event)
    return kept


def _by_nearness(kept: list[Event], event: Event) -> list[Event]:
    """Those with an agreeing date or place first, then the latest told."""
    return sorted(
        kept,
        key=lambda other: (
            not (_dated_alike(other, event) or (event.city is not None and event.city == other.city)),
            -other.sentence,
        ),
    )


def _dated_alike(left: Event, right: Event) -> bool:
    return left.date is not None and right.date is not None and overlap(left, right)


def overlap(left: Event, right: Event) -> bool:
    """Whether two dates can be one: intersecting, a day's difference allowed at day precision."""
    if left.date is None or right.date is None:
        return True
    slack = _SLACK if left.date.precision == right.date.precision == "day" else timedelta(0)
    return left.date.start - slack <= right.date.end and right.date.start - slack <= left.date.end


def compatible(left: Event, right: Event) -> bool:
    """Whether two tellings can be of one event."""
    if left.kind != right.kind:
        return False
    if left.kind == "channel":
        return left.status == right.status and left.partners == right.partners
    if status_class(left.status) != status_class(right.status) or not overlap(left, right):
        return False
    if not set(left.partners) & set(right.partners):
        return False
    if _unnamed(left) != _unnamed(right) and (left.city != right.city) and left.sentence != right.sentence:
        return False
    if _delegations(left) != _delegations(right) and left.sentence != right.sentence:
        return False
    if _academies(left) and _academies(right) and not _academies(left) & _academies(right):
        return False
    if left.mechanism or right.mechanism:
        return left.mechanism == right.mechanism or (
            not (left.mechanism and right.mechanism)
            and _unnamed(left)
            and _unnamed(right)
            and _dated_alike(left, right)
        )
    if "unknown" not in (left.mode, right.mode) and left.mode != right.mode:
        return False
    if left.city and right.city and left.city != right.city:
        return False
    if left.country and right.country and left.country != right.country:
        return False
    if {left.status, right.status} == {"held", "encounter"}:
        return False
    return (
        _agree(_of(left, china=True), _of(right, china=True))
        and _agree(_of(left, china=False), _of(right, china=False))
        and _bound(left, right)
    )


def _unnamed(event: Event) -> bool:
    """Told of states only."""
    return all(actor.kind == "side" for actor in event.actors)


def _delegations(event: Event) -> bool:
    """Told of officials on both sides, none of them named: other talks than those of named principals."""
    return len(event.actors) > 1 and all(actor.kind == "office" and actor.plural for actor in event.actors)


def _academies(event: Event) -> set[str]:
    return {actor.office for actor in event.actors if actor.office and "academy" in actor.classes}


def _bound(left: Event, right: Event) -> bool:
    """Some person or office in common, or nothing but sides on one of them and the same sentence or date."""
    names = {actor.key for actor in left.actors if actor.kind == "person"} & {
        actor.key for actor in right.actors if actor.kind == "person"
    }
    if names:
        return True
    return (
        left.sentence == right.sentence
        or _dated_alike(left, right)
        or all(actor.kind != "person" for actor in right.actors)
        or any(actor.kind == "counterpart" for actor in (*left.actors, *right.actors))
    )


def _of(event: Event, *, china: bool) -> list[Actor]:
    return [actor for actor in event.actors if (actor.side == CHINA) == china]


def _agree(left: list[Actor], right: list[Actor]) -> bool:
    """Two sides of one party: a person in common, or one of them unnamed in a fitting office."""
    people = (
        {actor.key for actor in left if actor.kind == "person"},
        {actor.key for actor in right if actor.kind == "person"},
    )
    if people[0] and people[1]:
        return bool(people[0] & people[1])
    classes = _classes(left), _classes(right)
    if classes[0] and classes[1]:
        return bool(classes[0] & classes[1]) or any(classes[0] & group and classes[1] & group for group in CLASS_GROUPS)
    return True


def _classes(actors: list[Actor]) -> set[str]:
    return {name for actor in actors for name in actor.classes} - {"other"}


def _fill(target: Event, event: Event) -> None:
    if target.date is None or (
        event.date is not None and target.date.precision != "day" and event.date.precision == "day"
    ):
        target.date, target.date_span = event.date or target.date, event.date_span or target.date_span
    if target.mode == "unknown" and event.mode != "unknown":
        target.mode, target.mode_span = event.mode, event.mode_span
    if target.city is None and event.city:
        target.city, target.country, target.place_span = event.city, event.country or target.country, event.place_span
    elif target.country is None and event.country:
        target.country, target.place_span = event.country, event.place_span
    if target.setting == "bilateral" and event.setting != "bilateral":
        target.setting, target.setting_span = event.setting, event.setting_span
    if target.mechanism is None:
        target.mechanism, target.mechanism_span = event.mechanism, event.mechanism_span
    target.forum = target.forum or event.forum
    target.forum_span = target.forum_span or event.forum_span
    if target.title and not event.title:
        target.status, target.status_span, target.trigger, target.sentence = (
            event.status,
            event.status_span,
            event.trigger,
            event.sentence,
        )
        target.title = False
    target.lead |= event.lead
    spanned = {actor.key: actor for actor in event.actors if actor.end > actor.start}
    target.actors = [spanned.get(actor.key, actor) if actor.end == actor.start else actor for actor in target.actors]
    named = {actor.key for actor in target.actors}
    for actor in event.actors:
        if actor.kind == "person" and actor.key not in named:
            same_side = [other for other in target.actors if other.side == actor.side]
            if all(other.kind != "person" for other in same_side):
                target.actors = [other for other in target.actors if other.side != actor.side] + [actor]
