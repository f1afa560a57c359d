"""One contact, or one documented contact attempt that came to nothing."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..vocab import (
    CoderKind,
    CodingMethod,
    DateBasis,
    LinkType,
    Mode,
    OutcomeKind,
    Reason,
    RefusalAttribution,
    Scope,
    Setting,
    Status,
    Track,
)
from .base import (
    Day,
    EdtfDate,
    EdtfInterval,
    Id,
    InVocabulary,
    Model,
    Participant,
    Partner,
    Place,
    Ref,
    SideOrMutual,
    Source,
    Text,
)


class StatusStep(Model):
    """One step of the contact's history: asked, accepted, refused, held."""

    status: Status
    """Status that began with this step."""
    date: EdtfDate | None = None
    """When it began; null when not stated."""
    by: SideOrMutual | None = None
    """Side that acted, or mutual; null when not stated."""
    article: Annotated[Id, Ref("article")]
    """Page that says so."""


class CodedReason(Model):
    """One reason given for a contact that did not happen."""

    reason: Reason
    """Coded reason."""
    asserted_by: Annotated[
        str, Field(pattern=r"^([A-Z]{3}|org:[A-Za-z][A-Za-z-]{1,30}|mutual|third|anonymous)$"), InVocabulary("sides")
    ]
    """Who says that this was the reason: a side, mutual, third (press, analysts), or anonymous."""


class Outcome(Model):
    """One thing that the contact produced."""

    outcome: OutcomeKind
    """Coded outcome."""
    mechanism: Annotated[Id, Ref("mechanism")] | None = None
    """Mechanism it touches."""
    suspension: Annotated[Id, Ref("suspension")] | None = None
    """Suspension it touches."""
    article: Annotated[Id, Ref("article")] | None = None
    """Page that says so; null when every source does."""


class Link(Model):
    """A tie to another meeting record."""

    type: LinkType
    """How this record relates to the other."""
    meeting: Annotated[Id, Ref("meeting")]
    """The other record."""


class Coding(Model):
    """How the record came about."""

    method: CodingMethod
    """curated, extracted (by rules, then reviewed), or both."""
    coder: Text
    """Who coded it: initials or a team name."""
    coder_kind: CoderKind
    """person or language_model."""
    coded_on: Day
    """Day of coding."""


class Meeting(Model):
    """One contact attempt between principals, with its whole history."""

    id: Id
    """Permanent id, equal to the file name: date, partner, principals, mode or place."""
    scope: Scope
    """core, or context (leaders, foreign ministers) that a core record needs."""
    status: Status
    """Where the attempt stood when the last source was written."""
    status_history: tuple[StatusStep, ...] = ()
    """Steps that sources report, in order; the last equals `status`."""
    mode: Mode
    """in_person, video, phone, correspondence or unknown."""
    setting: Setting
    """bilateral, margins, multilateral_session, collective_call or border_point."""
    track: Track = Track.OFFICIAL
    """1 (official) or 1.5."""
    date: EdtfDate | None = None
    """When it happened; for non-events, when the current status arose."""
    date_within: EdtfInterval | None = None
    """Two days between which the unknown day lies."""
    date_basis: DateBasis | None = None
    """Whose calendar day a remote contact carries."""
    intended_date: EdtfDate | None = None
    """When a non-event was to happen."""
    place: Place | None = None
    """Where they met; null for remote contacts and when not stated."""
    partners: tuple[Partner, ...] = Field(min_length=1)
    """Every foreign state or body shown to take part."""
    participants: tuple[Participant, ...] = ()
    """Persons and delegations of both sides."""
    mechanism: Annotated[Id, Ref("mechanism")] | None = None
    """Named channel of which this is a session."""
    round: Annotated[int, Field(ge=1, le=999)] | None = None
    """Number of the round."""
    part_of: Annotated[Id, Ref("occasion")] | None = None
    """Visit or conference it belongs to."""
    requested_by: tuple[SideOrMutual, ...] = ()
    """Who asked for it: sides, or mutual."""
    ended_by: tuple[SideOrMutual, ...] = ()
    """Who refused, cancelled, postponed or stayed away."""
    refusal_attribution: RefusalAttribution | None = None
    """Who says that it was refused."""
    reasons: tuple[CodedReason, ...] = ()
    """Why it did not happen, and who says so."""
    n_attempts: Annotated[int, Field(ge=1, le=9999)] | Literal["multiple"] | None = None
    """Number of attempts that an aggregate record stands for."""
    aggregate: bool = False
    """True where undated repeated attempts share one record; counts skip it."""
    contested: bool = False
    """True where one side denies it."""
    downgraded: bool = False
    """True where a lower-ranking delegate came instead."""
    outcomes: tuple[Outcome, ...] = ()
    """What it produced."""
    links: tuple[Link, ...] = ()
    """Ties to other records."""
    coding: Coding
    """How the record came about."""
    superseded_by: Annotated[Id, Ref("meeting")] | None = None
    """The record it was merged into."""
    summary: Text | None = None
    """Our own words, two sentences at most."""
    notes: Text | None = None
    """What a user or the next coder should know."""
    sources: tuple[Source, ...] = Field(min_length=1)
    """One block per page read."""

    @model_validator(mode="after")
    def _one_date(self) -> Meeting:
        if self.date and self.date_within:
            raise ValueError("give `date` or `date_within`, not both")
        return self
