"""The way in: one text to its candidate records."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from .. import edtf
from ..errors import ExtractionError, FormatError
from .counterparts import domain_of
from .events import Event
from .gate import gate
from .lexicon import lexicon
from .reading import read
from .result import Candidate, Extraction
from .rows import actor_rows, date_rows, row_of
from .text import prepare

_CORE = frozenset({"defence", "security"})


def extract(
    text: str, published: str | date | None = None, article_id: str | None = None, *, folder: Path | None = None
) -> Extraction:
    """Candidate records from one text.

    Args:
        text: An article, readout or transcript in English, with or without front matter.
        published: Day of publication (date or ISO text); None to look for it in the text.
        article_id: Id to carry through.
        folder: Built tables to take the lexicon from; None for the installed ones.

    Returns:
        An `Extraction`: meetings and suspensions, each field with its character span in `text`, all date
        expressions and actors, and warnings.

    Raises:
        ExtractionError: the text is no string or too long. FormatError: `published` is no day.
    """
    if not isinstance(text, str):
        raise ExtractionError(f"a text must be a string, got {type(text).__name__}; decode it first")
    day = _day(published)
    if not gate(folder).passes(text):
        return Extraction(article_id, day.isoformat() if day else None, "given" if day else "none", relevant=False)
    words = lexicon(folder)
    document = prepare(text, day)
    events, found, actors = read(words, document)
    warnings = [] if document.published else ["no publication date: relative dates have no value; give `published`"]
    meetings: list[Candidate] = []
    channels: list[Candidate] = []
    for event in events:
        domain = domain_of(words, event)
        candidate = Candidate(row_of(event, domain), tuple(event.topics), domain in _CORE, _reason(event, domain))
        (meetings if event.kind == "meeting" else channels).append(candidate)
    anchor = document.published.isoformat() if document.published else None
    return Extraction(
        article_id,
        anchor,
        document.anchor,
        tuple(meetings),
        tuple(channels),
        date_rows(found, document),
        actor_rows(actors),
        tuple(warnings),
    )


def _day(published: str | date | None) -> date | None:
    if published is None or isinstance(published, date):
        return published
    value = edtf.parse(published)
    if value.precision != "day" or value.start is None:
        raise FormatError(f"{published!r} is not a day; write YYYY-MM-DD, or leave it out")
    return value.start


def _reason(event: Event, domain: str) -> str:
    if event.kind == "channel":
        return "a channel of defence contacts"
    return f"{domain} contact" + ("" if domain in _CORE else ": context only")
