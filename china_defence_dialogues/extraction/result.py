"""What extraction returns: candidates as plain rows, as Arrow, and with spans to show."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from ..errors import ExtractionError

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
