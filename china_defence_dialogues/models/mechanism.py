"""Named channels and their numbered rounds."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..vocab import Owner, Track
from .base import EdtfDate, Id, InVocabulary, Level, Model, Partner, Place, Ref, Source, Text, Year
from .person import Name


class NumberDispute(Model):
    """A source that counts a round differently."""

    number: Annotated[int, Field(ge=1, le=999)]
    """Number that this source gives."""
    article: Annotated[Id, Ref("article")]
    """Page that says so."""


class Round(Model):
    """One session of a mechanism that has no meeting record yet."""

    number: Annotated[int, Field(ge=1, le=999)] | None = None
    """Number of the round; null when not stated."""
    date: EdtfDate
    """When it took place."""
    place: Place | None = None
    """Where it took place."""
    article: Annotated[Id, Ref("article")]
    """Page that states it."""
    disputes: tuple[NumberDispute, ...] = ()
    """Other numbers that sources give it."""
    note: Text | None = None
    """Anything unusual."""


class Mechanism(Model):
    """A standing channel: dialogue, consultation, commission, hotline or forum."""

    id: Id
    """Permanent id, equal to the file name: partner and short name (`usa-defense-consultative-talks`)."""
    name: Text
    """English name."""
    names: tuple[Name, ...] = ()
    """Names in other languages, abbreviations, former names."""
    partners: tuple[Partner, ...] = ()
    """Foreign states and bodies; empty for open multilateral forums."""
    forum: Annotated[str, InVocabulary("forums")] | None = None
    """Multilateral forum it is, if any."""
    owner: Owner
    """Part of the PRC state that runs it."""
    level: Level
    """Usual level of the lower-ranking head of delegation."""
    track: Track = Track.OFFICIAL
    """1 (official) or 1.5."""
    first_year: Year | None = None
    """Year of the first round or of its founding."""
    last_year: Year | None = None
    """Year of the last round known."""
    cadence: Text | None = None
    """How often it is meant to meet, as stated."""
    predecessor: Annotated[Id, Ref("mechanism")] | None = None
    """Mechanism it replaced."""
    successor: Annotated[Id, Ref("mechanism")] | None = None
    """Mechanism that replaced it."""
    rounds: tuple[Round, ...] = ()
    """Known rounds that have no meeting record, in order of time."""
    superseded_by: Annotated[Id, Ref("mechanism")] | None = None
    """The record it was merged into."""
    notes: Text | None = None
    """Numbering disputes and other cautions."""
    sources: tuple[Source, ...] = Field(min_length=1)
    """One block per page read."""
