"""Columns of the reference tables: pages, people, offices, channels, names, places, codes."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ..models import Model
from .markers import Key, To, Values


class ArticleRow(Model):
    """One page, document or statement that records cite."""

    article_id: Annotated[str, Key()]
    """Permanent id."""
    title: str | None
    """Title as printed."""
    publisher: str | None
    """Site or organ that carried the page."""
    original_publisher: str | None
    """Who wrote it: `publisher`, unless it reprints another's text. Derived where the record leaves it out."""
    publisher_country: Annotated[str | None, Values("countries")]
    """Country of the publisher."""
    issuer: str | None
    """Whose official voice it is; null for press and agencies."""
    source_type: Annotated[str, Values("source_types")]
    """Kind of publication."""
    url: str | None
    """Address of the page."""
    archived_url: str | None
    """Address of an archived copy."""
    language: str
    """BCP 47 tag."""
    published_edtf: str | None
    """Publication date in EDTF."""
    published: date | None
    """First day that it may mean."""
    accessed: date
    """Day on which it was read."""
    seen_as: Annotated[str, Values("seen_as")]
    """live or stored_copy."""
    basis: Annotated[str, Values("text_bases")]
    """full_text or excerpt."""
    licence: str | None
    """Terms of the text."""
    text_sha256: str | None
    """SHA-256 of the text that spans count in."""


class PersonRow(Model):
    """An official on either side."""

    person_id: Annotated[str, Key()]
    """Permanent id."""
    name: str
    """Full name in English form."""
    family_name: str
    """Family name."""
    native_name: str | None
    """Full name in native script."""
    country: str
    """State or body the person serves."""
    wikidata: str | None
    """Wikidata item."""
    url: str | None
    """Official biography."""
    notes: str | None
    """Cautions, such as namesakes."""


class PostRow(Model):
    """One office, for one span of its rank."""

    post_id: Annotated[str, Key()]
    """Permanent id."""
    title: str
    """Title in the government's own English style."""
    organisation: str
    """Ministry, service or command."""
    country: str
    """State or body."""
    office_class: Annotated[str, Values("office_classes")]
    """Kind of office."""
    single_holder: bool
    """False where several people hold it at once."""
    rank_level: int
    """Latest rank level, 1 to 8."""
    domain: Annotated[str, Values("domains")]
    """Latest domain."""
    established: str | None
    """When it was created (EDTF)."""
    abolished: str | None
    """When it was abolished (EDTF)."""
    predecessor_id: str | None
    """Post it replaced."""
    vacancies: tuple[str, ...]
    """Times without a holder, as EDTF intervals."""
    notes: str | None
    """Cautions."""


class TenureRow(Model):
    """One person in one post for one unbroken time."""

    tenure_id: Annotated[str, Key()]
    """Person id and number."""
    person_id: Annotated[str, To("people")]
    """Holder."""
    post_id: Annotated[str, To("posts")]
    """Post."""
    start_edtf: str | None
    """First day in office, in EDTF; null when not known."""
    end_edtf: str | None
    """Last day in office, in EDTF; null when still in office or not known."""
    first_seen: str | None
    """Earliest proof in office, where the start is not known (EDTF)."""
    last_seen: str | None
    """Latest proof in office, where the end is not known (EDTF)."""
    start_date: date | None
    """First day that `start_edtf` or `first_seen` may mean."""
    end_date: date | None
    """Last day that `end_edtf` or `last_seen` may mean."""
    acting: bool
    """True for an acting holder."""
    article_id: Annotated[str, To("articles")]
    """Page that shows the tenure."""
    end_article_id: Annotated[str | None, To("articles")]
    """Page that states the end, when another."""
    note: str | None
    """Doubts and conflicts."""


