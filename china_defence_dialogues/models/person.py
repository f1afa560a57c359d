"""People and the offices they held (Popolo: person and membership)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from .. import edtf
from ..vocab import NameKind
from .base import EdtfDate, Id, Language, Model, Ref, ReportedText, Side, Text, Url


class Name(Model):
    """A form of a name, as sources print it."""

    name: ReportedText
    """The form itself."""
    kind: NameKind
    """full, native, short, transliteration, alias or abbreviation."""
    language: Language
    """BCP 47 tag of the language that uses it."""
    valid_from: EdtfDate | None = None
    """First date of use; null when not limited."""
    valid_to: EdtfDate | None = None
    """Last date of use; null when not limited."""


class Tenure(Model):
    """One person in one post for one unbroken time."""

    post: Annotated[Id, Ref("post")]
    """The post held."""
    start: EdtfDate | None = None
    """First day in office; null when not known."""
    end: EdtfDate | None = None
    """Last day in office; null when still in office or not known."""
    first_seen: EdtfDate | None = None
    """Where the start is not known: earliest date at which a source shows the holder in office."""
    last_seen: EdtfDate | None = None
    """Where the end is not known: latest date at which a source shows the holder in office."""
    acting: bool = False
    """True for an acting holder."""
    source: Annotated[Id, Ref("article")]
    """Page that shows the tenure."""
    end_source: Annotated[Id, Ref("article")] | None = None
    """Page that states the end, when `source` does not."""
    note: Text | None = None
    """Doubts and conflicts about the dates."""

    @model_validator(mode="after")
    def _dated(self) -> Tenure:
        if self.start is None and self.first_seen is None:
            raise ValueError("a tenure needs `start`, or `first_seen` when the start is not known")
        for text in (self.start, self.end, self.first_seen, self.last_seen):
            if text and edtf.parse(text).open != "none":
                raise ValueError(f"{text!r} is open; give the bound alone, and `last_seen` for a tenure that goes on")
        if self.end is None and self.last_seen is None:
            raise ValueError("a tenure needs `end`, or `last_seen` when it goes on or its end is not known")
        return self


class Person(Model):
    """An official on either side."""

    id: Id
    """Permanent id, equal to the file name: country, family name, given name (`chn-dong-jun`)."""
    name: Text
    """English form of the full name, in the order the person's own government uses."""
    family_name: Text
    """Family name, by which news agencies call the person."""
    country: Side
    """State or body the person serves."""
    names: tuple[Name, ...] = ()
    """Other forms: native script, transliterations, short forms."""
    wikidata: Annotated[str, Field(pattern=r"^Q[0-9]+$")] | None = None
    """Wikidata item; null when not looked up."""
    url: Url | None = None
    """Official biography."""
    tenures: tuple[Tenure, ...] = ()
    """Posts held, in order of time."""
    superseded_by: Annotated[Id, Ref("person")] | None = None
    """The record it was merged into."""
    notes: Text | None = None
    """What a user should know, such as namesakes."""
