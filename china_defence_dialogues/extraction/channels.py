"""Channels suspended or resumed: military contacts as a class, apart from single meetings."""

from __future__ import annotations

import re
from datetime import date

from ..vocab import CHINA
from .date_values import DateHit
from .events import Event, Span
from .surfaces import Hit

_NOT_A_FACT = re.compile(
    r"\b(?:restor\w+ or|tr(?:y|ies|ied|ying)|seek\w*|sought|efforts?|hop\w+|want\w*|call\w*|urge\w*|could|might|may|would|if|should|need|how confident|ready|can|ability|to)\b(?: [\w-]+){0,3} $"
)
_STATE = frozenset({"suspended", "resumed"})
_REACH = 90


def channel_events(
    low: str, span: Span, sentence: int, hits: list[Hit], dates: list[DateHit], published: date | None, home: str | None
) -> list[Event]:
    """Suspensions and resumptions that one sentence states as facts."""
    channels = [hit for hit in hits if hit.values("channel")]
    states = [hit for hit in hits if set(hit.values("status")) & _STATE]
    partner = next(
        (value for hit in hits for value in hit.values("side") + hit.values("country") if value not in (CHINA, "TWN")),
        home,
    )
    if not states or not partner:
        return []
    events: list[Event] = []
    for state in states:
        status = next(value for value in state.values("status") if value in _STATE)
        channel = min(channels, key=lambda hit: abs(hit.start - state.start))
        gap = low[min(state.end, channel.end) : max(state.start, channel.start)]
        if len(gap) > _REACH and not (status == "resumed" and any(event.status == "suspended" for event in events)):
            continue
        if _NOT_A_FACT.search(low, max(span[0], state.start - 50), state.start) and not re.search(
            r"agreed[^.;]{0,60}$", low[max(span[0], state.start - 70) : state.start]
        ):
            continue
        event = Event("channel", status, (state.start, state.end), sentence, channel=channel.values("channel")[0])
        event.partners = [partner]
        event.status_span = (state.start, state.end)
        near = [when for when in dates if span[0] <= when.start < span[1] and abs(when.start - state.end) < 140]
        near.sort(key=lambda when: abs(when.start - state.end))
        if near:
            event.date = near[0].value(published, "past")
            event.date_span = (near[0].start, near[0].end) if event.date else None
        if not any(other.status == event.status for other in events):
            events.append(event)
    return events