class MechanismRow(Model):
    """A standing channel."""

    mechanism_id: Annotated[str, Key()]
    """Permanent id."""
    name: str
    """English name."""
    native_name: str | None
    """Chinese name."""
    partners: tuple[str, ...]
    """Foreign states and bodies; empty for open forums."""
    forum: Annotated[str | None, Values("forums")]
    """Multilateral forum it is."""
    owner: Annotated[str, Values("owners")]
    """Part of the PRC state that runs it."""
    level: int
    """Usual level, 1 to 8."""
    track: Annotated[str, Values("tracks")]
    """1 or 1.5."""
    first_year: int | None
    """First year known."""
    last_year: int | None
    """Year of the last round known."""
    cadence: str | None
    """How often it is meant to meet, as stated."""
    predecessor_id: str | None
    """Mechanism it replaced."""
    successor_id: str | None
    """Mechanism that replaced it."""
    n_rounds: int
    """Dated rounds in the `rounds` table. Derived."""
    article_ids: tuple[str, ...]
    """Pages read."""
    notes: str | None
    """Numbering disputes and other cautions."""


class RoundRow(Model):
    """One session of a mechanism, whether or not it has a meeting record."""

    round_id: Annotated[str, Key()]
    """Mechanism id and number in order of time."""
    mechanism_id: Annotated[str, To("mechanisms")]
    """Mechanism."""
    number: int | None
    """Number of the round."""
    disputed_numbers: tuple[int, ...]
    """Other numbers that sources give it."""
    date_edtf: str | None
    """When it took place, in EDTF."""
    start_date: date | None
    """First day that it may mean."""
    end_date: date | None
    """Last day that it may mean."""
    city: str | None
    """City."""
    country: Annotated[str | None, Values("countries")]
    """Country (ISO 3166-1 alpha-3)."""
    status: Annotated[str, Values("statuses")]
    """held, or the status of its meeting record."""
    meeting_id: Annotated[str | None, To("meetings")]
    """Meeting record; null when there is none."""
    article_id: Annotated[str | None, To("articles")]
    """Page that states it, where there is no meeting record."""


class NameRow(Model):
    """One form of one name."""

    entity_kind: Annotated[str, Key(), Values("entity_kinds")]
    """person, post, mechanism, country, body, forum or place."""
    entity_id: Annotated[str, Key()]
    """Id or code of the entity."""
    surface: Annotated[str, Key()]
    """The form itself."""
    language: Annotated[str, Key()]
    """BCP 47 tag of the language that uses it."""
    kind: Annotated[str, Values("name_kinds")]
    """full, native, short, transliteration, alias or abbreviation."""
    valid_from: str | None
    """First date of use (EDTF)."""
    valid_to: str | None
    """Last date of use (EDTF)."""
    shared: bool
    """True where the same form also names another entity of this kind. Derived."""


class PlaceRow(Model):
    """A city or other settlement."""

    country: Annotated[str, Key(), Values("countries")]
    """Country (ISO 3166-1 alpha-3)."""
    name: Annotated[str, Key()]
    """English name."""
    variants: tuple[str, ...]
    """Other spellings."""
    lat: float
    """Latitude, degrees north."""
    lon: float
    """Longitude, degrees east."""
    geonames_id: int | None
    """GeoNames id."""
    source: str
    """Where the coordinates come from."""


class CountryRow(Model):
    """A state or body, for one span of years, with its codes elsewhere."""

    iso3: Annotated[str, Key()]
    """ISO 3166-1 alpha-3 code, or org:… for bodies."""
    iso2: str | None
    """ISO 3166-1 alpha-2 code; null for bodies and dissolved states."""
    valid_from: Annotated[int, Key()]
    """First year of these codes; 0 when not limited."""
    valid_to: int | None
    """Last year of these codes; null when to this day."""
    name: str
    """English name."""
    kind: str
    """state or body."""
    cow: int | None
    """Correlates of War state number."""
    gw: int | None
    """Gleditsch–Ward state number."""
    vdem: int | None
    """V-Dem country id."""
    region: str
    """Region of this dataset's tables."""
    in_panel: bool
    """Whether dyadic panels count it."""


class CueRow(Model):
    """A word or phrase that signals something to the extractor."""

    cue_id: Annotated[str, Key()]
    """Permanent id."""
    kind: Annotated[str, Values("cue_kinds")]
    """What it signals."""
    value: str
    """Code it stands for."""
    pattern: str
    """Words to look for."""
    language: str
    """BCP 47 tag."""
    examples: tuple[str, ...]
    """Sentences that contain it."""


