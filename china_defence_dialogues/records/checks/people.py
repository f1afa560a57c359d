"""Offices and their holders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ... import edtf
from ...tenures import TenureIndex, outside_life, spell
from ..findings import Finding
from ..seeds import Seeds


def tenure_index(seeds: Seeds) -> TenureIndex:
    """The tenures and vacancies of all records."""
    spells = (
        spell(
            person_id, tenure.post, start=tenure.start, end=tenure.end, first_seen=tenure.first_seen,
            last_seen=tenure.last_seen, acting=tenure.acting, source=tenure.source,
        )
        for person_id, person in seeds.people.items()
        for tenure in person.tenures
    )  # fmt: skip
    vacancies = (
        (post_id, edtf.parse(vacancy.start).start or date.min, edtf.parse(vacancy.end).end or date.max)
        for post_id, post in seeds.posts.items()
        for vacancy in post.vacancies
    )
    lives = (
        span
        for post_id, post in seeds.posts.items()
        for span in outside_life(post_id, post.established, post.abolished)
    )
    return TenureIndex(spells, (*vacancies, *lives))


def posts_held(seeds: Seeds) -> Iterator[Finding]:
    """A participant's post is one that the person may have held that day, of that side."""
    index = tenure_index(seeds)
    for meeting_id, meeting in seeds.meetings.items():
        text = meeting.date or meeting.date_within or meeting.intended_date
        when = edtf.parse(text) if text else None
        for number, participant in enumerate(meeting.participants):
            post = seeds.posts.get(participant.post or "")
            if post is None:
                continue
            if post.country != participant.side:
                yield seeds.finding(
                    "C002",
                    "meeting",
                    meeting_id,
                    ("participants", number, "post"),
                    f"{post.id!r} is a post of {post.country}, the participant is of {participant.side}",
                    "mend the post or the side",
                )
            if when is None:
                continue
            first, last = when.start or when.end, when.end or when.start
            if first and last and index.who_held(post.id, first, last).answer == "none":
                yield seeds.finding(
                    "C002",
                    "meeting",
                    meeting_id,
                    ("participants", number, "post"),
                    f"nobody held {post.id!r} on {when.text}",
                    "mend the post or the date",
                )
                continue
            if participant.person not in seeds.people:
                continue
            if first and last and not index.may_have_held(participant.person or "", post.id, first, last):
                yield seeds.finding(
                    "C002", "meeting", meeting_id, ("participants", number, "post"),
                    f"no tenure lets {participant.person!r} hold {post.id!r} on {when.text}", "mend the post, or the tenures of the person",
                )  # fmt: skip


def single_holders(seeds: Seeds) -> Iterator[Finding]:
    """Nobody shares a post made for one, but for a day of handover."""
    index = tenure_index(seeds)
    for post_id, post in seeds.posts.items():
        if not post.single_holder:
            continue
        for left, right in index.overlaps(post_id):
            yield seeds.finding(
                "C003", "person", right.person, ("tenures",),
                f"{right.person} (from {right.proven_from}) and {left.person} (to {left.proven_to}) both hold {post_id}",
                "mend a date, or set single_holder: false on the post",
            )  # fmt: skip
