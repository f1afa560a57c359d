"""One document with its spans marked and its records beside it, as a page that stands alone."""

from __future__ import annotations

import json
from html import escape

from .result import Extraction

_STYLE = (
    "body{font:15px/1.5 sans-serif;display:grid;grid-template-columns:3fr 2fr;gap:2em;margin:2em}"
    "pre{white-space:pre-wrap;font:inherit}mark{background:#ffe9a8}mark.m0{background:#cfe8ff}"
    "table{border-collapse:collapse;margin-bottom:1.5em}td,th{border:1px solid #ccc;padding:2px 6px;text-align:left;vertical-align:top}"
)


def html(extraction: Extraction, text: str) -> str:
    """The page: text left, one table per event right; all text is escaped, nothing is run or fetched."""
    events = [*extraction.meetings, *extraction.suspensions]
    marks = sorted(
        (span, number, field)
        for number, event in enumerate(events)
        for field, span in event.row["spans"].items()
        if span[1] > span[0]
    )
    pieces: list[str] = []
    reached = 0
    for (start, end), number, field in marks:
        if start < reached:
            continue
        pieces.append(escape(text[reached:start]))
        pieces.append(
            f'<mark class="m{min(number, 1)}" title="{escape(f"event {number + 1}: {field}")}">{escape(text[start:end])}</mark>'
        )
        reached = end
    pieces.append(escape(text[reached:]))
    tables = (
        "".join(_table(number, event.row, event.scope_reason) for number, event in enumerate(events, 1))
        or "<p>No event found.</p>"
    )
    notes = "".join(f"<p>{escape(warning)}</p>" for warning in extraction.warnings)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(extraction.article_id or 'document')}</title><style>{_STYLE}</style></head><body>"
        f"<pre>{''.join(pieces)}</pre><div>{notes}{tables}</div></body></html>"
    )


def _table(number: int, row: dict[str, object], reason: str) -> str:
    cells = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(json.dumps(value, ensure_ascii=False, default=str))}</td></tr>"
        for name, value in row.items()
        if name != "spans" and value not in (None, [], {})
    )
    return f"<table><caption>Event {number}: {escape(reason)}</caption>{cells}</table>"
