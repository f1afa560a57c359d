"""Spells in which channels were closed, with what happened meanwhile."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from .. import edtf
from .frames import DAY_COLUMNS, event_days, finish, frame, meetings, records
from .frames import partner as partner_of

if TYPE_CHECKING:
    import pandas as pd

_DTYPES = {
    "suspension_id": "string", "seq": "int64", "partner": "string", "imposed_by": "string", "kind": "string", "extent": "string",
    "channel": "string", "trigger_reason": "string", "trigger": "string", "started_edtf": "string", "started": "datetime64[us]",
    "ended_edtf": "string", "ended": "datetime64[us]", "open": "bool", "end_basis": "string", "resumed_by": "string",
    "days_min": "Int64", "days_max": "Int64", "n_contacts": "Int64", "n_non_contacts": "Int64",
}  # fmt: skip


def suspension_spells(partner: str | None = None, *, on: str | date | None = None) -> pd.DataFrame:
    """Every channel of every suspension spell, with its length and what happened while it ran.

    Args:
        partner: only spells with this partner (code or English name).
        on: only channels that may have been closed on this day (or on some day of this EDTF date).

    Returns:
        One row per spell and channel, by start: suspension_id, seq, partner, imposed_by, kind, extent, channel
        (mechanism id, else class of channels), trigger_reason, trigger, started_edtf, started, ended_edtf, ended
        (first days meant), open (bool: no end is recorded: still closed, or the end is not known), end_basis, resumed_by,
        days_min and days_max (Int64, length as far as the dates settle it; missing while open), n_contacts and
        n_non_contacts (Int64: core records with the partner, of whatever channel, that fall wholly inside the spell;
        aggregates and multilateral sessions left out; missing while no end is known).

    Raises:
        UnknownNameError: (a ValueError) for a partner that does not exist.
        FormatError: for a date outside the EDTF subset.
    """
    import pandas as pd

    columns = [
        name
        for name in _DTYPES
        if name not in ("channel", "open", "days_min", "days_max", "n_contacts", "n_non_contacts")
    ]
    rows = frame("suspensions", [*columns, "mechanism_id", "channel_class"], partner=partner_of(partner)) if partner else frame(
        "suspensions", [*columns, "mechanism_id", "channel_class"]
    )  # fmt: skip
    day = edtf.parse(on.isoformat()[:10] if isinstance(on, date) else on) if on is not None else None
    events = meetings(["partners", *DAY_COLUMNS], multilateral=False)
    events["first"], events["last"] = event_days(events)
    events = events.explode("partners")
    found = []
    for row in records(rows):
        start, end = (
            edtf.parse(row["started_edtf"]),
            edtf.parse(row["ended_edtf"]) if isinstance(row["ended_edtf"], str) else None,
        )
        if day is not None and not day.overlaps(start.start, end.end if end else None):
            continue
        found.append(row | {"channel": row["mechanism_id"] if isinstance(row["mechanism_id"], str) else str(row["channel_class"])}
                     | _length(start, end) | _meanwhile(events, row["partner"], start, end))  # fmt: skip
    result = pd.DataFrame(found, columns=list(_DTYPES)).astype(_DTYPES)
    return finish(result.sort_values(["started", "suspension_id", "seq"]))


def _length(start: edtf.Edtf, end: edtf.Edtf | None) -> dict[str, Any]:
    if end is None or None in (end.start, end.end, start.start, start.end):
        return {"open": end is None or end.open == "end", "days_min": None, "days_max": None}
    return {"open": False, "days_min": max((end.start - start.end).days, 0), "days_max": (end.end - start.start).days}  # type: ignore[operator]


def _meanwhile(events: pd.DataFrame, partner: str, start: edtf.Edtf, end: edtf.Edtf | None) -> dict[str, int | None]:
    """Records that fall wholly inside: from the last possible first day to the first possible last day."""
    import pandas as pd

    if end is None or end.start is None or start.end is None:
        return {"n_contacts": None, "n_non_contacts": None}
    rows = events[events["partners"].eq(partner)]
    inside = (rows["first"] >= pd.Timestamp(start.end)) & (rows["last"] < pd.Timestamp(end.start))
    kinds = rows.loc[inside, "kind"]
    return {"n_contacts": int(kinds.eq("contact").sum()), "n_non_contacts": int(kinds.eq("non_contact").sum())}
