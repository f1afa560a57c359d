"""Records that may tell of the same contact."""

from __future__ import annotations

from collections.abc import Container, Iterator

from ... import edtf
from ...matching import Contact, keys_of, likely_duplicates
from ...models import Meeting, Participant
from ...vocab import CHINA, LEADING_ROLES, Role, Setting, status_group
from ..findings import Finding
from ..seeds import Seeds

MAX_SPAN = 31
"""Days beyond which a date is too vague to compare."""


def contact_of(meeting: Meeting, single: Container[str] = ()) -> Contact:
    """What the same-event test looks at in a meeting record; posts in `single` stand for their holders."""
    text = meeting.date or meeting.date_within or meeting.intended_date
    when = edtf.parse(text) if text else None
    vague = when is None or when.start is None or when.end is None or (when.end - when.start).days > MAX_SPAN
    group = status_group(meeting.status)
    if meeting.setting in (Setting.MULTILATERAL_SESSION, Setting.COLLECTIVE_CALL):
        group += " session"
    leaders = [p for p in meeting.participants if p.role in LEADING_ROLES or p.role == Role.INTENDED]
    return Contact(
        id=meeting.id,
        partners=frozenset(meeting.partners),
        start=None if vague or when is None else when.start,
        end=None if vague or when is None else when.end,
        prc=frozenset(key for p in leaders if p.side == CHINA for key in _keys(p, single)),
        foreign=frozenset(key for p in leaders if p.side != CHINA for key in _keys(p, single)),
        group=group,
        channel=meeting.mechanism or "",
        linked=frozenset(link.meeting for link in meeting.links),
    )


def _keys(participant: Participant, single: Container[str]) -> Iterator[str]:
    return keys_of(participant.person or participant.name_as_reported, participant.post, single)


def meetings(seeds: Seeds) -> Iterator[Finding]:
    """No two records tell of one contact, unless they say that they are distinct."""
    single = {post_id for post_id, post in seeds.posts.items() if post.single_holder}
    contacts = (
        contact_of(meeting, single)
        for meeting in seeds.meetings.values()
        if not meeting.aggregate and not meeting.superseded_by
    )
    for left, right in likely_duplicates(contacts):
        named = left.prc & right.prc and left.foreign & right.foreign
        yield seeds.finding(
            "C001" if named else "C020", "meeting", right.id, (), f"may be the same contact as {left.id}",
            "merge them (superseded_by), or link them as distinct_from",
        )  # fmt: skip
