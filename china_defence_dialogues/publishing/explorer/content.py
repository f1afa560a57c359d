"""What the page shows of the tables, in a compact form: columns of meetings, lists of what belongs to each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ... import about
from ...loading.store import arrow_table

_MEETING = (
    "meeting_id", "scope", "status", "is_contact", "mode", "setting", "domain", "level", "prc_level", "partner_level", "date_edtf",
    "date_precision", "date_basis", "city", "country", "venue", "partners", "mechanism_id", "round", "occasion_id", "forum", "requested_by",
    "ended_by", "refusal_attribution", "reasons", "aggregate", "n_attempts", "contested", "downgraded", "has_prc_account", "has_partner_account",
    "two_sided", "n_publishers", "summary", "notes", "coder_kind",
)  # fmt: skip
_LISTS = {
    "participants": ("name", "name_as_reported", "side", "office", "role", "person_id"),
    "topics": ("topic", "raised_by", "account_of", "article_id"),
    "evidence": ("field", "value", "article_id", "account_of", "conflicts"),
    "status_history": ("status", "date_edtf", "by", "article_id"),
    "outcomes": ("outcome", "mechanism_id", "suspension_id"),
    "links": ("type", "other_id"),
}
_VOCABULARIES = (
    "statuses",
    "modes",
    "settings",
    "topics",
    "reasons",
    "roles",
    "outcomes",
    "link_types",
    "source_types",
)


def content() -> dict[str, Any]:
    """Everything the page embeds, in the order of the meetings' last possible day, newest first."""
    meetings = arrow_table("meetings").to_pylist()
    meetings.sort(key=lambda row: (-_day(row, "end_date", "intended_end"), row["meeting_id"]))
    place = {row["meeting_id"]: index for index, row in enumerate(meetings)}
    articles = arrow_table("articles").to_pylist()
    columns = {name: [row[name] for row in meetings] for name in _MEETING}
    columns["level"] = [row["level"] if row["intended_level"] is None else row["intended_level"] for row in meetings]
    columns["start"] = [_day(row, "start_date", "intended_start") or None for row in meetings]
    columns["end"] = [_day(row, "end_date", "intended_end") or None for row in meetings]
    columns["intended"] = [_text(row["intended_start"]) for row in meetings]
    lists = {name: _grouped(name, fields, place) for name, fields in _LISTS.items()}
    cited = {
        row[_LISTS[name].index("article_id")]
        for name in ("topics", "evidence", "status_history")
        for rows in lists[name]
        for row in rows
    }
    return {
        "about": {"title": about.TITLE, "version": about.VERSION, "citation": about.cite(), "address": about.REPOSITORY, "licence": about.DATA_LICENCE},
        "meetings": columns,
        **lists,
        "articles": {
            row["article_id"]: [row["title"], row["publisher"], row["published_edtf"], row["url"], row["source_type"], row["basis"]]
            for row in articles
            if row["article_id"] in cited
        },
        "names": {
            "partners": _names("countries", "iso3", "name"),
            "mechanisms": _names("mechanisms", "mechanism_id", "name"),
            "occasions": _names("occasions", "occasion_id", "name"),
        },
        "labels": _labels(),
    }  # fmt: skip


def _day(row: dict[str, Any], column: str, intended: str) -> int:
    """A day as YYYYMMDD; that of the intended date for records without another; 0 where there is none."""
    undated = row["start_date"] is None and row["end_date"] is None
    day = row[intended] if undated else row[column]
    return day.year * 10000 + day.month * 100 + day.day if day else 0


def _text(day: Any) -> str | None:
    return day.isoformat() if day else None


def _grouped(table: str, fields: Sequence[str], place: dict[str, int]) -> list[list[list[Any]]]:
    """Rows of a table, by meeting."""
    found: list[list[list[Any]]] = [[] for _ in place]
    for row in arrow_table(table).select(["meeting_id", *fields]).to_pylist():
        found[place[row["meeting_id"]]].append([row[name] for name in fields])
    return found


def _names(table: str, key: str, name: str) -> dict[str, str]:
    return {row[key]: row[name] for row in arrow_table(table).select([key, name]).to_pylist()}


def _labels() -> dict[str, dict[str, str]]:
    """Code → label of the vocabularies that the page shows."""
    labels: dict[str, dict[str, str]] = {name: {} for name in _VOCABULARIES}
    rows: Iterable[dict[str, Any]] = arrow_table("vocabulary").to_pylist()
    for row in rows:
        if row["vocabulary"] in labels:
            labels[row["vocabulary"]][row["code"]] = row["label"]
    return labels
