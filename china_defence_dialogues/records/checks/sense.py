"""Fields of one record must make sense together."""

from __future__ import annotations

from collections.abc import Iterator

from ... import edtf
from ...models import Meeting
from ...models.base import NOT_SIDES
from ...vocab import CHINA, CONTACT_STATUSES, NON_EVENT_STATUSES, REMOTE_MODES, Domain, Owner, Role, Scope, Setting
from ..findings import Finding
from ..seeds import Seeds


def status_history(seeds: Seeds) -> Iterator[Finding]:
    """The last step of the history is the status, and the dated steps are in order."""
    for meeting_id, meeting in seeds.meetings.items():
        steps = meeting.status_history
        if steps and steps[-1].status != meeting.status:
            yield seeds.finding(
                "C008",
                "meeting",
                meeting_id,
                ("status_history", len(steps) - 1, "status"),
                f"the last step is {steps[-1].status}, the status {meeting.status}",
                "add the missing step or mend the status",
            )
        dated = [(number, edtf.parse(step.date)) for number, step in enumerate(steps) if step.date]
        for (_, left), (number, right) in zip(dated, dated[1:], strict=False):
            if left.start and right.end and right.end < left.start:
                yield seeds.finding(
                    "C008",
                    "meeting",
                    meeting_id,
                    ("status_history", number, "date"),
                    f"step of {right.text} follows one of {left.text}",
                    "put the steps in order of time",
                )


def status_fields(seeds: Seeds) -> Iterator[Finding]:
    """Some fields belong to contacts, others to attempts that came to nothing."""
    for meeting_id, meeting in seeds.meetings.items():
        contact = meeting.status in CONTACT_STATUSES
        for number, participant in enumerate(meeting.participants):
            if contact and participant.role == Role.INTENDED:
                yield seeds.finding(
                    "C009",
                    "meeting",
                    meeting_id,
                    ("participants", number, "role"),
                    f"intended, but the status is {meeting.status}",
                    "give the role the person had",
                )
        if meeting.status not in NON_EVENT_STATUSES:
            for name in ("ended_by", "reasons", "refusal_attribution"):
                if getattr(meeting, name):
                    yield seeds.finding(
                        "C010",
                        "meeting",
                        meeting_id,
                        (name,),
                        f"given although the status is {meeting.status}",
                        "drop it, or mend the status",
                    )
        if contact and meeting.intended_date:
            yield seeds.finding(
                "C010",
                "meeting",
                meeting_id,
                ("intended_date",),
                f"given although the status is {meeting.status}",
                "use `date`; keep the plan as a step of status_history",
            )
        if contact and meeting.date is None and meeting.date_within is None:
            yield seeds.finding(
                "C010", "meeting", meeting_id, ("date",), f"{meeting.status} without any date", "give at least the year"
            )
        if meeting.n_attempts and not meeting.aggregate:
            yield seeds.finding(
                "C010",
                "meeting",
                meeting_id,
                ("n_attempts",),
                "given although the record is no aggregate",
                "set aggregate: true, or drop it",
            )
        if meeting.mode in REMOTE_MODES and meeting.place:
            yield seeds.finding(
                "C012",
                "meeting",
                meeting_id,
                ("place",),
                f"a place although the mode is {meeting.mode}",
                "drop the place",
            )


def sides(seeds: Seeds) -> Iterator[Finding]:
    """Participants, accounts and raisers belong to China or to a partner."""
    for meeting_id, meeting in seeds.meetings.items():
        valid = {CHINA, *meeting.partners} | NOT_SIDES
        bodies_open = meeting.setting in (Setting.MULTILATERAL_SESSION, Setting.COLLECTIVE_CALL)
        for number, participant in enumerate(meeting.participants):
            if participant.side not in valid:
                yield seeds.finding(
                    "C013",
                    "meeting",
                    meeting_id,
                    ("participants", number, "side"),
                    f"{participant.side} is no partner here",
                    "add it to partners, or mend the side",
                )
        acting: list[tuple[tuple[str | int, ...], str]] = [
            ((name, number), side)
            for name in ("requested_by", "ended_by")
            for number, side in enumerate(getattr(meeting, name))
        ]
        acting += [
            (("reasons", number, "asserted_by"), reason.asserted_by) for number, reason in enumerate(meeting.reasons)
        ]
        acting += [
            (("status_history", number, "by"), step.by) for number, step in enumerate(meeting.status_history) if step.by
        ]
        for location, side in acting:
            if side not in valid and not bodies_open:
                yield seeds.finding(
                    "C013",
                    "meeting",
                    meeting_id,
                    location,
                    f"{side} is no partner here",
                    "mend the side, or add it to partners",
                )
        for number, source in enumerate(meeting.sources):
            accounts: list[tuple[tuple[str | int, ...], str]] = [(("account_of",), source.account_of)]
            for index, topic in enumerate(source.topics):
                accounts += [
                    (("topics", index, "account_of"), topic.account_of),
                    (("topics", index, "raised_by"), topic.raised_by),
                ]
            for location, side in accounts:
                if side not in valid and not bodies_open:
                    yield seeds.finding(
                        "C015",
                        "meeting",
                        meeting_id,
                        ("sources", number, *location),
                        f"{side} is no partner here",
                        "write third, or mend the code",
                    )


def scope(seeds: Seeds) -> Iterator[Finding]:
    """A core record has a PRC defence or security official, or is a round of a listed mechanism."""
    for meeting_id, meeting in seeds.meetings.items():
        posts = [seeds.posts[p.post] for p in meeting.participants if p.side == CHINA and p.post in seeds.posts]
        if meeting.scope != Scope.CORE or meeting.mechanism or not posts:
            continue
        if all(rank.domain == Domain.DIPLOMATIC for post in posts for rank in post.ranks):
            yield seeds.finding(
                "C016",
                "meeting",
                meeting_id,
                ("scope",),
                "core, but every PRC participant is a diplomat or state leader",
                "write context, or name the mechanism",
            )


def mechanisms(seeds: Seeds) -> Iterator[Finding]:
    """Rounds are recorded once and with the mechanism's own partners."""
    for meeting_id, meeting in seeds.meetings.items():
        mechanism = seeds.mechanisms.get(meeting.mechanism or "")
        if mechanism is None:
            continue
        if (
            mechanism.partners
            and not set(mechanism.partners) & set(meeting.partners)
            and mechanism.owner != Owner.MULTILATERAL
        ):
            yield seeds.finding(
                "C019",
                "meeting",
                meeting_id,
                ("mechanism",),
                f"{mechanism.id} is a channel with {', '.join(mechanism.partners)}",
                "mend the mechanism or the partners",
            )
        for number, item in enumerate(mechanism.rounds):
            if _same_round(meeting, item.number, edtf.parse(item.date)):
                yield seeds.finding(
                    "C011",
                    "mechanism",
                    mechanism.id,
                    ("rounds", number),
                    f"round of {item.date} is also meeting {meeting_id}",
                    "remove it here; the meeting carries it",
                )


def _same_round(meeting: Meeting, number: int | None, when: edtf.Edtf) -> bool:
    if number and meeting.round:
        return number == meeting.round
    return bool(meeting.date) and when.precision == "day" and when.overlaps(*edtf.parse(meeting.date or "")[1:3])
