"""A page that was read: who wrote it, when, in what form it was seen."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..vocab import DateRole, SeenAs, SourceType, TextBasis
from .base import Country, Day, EdtfDate, Id, Language, Model, Ref, Sha256, Side, Span, Text, Url


class DateMention(Model):
    """One date expression in a document whose text is kept."""

    span: Span
    """Characters [start, end) of the expression."""
    role: DateRole
    """What the date is of."""
    value: EdtfDate | None = None
    """The date meant; null where the expression names none ("in recent weeks")."""
    anchor: EdtfDate | None = None
    """The date a relative expression is counted from; null for absolute dates."""
    meeting: Annotated[Id, Ref("meeting")] | None = None
    """The meeting it belongs to; null when to none."""


class Article(Model):
    """One page, document or statement that records cite."""

    id: Id
    """Permanent id, equal to the file name."""
    title: Text | None = None
    """Title as printed; null when not known."""
    publisher: Text | None = None
    """Site or organ that carried the page."""
    original_publisher: Text | None = None
    """Who wrote it, so that a wire story in two papers counts once; null when the publisher did."""
    publisher_country: Country | None = None
    """Country of the publisher."""
    issuer: Side | None = None
    """Whose official voice it is; null for press and agencies."""
    source_type: SourceType
    """Kind of publication."""
    url: Url | None = None
    """Address of the page."""
    archived_url: Url | None = None
    """Address of an archived copy."""
    language: Language
    """BCP 47 tag of the page's language."""
    published: EdtfDate | None = None
    """Publication date; null when not known."""
    accessed: Day
    """Day on which it was read."""
    seen_as: SeenAs
    """live, or stored_copy of a public page."""
    basis: TextBasis
    """full_text, or excerpt when only a part was available."""
    licence: Text | None = None
    """Terms of the text, where known."""
    redistributable: bool = False
    """True where the licence lets the text itself be passed on."""
    text_sha256: Sha256 | None = None
    """SHA-256 of the text that spans count in; only where the text lies in seeds/documents/ or came from a named corpus."""
    document: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{2,80}\.txt$")] | None = None
    """File in seeds/documents/ that holds the text."""
    facts_from: dict[str, Url] = {}
    """Field → page that states it, where the text itself does not."""
    mentions: tuple[DateMention, ...] = ()
    """Every date expression of the document."""
    notes: Text | None = None
    """Anything a user should know about the page."""
