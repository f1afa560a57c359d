"""Spells in which channels were broken off."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from ..vocab import ChannelClass, EndBasis, Extent, Reason, SuspensionKind
from .base import EdtfDate, Id, Model, Partner, Ref, SideOrMutual, Source, Text
from .meeting import Coding


class Trigger(Model):
    """What set the suspension off."""

    reason: Reason
    """Coded reason."""
    text: Text
    """The event in a few of our own words."""
    date: EdtfDate | None = None
    """When it happened."""


class Channel(Model):
    """One channel that the spell closed."""

    mechanism: Annotated[Id, Ref("mechanism")] | None = None
    """Named mechanism; null when the source names a class of channels."""
    channel_class: ChannelClass | None = None
    """Class of channels; null when a mechanism is named."""
    ended: EdtfDate | None = None
    """When it reopened; null when not known or still closed."""
    first_contact: EdtfDate | None = None
    """First contact through it after the break, where `ended` is the day on which reopening was agreed."""
    end_basis: EndBasis | None = None
    """agreed, or first_contact after the break."""
    resumed_by: Annotated[Id, Ref("meeting")] | None = None
    """Meeting that reopened it or at which reopening was agreed."""
    note: Text | None = None
    """What the source says of this channel."""

    @model_validator(mode="after")
    def _one_channel(self) -> Channel:
        if (self.mechanism is None) == (self.channel_class is None):
            raise ValueError("give either `mechanism` or `channel_class`")
        return self


class Suspension(Model):
    """A spell in which one side closed channels to the other."""

    id: Id
    """Permanent id, equal to the file name."""
    kind: SuspensionKind
    """declared, or de_facto."""
    extent: Extent
    """full, partial or case_by_case."""
    imposed_by: SideOrMutual
    """Side that broke off."""
    partner: Partner
    """The foreign side."""
    started: EdtfDate
    """When it began."""
    trigger: Trigger
    """What set it off."""
    channels: tuple[Channel, ...] = Field(min_length=1)
    """Channels closed, each with its own end."""
    coding: Coding
    """How the record came about."""
    superseded_by: Annotated[Id, Ref("suspension")] | None = None
    """The record it was merged into."""
    notes: Text | None = None
    """What a user or the next coder should know."""
    sources: tuple[Source, ...] = Field(min_length=1)
    """One block per page read."""
