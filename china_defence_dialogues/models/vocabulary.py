"""Entries of the open vocabularies, and the lists kept beside the records."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..vocab import ChannelClass, CoderKind, CueKind, StatusClass
from .base import Country, Day, Id, InVocabulary, Language, Model, Ref, Side, Text, Url, Year

Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]{0,60}(\.[0-9])?$")]


class Term(Model):
    """One code of a vocabulary, with what it means."""

    code: Code
    """The code that records carry."""
    label: Text
    """Short English label."""
    group: Text | None = None
    """Group within the vocabulary."""
    definition: Text
    """What it covers."""
    example_in: Text | None = None
    """A case that takes this code."""
    example_out: Text | None = None
    """A near case that does not, and what it takes instead."""


class Vocabulary(Model):
    """One list of terms."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z_]{2,40}$")]
    """Name of the vocabulary, equal to the file name."""
    title: Text
    """English title."""
    terms: tuple[Term, ...] = Field(min_length=1)
    """The terms, in the order to print them."""


class CountryCodes(Model):
    """One state for one span of years, with its codes in other data sets."""

    iso3: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    """ISO 3166-1 alpha-3 code; for dissolved states the former code; XKX for Kosovo."""
    iso2: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    """ISO 3166-1 alpha-2 code; XK for Kosovo, null for dissolved states."""
    name: Text
    """English short name."""
    cow: Annotated[int, Field(ge=2, le=999)] | None = None
    """Correlates of War state number; null when not a state in that list."""
    gw: Annotated[int, Field(ge=2, le=999)] | None = None
    """Gleditsch–Ward state number; null when not a state in that list."""
    vdem: Annotated[int, Field(ge=1, le=999)] | None = None
    """V-Dem country id; null when V-Dem does not cover it."""
    region: Text
    """Region of this dataset's tables: Northeast Asia, Southeast Asia, South Asia, Central Asia, Oceania, Europe, Middle East, Africa, Americas."""
    valid_from: Year | None = None
    """First year of these codes; null when before 1990."""
    valid_to: Year | None = None
    """Last year of these codes; null when to this day."""
    in_panel: bool = True
    """False for entries that no dyadic panel counts (CHN, TWN, territories)."""


class Body(Model):
    """An international body that can be a partner."""

    code: Annotated[str, Field(pattern=r"^org:[A-Za-z][A-Za-z-]{1,30}$")]
    """Code, as org:ASEAN."""
    name: Text
    """English name."""
    region: Text
    """Region, or Global."""


class Forum(Model):
    """A recurring multilateral conference."""

    code: Code
    """The code that occasions carry."""
    name: Text
    """English name."""
    abbreviation: Text | None = None
    """Usual abbreviation."""
    host: Text | None = None
    """Who convenes it."""
    names: tuple[Text, ...] = ()
    """Other names and native script."""


class NamedPlace(Model):
    """A city or other settlement that records use."""

    name: Text
    """English name that records use."""
    country: Country
    """ISO 3166-1 alpha-3 code."""
    lat: Annotated[float, Field(ge=-90, le=90)]
    """Latitude in degrees north."""
    lon: Annotated[float, Field(ge=-180, le=180)]
    """Longitude in degrees east."""
    variants: tuple[Text, ...] = ()
    """Other spellings and native script."""
    geonames_id: Annotated[int, Field(ge=1, le=2**31)] | None = None
    """GeoNames id; null when not in the gazetteer used."""
    source: Text
    """Where the coordinates come from."""


class Cue(Model):
    """A word or phrase that signals something to the extractor."""

    id: Id
    """Permanent id."""
    kind: CueKind
    """What it signals: trigger, status, polarity, modality, mode, setting, topic, office, side or channel."""
    value: Text
    """The code it stands for."""
    pattern: Text
    """Words to look for; `*` at the end of a word stands for any ending."""
    language: Language = "en"
    """BCP 47 tag."""
    examples: tuple[Text, ...] = Field(min_length=1)
    """Sentences of our own that contain it."""


class CoverageEntry(Model):
    """What was searched: a search for meetings is not a search for refusals."""

    partner: Annotated[str, Field(pattern=r"^([A-Z]{3}|org:[A-Za-z][A-Za-z-]{1,30}|all)$"), InVocabulary("sides")]
    """Partner, or all."""
    channel: ChannelClass
    """Class of channels searched."""
    status_class: StatusClass
    """contacts, non_contacts, suspensions, office_holders or mechanisms."""
    language: Language
    """Language of the sources searched."""
    first_year: Year
    """First year searched."""
    last_year: Year
    """Last year searched."""
    searched_on: Day
    """Day of the search."""
    note: Text | None = None
    """How it was searched, what was found or not."""


class DoubleCoding(Model):
    """A second, blind coding of one meeting, kept as coded."""

    id: Id
    """Permanent id, equal to the file name."""
    meeting: Annotated[Id, Ref("meeting")]
    """Meeting coded a second time."""
    coder: Text
    """Who coded."""
    coder_kind: CoderKind
    """person or language_model."""
    coded_on: Day
    """Day of coding."""
    articles: tuple[Annotated[Id, Ref("article")], ...] = Field(min_length=1)
    """Pages the coder saw."""
    first: dict[str, Text | None]
    """Field → value of the first coding on the day of comparison; several codes with `|` between them, in any order."""
    second: dict[str, Text | None]
    """Field → value of the second coding; null for "not stated"."""
    notes: Text | None = None
    """Difficulties met."""


class Audit(Model):
    """A check of randomly drawn records against their sources by someone who had not entered them."""

    subject: Text
    """What was drawn, as "tenures"."""
    sampled: Annotated[int, Field(ge=1)]
    """Number of records drawn."""
    records_wrong: Annotated[int, Field(ge=0)]
    """Records with at least one wrong cell, of those that could be checked."""
    records_checked: Annotated[int, Field(ge=1)]
    """Records that could be checked."""
    cells_checked: Annotated[int, Field(ge=1)]
    """Filled cells that could be checked."""
    cells_wrong: Annotated[int, Field(ge=0)]
    """Cells that the source contradicts or does not support."""
    checked_on: Day
    """Day of the check."""
    checker_kind: CoderKind
    """person or language_model."""
    note: Text
    """What was wrong, and what was done about it."""


class Expectation(Model):
    """A count or fill rate that the built tables must meet."""

    table: Text
    """Table it is about."""
    column: Text | None = None
    """Column whose filled share is bounded; null to bound the number of rows."""
    at_least: float
    """Lower bound: rows, or a share between 0 and 1."""
    at_most: float | None = None
    """Upper bound; null when none."""
    reason: Text
    """Why this bound."""


class Waiver(Model):
    """A finding that stands, with the reason."""

    code: Annotated[str, Field(pattern=r"^[A-Z][0-9]{3}$")]
    """Code of the finding."""
    id: Text
    """Record (or file) that it concerns."""
    reason: Text
    """Why it stands."""


__all__ = [
    "Audit",
    "Body",
    "CountryCodes",
    "CoverageEntry",
    "Cue",
    "DoubleCoding",
    "Expectation",
    "Forum",
    "NamedPlace",
    "Side",
    "Term",
    "Url",
    "Vocabulary",
    "Waiver",
]
