"""Marks on the columns of the published tables: keys, references and vocabularies."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """The column belongs to the table's primary key."""


@dataclass(frozen=True)
class To:
    """The column refers to the single-column key of another table."""

    table: str


@dataclass(frozen=True)
class Values:
    """The column holds codes of this vocabulary."""

    vocabulary: str
