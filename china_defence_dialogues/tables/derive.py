"""Every derived column of `meetings`, computed here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from .. import edtf
from ..models import Meeting, Participant, Place, Post, Rank
from ..records.seeds import Seeds
from ..vocab import (
    CHINA,
    CONTACT_STATUSES,
    LEADING_ROLES,
    REMOTE_MODES,
    DatePrecision,
    Domain,
    LevelBasis,
    Location,
    Mode,
    Owner,
    Plover,
    Role,
    Setting,
    Status,
)

UNKNOWN_LEVEL = 8

_OWNER_DOMAIN = {
    Owner.MND_CMC: Domain.DEFENCE,
    Owner.MFA_MND: Domain.DEFENCE,
    Owner.MFA: Domain.DIPLOMATIC,
    Owner.PARTY: Domain.DIPLOMATIC,
    Owner.LEADERS: Domain.DIPLOMATIC,
    Owner.MPS: Domain.SECURITY,
    Owner.MSS: Domain.SECURITY,
    Owner.COAST_GUARD: Domain.SECURITY,
}
"""Owners that settle a session's domain; multilateral and research owners leave it to the PRC side's posts."""


class Dated(NamedTuple):
    """The date columns of a row."""

    date_edtf: str | None
    start_date: date | None
    end_date: date | None
    date_precision: str
    date_uncertain: bool
    date_approximate: bool
    date_open: str


def dated(text: str | None, *, within: bool = False) -> Dated:
    """Date columns from an EDTF string; `within` where the one day is only known to lie between two."""
    if text is None:
        return Dated(None, None, None, DatePrecision.UNKNOWN, False, False, "none")
    parsed = edtf.parse(text)
    precision = DatePrecision.WITHIN if within else DatePrecision(parsed.precision)
    return Dated(text, parsed.start, parsed.end, precision, parsed.uncertain, parsed.approximate, parsed.open)


def meeting_date(meeting: Meeting) -> Dated:
    return dated(meeting.date or meeting.date_within, within=meeting.date is None)


def reference_day(meeting: Meeting) -> date | None:
    """The day by which posts and country codes of a meeting are looked up."""
    text = meeting.date or meeting.date_within or meeting.intended_date
    parsed = edtf.parse(text) if text else None
    return (parsed.start or parsed.end) if parsed else None


def rank_on(post: Post, day: date | None) -> Rank:
    """The post's rank on a day; its latest where the day is not known or outside every span."""
    if day is not None:
        for rank in post.ranks:
            start = edtf.parse(rank.start).start if rank.start else None
            end = edtf.parse(rank.end).end if rank.end else None
            if (start is None or start <= day) and (end is None or day <= end):
                return rank
    return post.ranks[-1]


class Levels(NamedTuple):
    prc_level: int
    partner_level: int
    level: int
    level_basis: LevelBasis


def levels(meeting: Meeting, seeds: Seeds) -> Levels:
    """Levels of both principals and of the contact: the lower of the two."""
    day = reference_day(meeting)
    prc = _side_level((p for p in meeting.participants if p.side == CHINA), seeds, day)
    partner = _side_level((p for p in meeting.participants if p.side != CHINA), seeds, day)
    mechanism = seeds.mechanisms.get(meeting.mechanism or "")
    if prc < UNKNOWN_LEVEL and partner < UNKNOWN_LEVEL:
        return Levels(prc, partner, max(prc, partner), LevelBasis.BOTH)
    if mechanism is not None and mechanism.level < UNKNOWN_LEVEL:
        return Levels(prc, partner, mechanism.level, LevelBasis.MECHANISM)
    if prc < UNKNOWN_LEVEL:
        return Levels(prc, partner, prc, LevelBasis.PRC_ONLY)
    if partner < UNKNOWN_LEVEL:
        return Levels(prc, partner, partner, LevelBasis.PARTNER_ONLY)
    return Levels(UNKNOWN_LEVEL, UNKNOWN_LEVEL, UNKNOWN_LEVEL, LevelBasis.UNKNOWN)


def intended_level(meeting: Meeting, seeds: Seeds) -> int | None:
    """Level at which a contact was sought or planned that did not happen; None for those that did."""
    if meeting.status in CONTACT_STATUSES:
        return None
    day = reference_day(meeting)
    sides = (
        _side_level((p for p in meeting.participants if (p.side == CHINA) == prc), seeds, day, (Role.INTENDED,))
        for prc in (True, False)
    )
    known = [level for level in sides if level < UNKNOWN_LEVEL]
    if known:
        return max(known)
    mechanism = seeds.mechanisms.get(meeting.mechanism or "")
    return mechanism.level if mechanism else UNKNOWN_LEVEL


