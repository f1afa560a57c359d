"""What extraction returns: candidates as plain rows, as Arrow, and with spans to show."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from ..errors import ExtractionError
from ..vocab import CHINA
from .actors import Actor
from .date_values import DateHit
from .events import Event
from .text import Document

if TYPE_CHECKING:
    from ..models import Meeting

Span = tuple[int, int]
KEYS = (
    "kind", "status", "mode", "setting", "domain", "start_date", "end_date", "date_precision", "date_edtf", "city", "country",
    "partners", "participants", "topics", "mechanism_id", "forum", "salience", "spans", "resolved_by",
)  # fmt: skip
"""Keys of a row, in order."""


@dataclass(frozen=True)
class Candidate:
    """One event of a text."""

    row: dict[str, Any]
    """The fields of `KEYS`."""
    topics: tuple[tuple[str, str, Span], ...]
    """Topic, who raised it (side or unattributed), span."""
    in_scope: bool
    """Whether it is a core record by the coding guide."""
    scope_reason: str

    def record(self, *, article: str, coder: str, coder_kind: str, account_of: str = "third") -> Meeting:
        """The candidate as a meeting record of today, once somebody has reviewed it.

        Args:
            article: Id of the article record that holds the text.
            coder: Who reviewed it.
            coder_kind: person or language_model.
            account_of: Whose account the text carries: CHN, the partner's code, both, third or anonymous.

        Returns:
            A `Meeting` with `coding.method` extracted; the spans are its evidence.

        Raises:
            ExtractionError: a channel event, or a candidate that lacks what every record needs (such as a partner).
        """
        from pydantic import ValidationError

        from ..models import Meeting
        from .review import as_record

        if self.row["kind"] != "meeting":
            raise ExtractionError("a channel event is no meeting; write a suspension record by hand")
        row = self.row | {"article_id": article}
        fields = as_record(row, coder=coder, coder_kind=coder_kind, today=date.today(), account_of=account_of)
        try:
            return Meeting.model_validate_json(json.dumps(fields), strict=True)
        except ValidationError as error:
            faults = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
            raise ExtractionError(f"no record can be made of this candidate: {faults}") from None


@dataclass(frozen=True)
class Extraction:
    """Candidate records of one text, with the character spans that support them."""

    article_id: str | None
    published: str | None
    anchor: str
    """Where the publication date comes from: given, header, line, address, or none."""
    meetings: tuple[Candidate, ...] = ()
    suspensions: tuple[Candidate, ...] = ()
    """Channel events: suspended and resumed."""
    dates: tuple[dict[str, Any], ...] = ()
    """Every date expression: span, surface, EDTF value or null, anchor."""
    mentions: tuple[dict[str, Any], ...] = ()
    """Every person, office and state read as an actor: span, side, name, person_id."""
    warnings: tuple[str, ...] = field(default=())
    relevant: bool = True
    """False where the gate found nothing to read."""

    def to_rows(self) -> list[dict[str, Any]]:
        """Plain dicts, one per event, with exactly the keys of `KEYS`."""
        return [dict(candidate.row) for candidate in (*self.meetings, *self.suspensions)]


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
    rows = []
    for actor in actors:
        rows.append(
            {
                "span": (actor.start, actor.end),
                "kind": actor.kind,
                "side": actor.side,
                "name": actor.name,
                "person_id": actor.person_id,
            }
        )
    return tuple(rows)


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
