"""The record kinds: what a person writes, as frozen pydantic models."""

from __future__ import annotations

from .article import Article, DateMention
from .base import ID_PATTERN, InVocabulary, Model, Participant, Place, Ref, Source, TopicMention, kind_of
from .mechanism import Mechanism, NumberDispute, Round
from .meeting import CodedReason, Coding, Link, Meeting, Outcome, StatusStep
from .occasion import Occasion
from .person import Name, Person, Tenure
from .post import Post, Rank, Vacancy
from .suspension import Channel, Suspension, Trigger
from .vocabulary import (
    Audit,
    Body,
    CountryCodes,
    CoverageEntry,
    Cue,
    DoubleCoding,
    Expectation,
    Forum,
    NamedPlace,
    Term,
    Vocabulary,
    Waiver,
)

RECORD_KINDS: dict[str, type[Model]] = {
    "article": Article,
    "meeting": Meeting,
    "occasion": Occasion,
    "person": Person,
    "post": Post,
    "mechanism": Mechanism,
    "suspension": Suspension,
    "vocabulary": Vocabulary,
    "double_coding": DoubleCoding,
}
"""Kinds that live in files of their own, one record per file."""

LIST_KINDS: dict[str, type[Model]] = {
    "country": CountryCodes,
    "body": Body,
    "forum": Forum,
    "place": NamedPlace,
    "cue": Cue,
    "coverage_entry": CoverageEntry,
    "expectation": Expectation,
    "audit": Audit,
    "waiver": Waiver,
}
"""Kinds that live together in one file, as a list."""

__all__ = [
    "ID_PATTERN",
    "LIST_KINDS",
    "RECORD_KINDS",
    "Article",
    "Audit",
    "Body",
    "Channel",
    "CodedReason",
    "Coding",
    "CountryCodes",
    "CoverageEntry",
    "Cue",
    "DateMention",
    "DoubleCoding",
    "Expectation",
    "Forum",
    "InVocabulary",
    "Link",
    "Mechanism",
    "Meeting",
    "Model",
    "Name",
    "NamedPlace",
    "NumberDispute",
    "Occasion",
    "Outcome",
    "Participant",
    "Person",
    "Place",
    "Post",
    "Rank",
    "Ref",
    "Round",
    "Source",
    "StatusStep",
    "Suspension",
    "Tenure",
    "Term",
    "TopicMention",
    "Trigger",
    "Vacancy",
    "Vocabulary",
    "Waiver",
    "kind_of",
]
