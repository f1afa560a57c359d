"""What sources are said to support must exist, and spans must fit the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ... import edtf
from ...models import Model, Source
from ...vocab import Status
from ..fields import is_empty, value_at
from ..findings import Finding
from ..seeds import Seeds

_SOURCED = ("meeting", "occasion", "mechanism", "suspension")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _blocks(seeds: Seeds) -> Iterator[tuple[str, str, Any, int, Source]]:
    for kind in _SOURCED:
        for record_id, record in seeds.of(kind).items():
            for number, source in enumerate(record.sources):
                yield kind, record_id, record, number, source


def field_paths(seeds: Seeds) -> Iterator[Finding]:
    """A source can support only a field that the record fills, and contradict only a field that exists."""
    for kind, record_id, record, number, source in _blocks(seeds):
        for part, paths in (("supports", source.supports), ("says", source.says)):
            for path in paths:
                try:
                    value = value_at(record, path)
                except LookupError:
                    yield seeds.finding(
                        "R004",
                        kind,
                        record_id,
                        ("sources", number, part, path),
                        f"there is no field {path!r}",
                        "name a field of this record, as place.city or participants.0",
                    )
                    continue
                if part == "supports" and is_empty(value):
                    yield seeds.finding(
                        "R004",
                        kind,
                        record_id,
                        ("sources", number, part, path),
                        f"field {path!r} is empty here",
                        "fill the field, or drop this line",
                    )


def spans(seeds: Seeds) -> Iterator[Finding]:
    """Spans need a text, lie inside it, and begin and end with a word; reported names are spelt as there."""
    for kind, record_id, record, number, source in _blocks(seeds):
        article = seeds.articles.get(source.article)
        if article is None:
            continue
        text = seeds.documents.get(article.document or "")
        marked: list[tuple[tuple[str | int, ...], str, tuple[int, int] | None]] = [
            (("supports", path), path, span) for path, span in source.supports.items()
        ]
        marked += [(("topics", index, "span"), "", topic.span) for index, topic in enumerate(source.topics)]
        for location, path, span in marked:
            fault = _span_fault(span, text, article.text_sha256 is not None, record, path)
            if fault:
                yield seeds.finding(
                    "C005",
                    kind,
                    record_id,
                    ("sources", number, *location),
                    fault,
                    "count characters of the document's text again",
                )


def _span_fault(span: tuple[int, int] | None, text: str | None, hashed: bool, record: Model, path: str) -> str | None:
    if span is None:
        return None
    if not hashed:
        return "the article keeps no text that a span could count in"
    if text is None:
        return None
    if span[1] > len(text):
        return f"span {list(span)} passes the end of the text ({len(text)} characters)"
    cut = text[span[0] : span[1]]
    if cut != cut.strip():
        return f"span {list(span)} begins or ends with a space ({cut[:20]!r} … {cut[-20:]!r})"
    if _splits_word(text, span):
        return f"span {list(span)} cuts a word ({cut[:20]!r} … {cut[-20:]!r})"
    written = _written_date(cut) if path == "date" else None
    if written and not edtf.parse(str(value_at(record, path))).overlaps(*edtf.parse(written)[1:3]):
        return f"the text there says {cut!r}, the record {value_at(record, path)}"
    if path.endswith("name_as_reported") and str(value_at(record, path)) not in cut:
        return f"the text there is {cut[:60]!r}, not {value_at(record, path)!r}"
    return None


def _splits_word(text: str, span: tuple[int, int]) -> bool:
    start, end = span
    return (start > 0 and text[start - 1].isalnum() and text[start].isalnum()) or (
        end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    )


def mentions(seeds: Seeds) -> Iterator[Finding]:
    """Date mentions lie in the text; a date written in full there is the value coded."""
    for article_id, article in seeds.articles.items():
        text = seeds.documents.get(article.document or "")
        if text is None and article.document and not article.redistributable:
            continue  # the source archive leaves press texts out
        for number, mention in enumerate(article.mentions):
            at = ("mentions", number)
            if text is None:
                yield seeds.finding(
                    "C005",
                    "article",
                    article_id,
                    at,
                    "the article keeps no document that mentions could lie in",
                    "drop the mentions",
                )
                continue
            if mention.span[1] > len(text) or _splits_word(text, mention.span):
                yield seeds.finding(
                    "C005",
                    "article",
                    article_id,
                    (*at, "span"),
                    f"span {list(mention.span)} does not fit the text",
                    "count characters again",
                )
                continue
            cut = text[mention.span[0] : mention.span[1]]
            written = _written_date(cut)
            if written and mention.value and edtf.parse(mention.value).start != edtf.parse(written).start:
                yield seeds.finding(
                    "C017",
                    "article",
                    article_id,
                    (*at, "value"),
                    f"the text says {cut!r}, the value is {mention.value}",
                    f"write {written}",
                )


def _written_date(text: str) -> str | None:
    """The date of an expression that names day, month and year in English or ISO form."""
    if match := re.search(r"\b([0-9]{4})-([0-9]{2})-([0-9]{2})\b", text):
        return match.group()
    if match := re.search(r"\b([A-Z][a-z]{2})[a-z]*\.? ([0-9]{1,2}), ([0-9]{4})\b", text):
        month, day, year = match.groups()
    elif match := re.search(r"\b([0-9]{1,2}) ([A-Z][a-z]{2})[a-z]*\.? ([0-9]{4})\b", text):
        day, month, year = match.groups()
    else:
        return None
    number = next((index for index, name in enumerate(_MONTHS, 1) if name.startswith(month)), None)
    return f"{year}-{number:02d}-{int(day):02d}" if number else None


def support_of_status(seeds: Seeds) -> Iterator[Finding]:
    """At least one source states the status of each meeting; that nothing came of it (lapsed) is the coders' finding."""
    for meeting_id, meeting in seeds.meetings.items():
        if meeting.status != Status.LAPSED and not any("status" in source.supports for source in meeting.sources):
            yield seeds.finding(
                "C014",
                "meeting",
                meeting_id,
                ("sources",),
                "no source supports `status`",
                "add `status` to the supports of the page that states it",
            )
