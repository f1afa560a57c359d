"""Columns of the tables about contacts. Docstrings are the published descriptions."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ..models import Model
from .markers import Key, To, Values

MeetingKey = Annotated[str, Key(), To("meetings")]


class MeetingRow(Model):
    """One contact, or one documented contact attempt that came to nothing."""

    meeting_id: Annotated[str, Key()]
    """Permanent id."""
    scope: Annotated[str, Values("scopes")]
    """core, or context (leaders and foreign ministers that a core record needs)."""
    status: Annotated[str, Values("statuses")]
    """Where the attempt stood when the last source was written."""
    is_contact: bool
    """True for held and encounter."""
    mode: Annotated[str, Values("modes")]
    """in_person, video, phone, correspondence or unknown."""
    setting: Annotated[str, Values("settings")]
    """bilateral, margins, multilateral_session, collective_call or border_point."""
    track: Annotated[str, Values("tracks")]
    """1 (official) or 1.5."""
    domain: Annotated[str, Values("domains")]
    """Domain of the PRC side: defence, security, diplomatic or unknown; a mechanism's owner overrides. Derived."""
    location: Annotated[str, Values("locations")]
    """in_china, in_partner, third, remote or unknown. Derived."""
    prc_level: int
    """Level of the PRC principal, 1 (leader) to 7 (working level), 8 unknown. Derived."""
    partner_level: int
    """Level of the foreign principal, 1 to 8; with several partners the highest. Derived."""
    level: int
    """Level of the contact: the lower-ranking of the two principals, 1 to 8. Derived."""
    level_basis: Annotated[str, Values("level_bases")]
    """What `level` rests on: both, prc_only, partner_only, mechanism or unknown. Derived."""
    intended_level: int | None
    """Level at which a contact was sought or planned that did not happen: of the intended principals the lower-ranking, the one
    named, or the mechanism's; 8 unknown, null for contacts. It enters neither `level` nor any count of contacts. Derived."""
    date_edtf: str | None
    """When it happened, or when the current status of a non-event arose, in EDTF; null when not known."""
    start_date: date | None
    """First day that `date_edtf` may mean."""
    end_date: date | None
    """Last day that `date_edtf` may mean."""
    date_precision: Annotated[str, Values("date_precisions")]
    """day, month, year, within (one day between two) or unknown; a multi-day event with known ends is day."""
    date_uncertain: bool
    """True where the source is unsure of the date (EDTF ?)."""
    date_approximate: bool
    """True where the date is approximate (EDTF ~)."""
    date_open: Annotated[str, Values("date_opens")]
    """none, start or end: which end of the interval is open."""
    date_basis: Annotated[str | None, Values("date_bases")]
    """Whose calendar day a remote contact carries: prc, partner or press."""
    intended_start: date | None
    """First day on which a non-event was to happen."""
    intended_end: date | None
    """Last day on which a non-event was to happen."""
    city: str | None
    """City where they met; null for remote contacts and when not stated."""
    country: Annotated[str | None, Values("countries")]
    """Country where they met (ISO 3166-1 alpha-3)."""
    venue: str | None
    """Building or other venue."""
    partners: tuple[str, ...]
    """Foreign states (ISO 3166-1 alpha-3) and bodies (org:…) that took part."""
    mechanism_id: Annotated[str | None, To("mechanisms")]
    """Named channel of which this is a session."""
    round: int | None
    """Number of the round."""
    occasion_id: Annotated[str | None, To("occasions")]
    """Visit or conference it belongs to."""
    forum: Annotated[str | None, Values("forums")]
    """Multilateral forum, from the occasion or the mechanism. Derived."""
    requested_by: tuple[str, ...]
    """Who asked for it: sides, or mutual."""
    ended_by: tuple[str, ...]
    """Who refused, cancelled, postponed or stayed away: sides, or mutual."""
    refusal_attribution: Annotated[str | None, Values("refusal_attributions")]
    """Who says that it was refused."""
    reasons: Annotated[tuple[str, ...], Values("reasons")]
    """Coded reasons why it did not happen."""
    reasons_asserted_by: tuple[str, ...]
    """Who asserts each of `reasons`, in the same order."""
    aggregate: bool
    """True where undated repeated attempts share one record; counts skip it."""
    n_attempts: str | None
    """Number of attempts of an aggregate record, or "multiple"."""
    contested: bool
    """True where one side denies it."""
    downgraded: bool
    """True where a lower-ranking delegate came instead."""
    n_sources: int
    """Pages read. Derived."""
    n_publishers: int
    """Distinct original publishers of those pages. Derived."""
    has_prc_account: bool
    """True where a source carries the PRC's account. Derived."""
    has_partner_account: bool
    """True where a source carries a partner's account. Derived."""
    two_sided: bool
    """True where both accounts are carried. Derived."""
    plover: Annotated[str | None, Values("plover")]
    """PLOVER-style event and mode. Derived."""
    summary: str | None
    """Two sentences at most, in the coders' words."""
    notes: str | None
    """Cautions of the coders."""
    coding_method: Annotated[str, Values("coding_methods")]
    """curated, extracted or both."""
    coder_kind: Annotated[str, Values("coder_kinds")]
    """person or language_model."""


