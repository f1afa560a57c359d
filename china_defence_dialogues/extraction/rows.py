"""Events, dates and mentions as plain dicts."""

from __future__ import annotations

from typing import Any

from ..vocab import CHINA
from .actors import Actor
from .date_values import DateHit
from .events import Event, Span
from .result import KEYS
from .text import Document


def date_rows(found: list[DateHit], document: Document) -> tuple[dict[str, Any], ...]:
    """Every date expression, with what it means on the day of publication."""
    anchor = document.published.isoformat() if document.published else None
    rows = []
    for hit in found:
        value = hit.value(document.published)
        rows.append(
            {
                "span": (hit.start, hit.end),
                "surface": document.text[hit.start : hit.end],
                "edtf": value.edtf if value else None,
                "anchor": None if hit.absolute else anchor,
            }
        )
    return tuple(rows)


def actor_rows(actors: list[Actor]) -> tuple[dict[str, Any], ...]:
    """Every mention of a party."""
    return tuple(
        {
            "span": (actor.start, actor.end),
            "kind": actor.kind,
            "side": actor.side,
            "name": actor.name,
            "person_id": actor.person_id,
        }
        for actor in actors
    )


def row_of(event: Event, domain: str) -> dict[str, Any]:
    """The flat form of one event."""
    when = event.date
    meeting = event.kind == "meeting"
    spans: dict[str, Span] = {"trigger": event.trigger}
    for name, span in (
        ("status", event.status_span), ("mode", event.mode_span), ("setting", event.setting_span), ("date", event.date_span),
        ("place", event.place_span), ("mechanism", event.mechanism_span), ("forum", event.forum_span),
    ):  # fmt: skip
        if span is not None:
            spans[name] = span
    participants: list[dict[str, Any]] = []
    for actor in sorted(event.actors, key=lambda one: (one.side != CHINA, one.start)):
        if actor.kind == "side":
            continue
        if actor.end > actor.start:
            spans[f"participants.{len(participants)}"] = (actor.start, actor.end)
        participants.append(
            {"name": actor.name, "person_id": actor.person_id, "side": actor.side, "office": actor.office}
        )
    for topic, _, span in event.topics:
        spans.setdefault(f"topics.{topic}", span)
    return dict(
        zip(
            KEYS,
            (
                event.kind, event.status, event.mode if meeting else None, event.setting if meeting else None, domain,
                when.start if when else None, when.end if when else None, when.precision if when else "unknown", when.edtf if when else None,
                event.city, event.country, event.partners, participants, list(dict.fromkeys(topic for topic, _, _ in event.topics)),
                event.mechanism, event.forum, event.salience, spans, dict(event.resolved),
            ),
            strict=True,
        )
    )  # fmt: skip
