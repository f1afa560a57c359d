"""Offices: what they are called, how they rank, which are alike across states."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..vocab import Domain, OfficeClass
from .base import EdtfDate, Id, Level, Model, Ref, Side, Text
from .person import Name


class Rank(Model):
    """Rank level and domain of a post for a span of time."""

    level: Level
    """1 leader · 2 minister, CMC vice-chair, NSA · 3 chief of defence · 4 vice-minister · 5 service chief · 6 director-general · 7 working level · 8 unknown."""
    domain: Domain
    """defence, security, diplomatic or unknown."""
    start: EdtfDate | None = None
    """From when; null when always."""
    end: EdtfDate | None = None
    """Until when; null when to this day."""


class Vacancy(Model):
    """A time when a source says that nobody held the post."""

    start: EdtfDate
    """First day without a holder."""
    end: EdtfDate
    """Last day without a holder."""
    source: Annotated[Id, Ref("article")]
    """Page that shows it."""
    note: Text | None = None
    """What happened."""


class Post(Model):
    """An office that people hold (Popolo: post)."""

    id: Id
    """Permanent id, equal to the file name: country and title (`chn-minister-of-national-defense`)."""
    title: Text
    """Title in the government's own English style."""
    organisation: Text
    """Ministry, service or command it belongs to."""
    country: Side
    """State or body."""
    office_class: OfficeClass
    """Kind of office, for finding counterparts."""
    single_holder: bool = True
    """False where several people hold it at once (deputy chiefs)."""
    ranks: tuple[Rank, ...] = Field(min_length=1)
    """Rank levels and domains, in order of time."""
    names: tuple[Name, ...] = ()
    """Other titles: native script, short forms, former names."""
    established: EdtfDate | None = None
    """When it was created, if within the dataset's window."""
    abolished: EdtfDate | None = None
    """When it was abolished."""
    predecessor: Annotated[Id, Ref("post")] | None = None
    """Post it replaced."""
    vacancies: tuple[Vacancy, ...] = ()
    """Times without a holder."""
    superseded_by: Annotated[Id, Ref("post")] | None = None
    """The record it was merged into."""
    notes: Text | None = None
    """What a user should know."""