class ParticipantRow(Model):
    """One person or unnamed delegation at a contact."""

    meeting_id: MeetingKey
    """Meeting."""
    seq: Annotated[int, Key()]
    """Number within the meeting, from 1."""
    person_id: Annotated[str | None, To("people")]
    """Person; null when unnamed or not in the table."""
    name: str | None
    """Name in the people table, else as reported."""
    name_as_reported: str | None
    """Name as the source prints it."""
    side: str
    """State or body the participant acted for."""
    post_id: Annotated[str | None, To("posts")]
    """Post held that day."""
    office: str | None
    """Title of the post, else the office as reported."""
    rank_level: int | None
    """Level of the post on that day, 1 to 7; null when the post is not known. Derived."""
    role: Annotated[str, Values("roles")]
    """principal, co_principal, chair, delegation, present or intended."""


class MeetingPartnerRow(Model):
    """One foreign partner of one meeting: `meetings.partners`, one row each."""

    meeting_id: MeetingKey
    """Meeting."""
    partner: Annotated[str, Key()]
    """State (ISO 3166-1 alpha-3) or body (org:…)."""
    cow: int | None
    """Correlates of War state number in that year; null for bodies and states not in the list. Derived."""
    gw: int | None
    """Gleditsch–Ward state number in that year. Derived."""
    region: str | None
    """Region of the partner. Derived."""


class DateRow(Model):
    """One date that one page states, or one date expression of a document."""

    date_id: Annotated[str, Key()]
    """Article id and number."""
    article_id: Annotated[str, To("articles")]
    """Page."""
    meeting_id: Annotated[str | None, To("meetings")]
    """Meeting it belongs to; null when to none."""
    role: Annotated[str, Values("date_roles")]
    """What the date is of."""
    surface: str | None
    """The expression itself, where the licence lets the text travel."""
    span_start: int | None
    """First character of the expression in the article's text."""
    span_end: int | None
    """Character after its last."""
    date_edtf: str | None
    """The date meant, in EDTF; null where the expression names none."""
    start_date: date | None
    """First day it may mean."""
    end_date: date | None
    """Last day it may mean."""
    date_precision: Annotated[str, Values("date_precisions")]
    """day, month, year or unknown."""
    anchor: str | None
    """Date that a relative expression is counted from."""


class TopicRow(Model):
    """One topic that one page says was raised at one meeting."""

    meeting_id: MeetingKey
    """Meeting."""
    seq: Annotated[int, Key()]
    """Number within the meeting, from 1."""
    topic: Annotated[str, Values("topics")]
    """Topic code."""
    raised_by: str
    """CHN, the partner's code, both or unattributed."""
    account_of: str
    """Whose account says so: CHN, the partner's code, both, third or anonymous."""
    article_id: Annotated[str, To("articles")]
    """Page."""
    span_start: int | None
    """First character in the article's text; null where no text was kept."""
    span_end: int | None
    """Character after the last."""


class EvidenceRow(Model):
    """One field of one meeting as one page states it."""

    meeting_id: MeetingKey
    """Meeting."""
    field: Annotated[str, Key()]
    """Field path of the record, as place.city or participants.0."""
    value: str
    """Value that the page supports, or gives instead."""
    article_id: Annotated[str, Key(), To("articles")]
    """Page."""
    account_of: Annotated[str, Key()]
    """Whose account the page carries."""
    conflicts: Annotated[bool, Key()]
    """True where the page gives another value than the record."""
    span_start: int | None
    """First character in the article's text; null where no text was kept."""
    span_end: int | None
    """Character after the last."""


