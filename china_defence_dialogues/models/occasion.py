"""A visit or a conference that meetings belong to."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..vocab import OccasionKind
from .base import EdtfDate, Id, InVocabulary, Model, Participant, Place, Ref, Side, Source, Text


class Occasion(Model):
    """A visit or a conference; what is said of it as a whole stays here."""

    id: Id
    """Permanent id, equal to the file name."""
    kind: OccasionKind
    """visit or conference."""
    name: Text
    """Plain English name, as "Phil Goff's visit to China, November 2006"."""
    forum: Annotated[str, InVocabulary("forums")] | None = None
    """Forum of which a conference is one year's meeting."""
    visitor: Side | None = None
    """Side that travelled, for a visit."""
    host: Side | None = None
    """Side that received."""
    date: EdtfDate | None = None
    """When it took place."""
    place: Place | None = None
    """Where it took place."""
    delegation: tuple[Participant, ...] = ()
    """Visitors named without a meeting of their own."""
    superseded_by: Annotated[Id, Ref("occasion")] | None = None
    """The record it was merged into."""
    notes: Text | None = None
    """What a user or the next coder should know."""
    sources: tuple[Source, ...] = Field(min_length=1)
    """One block per page read."""