def _side_level(
    participants: Iterable[Participant], seeds: Seeds, day: date | None, roles: Iterable[Role] = LEADING_ROLES
) -> int:
    """Level of the highest-ranking principal; roles are tried in order, and `intended` counts only where asked for."""
    people = list(participants)
    for role in roles:
        ranks = [rank_on(seeds.posts[p.post], day).level for p in people if p.role == role and p.post in seeds.posts]
        if ranks:
            return min(ranks)
    return UNKNOWN_LEVEL


def domain(meeting: Meeting, seeds: Seeds) -> Domain:
    """Domain of the PRC side; a mechanism's owner overrides; a mixed 2+2 is defence."""
    mechanism = seeds.mechanisms.get(meeting.mechanism or "")
    if mechanism is not None and mechanism.owner in _OWNER_DOMAIN:
        return _OWNER_DOMAIN[mechanism.owner]
    day = reference_day(meeting)
    leading = (*LEADING_ROLES, Role.INTENDED)
    found = {
        rank_on(seeds.posts[p.post], day).domain
        for p in meeting.participants
        if p.side == CHINA and p.role in leading and p.post in seeds.posts
    }
    for candidate in (Domain.DEFENCE, Domain.SECURITY, Domain.DIPLOMATIC):
        if candidate in found:
            return candidate
    return Domain.UNKNOWN


def location(meeting: Meeting) -> Location:
    place: Place | None = meeting.place
    if meeting.mode in REMOTE_MODES:
        return Location.REMOTE
    if place is None:
        return Location.UNKNOWN
    if place.country == CHINA:
        return Location.IN_CHINA
    return Location.IN_PARTNER if place.country in meeting.partners else Location.THIRD


def forum(meeting: Meeting, seeds: Seeds) -> str | None:
    occasion = seeds.occasions.get(meeting.part_of or "")
    if occasion is not None and occasion.forum:
        return occasion.forum
    mechanism = seeds.mechanisms.get(meeting.mechanism or "")
    return mechanism.forum if mechanism else None


def publisher(article_id: str, seeds: Seeds) -> str:
    """Who wrote a page; a page of unknown origin counts as its own publisher."""
    article = seeds.articles.get(article_id)
    return (article.original_publisher or article.publisher or article_id) if article else article_id


def accounts(meeting: Meeting) -> tuple[bool, bool]:
    """Whether the PRC's account is carried, and a partner's."""
    given = {source.account_of for source in meeting.sources}
    given |= {topic.account_of for source in meeting.sources for topic in source.topics}
    return bool(given & {CHINA, "both"}), bool(given & {*meeting.partners, "both"})


_PLOVER_BY_STATUS = {
    Status.PROPOSED: Plover.REQUEST_MEETING,
    Status.PLANNED: Plover.AGREE_MEETING,
    Status.DECLINED: Plover.REJECT_MEETING,
    Status.UNANSWERED: Plover.REJECT_MEETING,
    Status.NO_SHOW: Plover.REJECT_MEETING,
    Status.CANCELLED: Plover.RETREAT,
    Status.POSTPONED: Plover.RETREAT,
    Status.LAPSED: Plover.NONE,
}
_PLOVER_BY_MODE = {
    Mode.VIDEO: Plover.CONSULT_VIDEO,
    Mode.PHONE: Plover.CONSULT_PHONE,
    Mode.CORRESPONDENCE: Plover.CONSULT_CORRESPONDENCE,
}


def plover(meeting: Meeting) -> Plover:
    if meeting.status not in CONTACT_STATUSES:
        return _PLOVER_BY_STATUS[meeting.status]
    if meeting.setting in (Setting.MULTILATERAL_SESSION, Setting.COLLECTIVE_CALL):
        return Plover.CONSULT_MULTILATERAL
    if meeting.mode in _PLOVER_BY_MODE:
        return _PLOVER_BY_MODE[meeting.mode]
    if meeting.setting == Setting.MARGINS and location(meeting) == Location.THIRD:
        return Plover.CONSULT_THIRD_PARTY
    return Plover.CONSULT_MEETING