class StatusStepRow(Model):
    """One step of a contact's history."""

    meeting_id: MeetingKey
    """Meeting."""
    seq: Annotated[int, Key()]
    """Number of the step, from 1."""
    status: Annotated[str, Values("statuses")]
    """Status that began with this step."""
    date_edtf: str | None
    """When it began."""
    start_date: date | None
    """First day that it may mean."""
    end_date: date | None
    """Last day that it may mean."""
    by: str | None
    """Side that acted, or mutual."""
    article_id: Annotated[str, To("articles")]
    """Page that says so."""


class OutcomeRow(Model):
    """One thing that a contact produced."""

    meeting_id: MeetingKey
    """Meeting."""
    seq: Annotated[int, Key()]
    """Number within the meeting, from 1."""
    outcome: Annotated[str, Values("outcomes")]
    """Coded outcome."""
    mechanism_id: Annotated[str | None, To("mechanisms")]
    """Mechanism it touches."""
    suspension_id: str | None
    """Suspension it touches."""
    article_id: Annotated[str | None, To("articles")]
    """Page that says so."""


class LinkRow(Model):
    """A tie between two meetings."""

    meeting_id: MeetingKey
    """The record that states the tie."""
    type: Annotated[str, Key(), Values("link_types")]
    """How it relates to the other."""
    other_id: Annotated[str, Key(), To("meetings")]
    """The other meeting."""


class OccasionRow(Model):
    """A visit or a conference."""

    occasion_id: Annotated[str, Key()]
    """Permanent id."""
    kind: Annotated[str, Values("occasion_kinds")]
    """visit or conference."""
    name: str
    """Plain English name."""
    forum: Annotated[str | None, Values("forums")]
    """Forum of which a conference is one year's meeting."""
    visitor: str | None
    """Side that travelled."""
    host: str | None
    """Side that received."""
    date_edtf: str | None
    """When it took place, in EDTF."""
    start_date: date | None
    """First day."""
    end_date: date | None
    """Last day."""
    date_precision: Annotated[str, Values("date_precisions")]
    """day, month, year or unknown."""
    city: str | None
    """City."""
    country: Annotated[str | None, Values("countries")]
    """Country (ISO 3166-1 alpha-3)."""
    n_meetings: int
    """Meetings of this dataset that belong to it. Derived."""
    topics: Annotated[tuple[str, ...], Values("topics")]
    """Topics that sources report of the occasion as a whole."""
    article_ids: tuple[str, ...]
    """Pages read."""


class SuspensionRow(Model):
    """One channel of one suspension spell."""

    suspension_id: Annotated[str, Key()]
    """Permanent id of the spell."""
    seq: Annotated[int, Key()]
    """Number of the channel within the spell, from 1."""
    kind: Annotated[str, Values("suspension_kinds")]
    """declared or de_facto."""
    extent: Annotated[str, Values("extents")]
    """full, partial or case_by_case."""
    imposed_by: str
    """Side that broke off."""
    partner: str
    """The foreign side."""
    started_edtf: str
    """When the spell began, in EDTF."""
    started: date | None
    """First day that it may mean."""
    trigger_reason: Annotated[str, Values("reasons")]
    """Coded trigger."""
    trigger: str
    """What set it off."""
    mechanism_id: Annotated[str | None, To("mechanisms")]
    """Named mechanism closed."""
    channel_class: Annotated[str | None, Values("channel_classes")]
    """Class of channels closed, where no mechanism is named."""
    ended_edtf: str | None
    """When the channel reopened, in EDTF; null when not known or still closed."""
    ended: date | None
    """First day that it may mean."""
    first_contact_edtf: str | None
    """First contact through it after the break, where `ended_edtf` is an agreement."""
    end_basis: Annotated[str | None, Values("end_bases")]
    """agreed or first_contact."""
    resumed_by: Annotated[str | None, To("meetings")]
    """Meeting that reopened it or agreed to."""
    article_ids: tuple[str, ...]
    """Pages read for the spell."""
