"""Every field of one record with the pages that state it and those that state otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..loading.lookup import meeting as meeting_record
from .frames import finish, frame, known_id

if TYPE_CHECKING:
    import pandas as pd

    from ..models import Meeting

_FIELDS = (
    "status", "mode", "setting", "track", "date", "date_within", "date_basis", "intended_date", "partners", "mechanism", "round", "part_of",
    "requested_by", "ended_by", "refusal_attribution", "contested", "downgraded",
)  # fmt: skip
_GROUPS = ("participants", "reasons", "outcomes")
_COLUMNS = {
    "field": "string", "value": "string", "article_id": "string", "account_of": "string", "conflicts": "boolean", "publisher": "string",
    "source_type": "string", "published": "datetime64[us]", "url": "string", "basis": "string", "span_start": "Int64", "span_end": "Int64",
}  # fmt: skip


def evidence(meeting: str) -> pd.DataFrame:
    """Every field of one meeting with its sources and conflicts.

    Args:
        meeting: a meeting id.

    Returns:
        One row per field and page: field (path in the record, as place.city), value (what the page supports, or gives
        instead), article_id, account_of, publisher, source_type, url, basis (string), conflicts (boolean: the page gives
        another value than the record), published (datetime64[us]), span_start, span_end (Int64, characters of the
        article's text). Filled fields that no page is cited for have one row with article_id missing.

    Raises:
        UnknownNameError: (a ValueError) for a meeting that does not exist.
    """
    import pandas as pd

    known_id("meeting", meeting, "meetings", "meeting_id")
    rows = frame(
        "evidence",
        ["field", "value", "article_id", "account_of", "conflicts", "span_start", "span_end"],
        meeting=meeting,
        scope="all",
    )
    pages = frame("articles", ["article_id", "publisher", "source_type", "published", "url", "basis"])
    rows = rows.merge(pages, on="article_id", how="left")
    cited = set(rows["field"])
    bare = [
        {"field": path, "value": value}
        for path, value in _filled(meeting_record(meeting))
        if not any(path == field or field.startswith(f"{path}.") or path.startswith(f"{field}.") for field in cited)
    ]
    for name in ("source_type", "basis"):
        rows[name] = rows[name].astype("string")
    parts = [rows.reindex(columns=list(_COLUMNS)), pd.DataFrame(bare, columns=list(_COLUMNS))]
    result = pd.concat([part.astype(_COLUMNS) for part in parts], ignore_index=True)
    order = {name: place for place, name in enumerate((*_FIELDS, "place", *_GROUPS))}
    result["_order"] = [order.get(field.split(".")[0], len(order)) for field in result["field"]]
    result = result.sort_values(["_order", "field", "conflicts", "article_id"], kind="stable").drop(columns="_order")
    return finish(result, meeting_id=meeting)


def _filled(record: Meeting) -> Iterator[tuple[str, str]]:
    """(path, value) of every field that a source should state."""
    for name in _FIELDS:
        value = getattr(record, name)
        if value not in (None, (), False):
            yield name, "|".join(map(str, value)) if isinstance(value, tuple) else str(value)
    for name in ("city", "country", "venue"):
        if record.place is not None and getattr(record.place, name):
            yield f"place.{name}", str(getattr(record.place, name))
    for index, participant in enumerate(record.participants):
        shown = participant.name_as_reported or participant.person or participant.office_as_reported or participant.post
        yield f"participants.{index}", str(shown or participant.role)
    for index, reason in enumerate(record.reasons):
        yield f"reasons.{index}", str(reason.reason)
