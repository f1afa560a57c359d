"""What all records share: the base class, checked text, ids, dates, sides, and the evidence block.

Markers such as `Ref("article")` and `InVocabulary("topics")` ride in the type annotations. The
cross-record checks, the JSON Schemas and the table keys all read them from there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from .. import edtf
from ..vocab import CHINA, MUTUAL, Role

ID_PATTERN = r"^[a-z0-9][a-z0-9-]{2,80}$"
SIDE_PATTERN = r"^([A-Z]{3}|org:[A-Za-z][A-Za-z-]{1,30})$"
_DEVICE_NAME = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])")
_INVISIBLE = frozenset("\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")


@dataclass(frozen=True)
class Ref:
    """Marks a string that must be the id of a record of this kind."""

    kind: str


@dataclass(frozen=True)
class InVocabulary:
    """Marks a string that must be a code of this open vocabulary."""

    name: str


class Model(BaseModel):
    """Frozen, closed to unknown fields, described by the docstrings below its attributes."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=True, validate_default=True, hide_input_in_errors=False
    )


def checked_text(text: str) -> str:
    """Refuse text that could deceive a reader or a spreadsheet."""
    if not unicodedata.is_normalized("NFC", text):
        raise ValueError("text is not in Unicode form NFC; normalise it")
    return checked_reported(text)


def checked_reported(text: str) -> str:
    """As `checked_text`, but the source's own Unicode form may stand."""
    for position, character in enumerate(text):
        if character in _INVISIBLE or unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp"):
            raise ValueError(f"control or direction character U+{ord(character):04X} at {position}; remove it")
    if text != text.strip():
        raise ValueError("text begins or ends with a space; remove it")
    if not text:
        raise ValueError("text is empty; leave the field out when it is unknown")
    if text[0] in "=+-@":
        raise ValueError(f"text begins with {text[0]!r}, which a spreadsheet runs as a formula; reword it")
    return text


def _checked_id(text: str) -> str:
    if _DEVICE_NAME.fullmatch(text):
        raise ValueError("is a reserved device name on some systems; choose another id")
    return text


def _checked_edtf(text: str) -> str:
    edtf.parse(text)
    return text


def _checked_interval(text: str) -> str:
    parsed = edtf.parse(text)
    if not parsed.is_interval or parsed.open != "none":
        raise ValueError("must be an interval of two known dates, as 2024-04-03/2024-04-05")
    return text


def _checked_url(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"\\^`{}|]+", text):
        raise ValueError("must be an http(s) address without spaces or quotes")
    return checked_text(text)


def _checked_day(text: str) -> str:
    date.fromisoformat(text)
    return text


def _checked_span(span: tuple[int, int]) -> tuple[int, int]:
    if not 0 <= span[0] < span[1] < 2**31:
        raise ValueError("a span is [start, end] in characters, with 0 <= start < end")
    return span


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN), AfterValidator(_checked_id)]
Text = Annotated[str, AfterValidator(checked_text)]
ReportedText = Annotated[str, AfterValidator(checked_reported)]
Url = Annotated[str, AfterValidator(_checked_url)]
EdtfDate = Annotated[
    str, AfterValidator(_checked_edtf), Field(examples=["2024-04-16", "2023-06", "2006-11-13/2006-11-14"])
]
EdtfInterval = Annotated[str, AfterValidator(_checked_interval), Field(examples=["2024-04-03/2024-04-05"])]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_checked_day)]
Year = Annotated[int, Field(ge=1949, le=2100)]
Level = Annotated[int, Field(ge=1, le=8)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Side = Annotated[str, StringConstraints(pattern=SIDE_PATTERN), InVocabulary("sides")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), InVocabulary("countries")]
Span = Annotated[tuple[int, int], AfterValidator(_checked_span)]
Account = Annotated[
    str, StringConstraints(pattern=SIDE_PATTERN[:-2] + r"|both|third|anonymous)$"), InVocabulary("sides")
]
Raiser = Annotated[str, StringConstraints(pattern=SIDE_PATTERN[:-2] + r"|both|unattributed)$"), InVocabulary("sides")]
SideOrMutual = Annotated[str, StringConstraints(pattern=SIDE_PATTERN[:-2] + rf"|{MUTUAL})$"), InVocabulary("sides")]

NOT_SIDES = frozenset({MUTUAL, "both", "third", "anonymous", "unattributed"})
"""Words that a side-like field may hold beside the code of a state or body."""


def _checked_partner(side: str) -> str:
    if side == CHINA:
        raise ValueError("CHN is never its own partner; Hong Kong and Macau are places in CHN")
    if side == "TWN":
        raise ValueError("cross-Strait contacts are outside this dataset; TWN is never a partner")
    return side


Partner = Annotated[Side, AfterValidator(_checked_partner)]


class Place(Model):
    """Where something happened, never a dateline."""

    country: Country
    """ISO 3166-1 alpha-3 code of the country."""
    city: Annotated[str, AfterValidator(checked_text), InVocabulary("places")] | None = None
    """City or other settlement, by the name it has in `vocabularies/places.yaml`; null when not stated."""
    venue: Text | None = None
    """Building or other venue, as stated; null when not stated."""


class Participant(Model):
    """One person, or one unnamed delegation, on one side of a contact."""

    side: Side
    """State or body the participant acted for."""
    role: Role
    """principal, co_principal, chair, delegation, present, or intended (of a contact that did not happen)."""
    person: Annotated[Id, Ref("person")] | None = None
    """Person record; null when unnamed or not in the table."""
    post: Annotated[Id, Ref("post")] | None = None
    """Post held on that day; null when not known or not in the table."""
    name_as_reported: ReportedText | None = None
    """Name as the best-placed source prints it; null when the source names an office only."""
    office_as_reported: ReportedText | None = None
    """Office as the source prints it, where `post` does not already say it."""


class TopicMention(Model):
    """One topic that one source says was raised."""

    topic: Annotated[str, InVocabulary("topics")]
    """Topic code, the narrowest that fits."""
    raised_by: Raiser
    """CHN, the partner's code, both, or unattributed."""
    account_of: Account
    """Whose account says so: CHN, the partner's code, both, third, or anonymous."""
    span: Span | None = None
    """Characters [start, end) in the document; null where no text is kept."""


class Source(Model):
    """What one page says about the record: the only place evidence is written."""

    article: Annotated[Id, Ref("article")]
    """The page read."""
    account_of: Account
    """Whose account the page carries: CHN, the partner's code, both, third, or anonymous."""
    supports: dict[str, Span | None] = Field(min_length=1)
    """Field path → span of the document that states it, or null where no text is kept."""
    says: dict[str, Text] = {}
    """Field path → value that this page gives instead of the record's."""
    topics: tuple[TopicMention, ...] = ()
    """Topics this page reports."""


def kind_of(record: Any) -> str:
    """The record kind ("meeting", "person" …) of a record or record class."""
    name: str = (record if isinstance(record, type) else type(record)).__name__
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