class VocabularyRow(Model):
    """One code of one vocabulary."""

    vocabulary: Annotated[str, Key()]
    """Vocabulary."""
    code: Annotated[str, Key()]
    """Code."""
    seq: int
    """Place in the printed order, from 1."""
    label: str
    """Short label."""
    group: str | None
    """Group within the vocabulary."""
    definition: str
    """What it covers."""
    example_in: str | None
    """A case that takes it."""
    example_out: str | None
    """A near case that does not."""


class CoverageRow(Model):
    """What was searched."""

    partner: Annotated[str, Key()]
    """Partner, or all."""
    channel: Annotated[str, Key(), Values("channel_classes")]
    """Class of channels."""
    status_class: Annotated[str, Key(), Values("status_classes")]
    """contacts, non_contacts, suspensions, office_holders or mechanisms."""
    language: Annotated[str, Key()]
    """Language of the sources searched."""
    first_year: Annotated[int, Key()]
    """First year searched."""
    last_year: int
    """Last year searched."""
    searched_on: date
    """Day of the search."""
    note: str | None
    """How, and what was found."""


class DoubleCodingRow(Model):
    """One field of one meeting, coded twice."""

    coding_id: Annotated[str, Key()]
    """Second coding."""
    field: Annotated[str, Key()]
    """Field compared."""
    meeting_id: Annotated[str, To("meetings")]
    """Meeting."""
    first: str | None
    """Value of the first coding."""
    second: str | None
    """Value of the second coding."""
    agrees: bool
    """Whether the two are equal. Derived."""
    coder: str
    """Second coder."""
    coder_kind: Annotated[str, Values("coder_kinds")]
    """person or language_model."""
    coded_on: date
    """Day of the second coding."""


class CodebookRow(Model):
    """One column of one table."""

    table: Annotated[str, Key()]
    """Table."""
    column: Annotated[str, Key()]
    """Column."""
    seq: int
    """Place in the table, from 1."""
    type: str
    """Arrow type."""
    nullable: bool
    """Whether it may be null."""
    description: str
    """What it holds."""
    vocabulary: str | None
    """Vocabulary of its codes."""
    references: str | None
    """Table it refers to."""
    is_key: bool
    """Whether it belongs to the primary key."""
    n_filled: int
    """Rows of this version in which it is filled (not null, not an empty list)."""
    n_rows: int
    """Rows of the table in this version."""
    codes: tuple[str, ...]
    """Codes that it may hold, in the printed order; empty where it is not coded from a vocabulary."""
    counts: tuple[int, ...]
    """Rows of this version that hold each of `codes`, in the same order."""
    coding_rule: str
    """How a value comes about."""
    missing_rule: str
    """What a missing value means."""
    example: str | None
    """A value of this version; null where the column is empty."""
    since: str | None
    """Data version in which the variable first appeared; null while unreleased."""
    removed_in: str | None
    """Data version that took the variable out; null while it is in use."""
    renamed_to: str | None
    """Variable (table.column) that took its place."""


class ChangeRow(Model):
    """One change of one record between two versions."""

    release: Annotated[str, Key()]
    """Version that brought the change."""
    kind: Annotated[str, Key()]
    """Record kind; variable for a column of a table, release for the release itself."""
    id: Annotated[str, Key()]
    """Record, variable (table.column) or version."""
    field: Annotated[str, Key()]
    """Field path, as sources[20240417-xinhua].supports.date; "-" for the record as a whole."""
    change: str
    """added, changed, removed or superseded."""
    old: str | None
    """Value before; the whole record as JSON where it was removed."""
    new: str | None
    """Value after; the id that took the place of a superseded record."""


class RecordRow(Model):
    """One seed record as canonical JSON: the tables lose nothing of the seeds."""

    kind: Annotated[str, Key()]
    """Record kind."""
    id: Annotated[str, Key()]
    """Record id; the position for kinds kept in lists."""
    record: str
    """The record as canonical JSON."""
