"""Dates must be possible together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ... import edtf
from ...models import Meeting
from ...vocab import CONTACT_STATUSES
from ..findings import Finding
from ..seeds import Seeds

_TIME_ZONES = timedelta(days=1)


def _first_day(meeting: Meeting) -> date | None:
    text = meeting.date or meeting.date_within
    return edtf.parse(text).start if text else None


def source_before_event(seeds: Seeds) -> Iterator[Finding]:
    """A page older than the contact, by more than a day, cannot report it as held."""
    for meeting_id, meeting in seeds.meetings.items():
        start = _first_day(meeting)
        if meeting.status not in CONTACT_STATUSES or start is None:
            continue
        for number, source in enumerate(meeting.sources):
            article = seeds.articles.get(source.article)
            published = edtf.parse(article.published).end if article and article.published else None
            if published and published + _TIME_ZONES < start and "status" in source.supports:
                yield seeds.finding(
                    "C004", "meeting", meeting_id, ("sources", number),
                    f"published {published}, before the contact of {start}", "mend a date, or let it support only the planning",
                )  # fmt: skip


def held_in_future(seeds: Seeds, today: date) -> Iterator[Finding]:
    """Nothing is held before it happens."""
    for meeting_id, meeting in seeds.meetings.items():
        start = _first_day(meeting)
        if meeting.status in CONTACT_STATUSES and start and start > today + _TIME_ZONES:
            yield seeds.finding(
                "C007",
                "meeting",
                meeting_id,
                ("date",),
                f"{meeting.status} on {start}, which is still to come",
                "mend the date, or write planned with intended_date",
            )


def orders(seeds: Seeds) -> Iterator[Finding]:
    """Tenures, ranks and spells end after they start."""
    for person_id, person in seeds.people.items():
        for number, tenure in enumerate(person.tenures):
            start = edtf.parse(tenure.start or tenure.first_seen or "").start
            end = edtf.parse(tenure.end or tenure.last_seen or "").end
            if start and end and end < start:
                yield seeds.finding(
                    "C018",
                    "person",
                    person_id,
                    ("tenures", number),
                    f"ends {end}, before its start {start}",
                    "mend one of the dates",
                )
    for suspension_id, suspension in seeds.suspensions.items():
        start = edtf.parse(suspension.started).start
        for number, channel in enumerate(suspension.channels):
            end = edtf.parse(channel.ended).end if channel.ended else None
            if start and end and end < start:
                yield seeds.finding(
                    "C018",
                    "suspension",
                    suspension_id,
                    ("channels", number, "ended"),
                    f"ended {end}, before the start {start}",
                    "mend one of the dates",
                )
