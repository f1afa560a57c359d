"""The published tables: their columns as Arrow schemas, their keys and references.

Everything that prints, checks or converts a table reads it from `TABLES`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import UnionType
from typing import Any, Union, get_args, get_origin

import pyarrow as pa

from ..models import Model
from . import rows_events as events
from . import rows_reference as reference
from .history import ORIGINS
from .markers import Key, To, Values

_ARROW = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32()}


@dataclass(frozen=True)
class Column:
    """One column of a published table."""

    name: str
    type: pa.DataType
    nullable: bool
    description: str
    is_key: bool
    references: str | None
    vocabulary: str | None


ADDED_IN = Column(
    name="added_in",
    type=pa.string(),
    nullable=True,
    description="Data version in which the record behind the row first appeared; null while unreleased.",
    is_key=False,
    references=None,
    vocabulary=None,
)
"""Last column of every table made from records."""


@dataclass(frozen=True)
class Table:
    """One published table."""

    name: str
    row: type[Model]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return (*_columns(self.row), ADDED_IN) if self.name in ORIGINS else tuple(_columns(self.row))

    @cached_property
    def key(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.is_key)

    @property
    def description(self) -> str:
        return (self.row.__doc__ or "").strip()

    @cached_property
    def arrow(self) -> pa.Schema:
        """Arrow schema; descriptions ride in the field metadata."""
        fields = [
            pa.field(column.name, column.type, nullable=column.nullable, metadata=_field_metadata(column))
            for column in self.columns
        ]
        return pa.schema(fields, metadata={"table": self.name, "description": self.description})


def _field_metadata(column: Column) -> dict[str, str]:
    metadata = {"description": column.description}
    if column.vocabulary:
        metadata["vocabulary"] = column.vocabulary
    return metadata


def _columns(row: type[Model]) -> Iterator[Column]:
    for name, info in row.model_fields.items():
        python, nullable = _plain(info.annotation)
        marks = info.metadata
        yield Column(
            name=name,
            type=pa.list_(pa.field("element", _ARROW[get_args(python)[0]]))
            if get_origin(python) is tuple
            else _ARROW[python],
            nullable=nullable,
            description=info.description or "",
            is_key=any(isinstance(mark, Key) for mark in marks),
            references=next((mark.table for mark in marks if isinstance(mark, To)), None),
            vocabulary=next((mark.vocabulary for mark in marks if isinstance(mark, Values)), None),
        )


def _plain(annotation: Any) -> tuple[Any, bool]:
    """The Python type under a column's annotation, and whether it may be None."""
    if get_origin(annotation) in (Union, UnionType):
        (inner,) = (part for part in get_args(annotation) if part is not type(None))
        return inner, True
    return annotation, False


_ROWS: dict[str, type[Model]] = {
    "articles": reference.ArticleRow,
    "meetings": events.MeetingRow,
    "participants": events.ParticipantRow,
    "dates": events.DateRow,
    "topics": events.TopicRow,
    "evidence": events.EvidenceRow,
    "status_history": events.StatusStepRow,
    "outcomes": events.OutcomeRow,
    "links": events.LinkRow,
    "meeting_partners": events.MeetingPartnerRow,
    "occasions": events.OccasionRow,
    "suspensions": events.SuspensionRow,
    "people": reference.PersonRow,
    "posts": reference.PostRow,
    "tenures": reference.TenureRow,
    "mechanisms": reference.MechanismRow,
    "rounds": reference.RoundRow,
    "names": reference.NameRow,
    "places": reference.PlaceRow,
    "countries": reference.CountryRow,
    "cues": reference.CueRow,
    "vocabulary": reference.VocabularyRow,
    "coverage": reference.CoverageRow,
    "double_codings": reference.DoubleCodingRow,
    "codebook": reference.CodebookRow,
    "changes": reference.ChangeRow,
    "records": reference.RecordRow,
}
TABLES = {name: Table(name, row) for name, row in _ROWS.items()}
"""Every published table, in the order in which they are listed."""
