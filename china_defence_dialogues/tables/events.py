"""Rows of the tables about contacts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import edtf
from ..models import Article, Meeting
from ..records.fields import shown, value_at
from ..records.seeds import Seeds
from ..vocab import CONTACT_STATUSES, DateRole
from . import derive

Row = dict[str, Any]


def live_meetings(seeds: Seeds) -> Iterator[Meeting]:
    """Meetings that were not merged into another; a merged record lives on in `records` alone."""
    return (meeting for meeting in seeds.meetings.values() if meeting.superseded_by is None)


def meetings(seeds: Seeds) -> Iterator[Row]:
    for meeting in live_meetings(seeds):
        intended = derive.dated(meeting.intended_date)
        has_prc, has_partner = derive.accounts(meeting)
        place = meeting.place
        yield {
            "meeting_id": meeting.id,
            "is_contact": meeting.status in CONTACT_STATUSES,
            "domain": derive.domain(meeting, seeds),
            "location": derive.location(meeting),
            **derive.levels(meeting, seeds)._asdict(),
            "intended_level": derive.intended_level(meeting, seeds),
            **derive.meeting_date(meeting)._asdict(),
            "intended_start": intended.start_date,
            "intended_end": intended.end_date,
            "city": place.city if place else None,
            "country": place.country if place else None,
            "venue": place.venue if place else None,
            "mechanism_id": meeting.mechanism,
            "occasion_id": meeting.part_of,
            "forum": derive.forum(meeting, seeds),
            "reasons": [reason.reason for reason in meeting.reasons],
            "reasons_asserted_by": [reason.asserted_by for reason in meeting.reasons],
            "n_attempts": None if meeting.n_attempts is None else str(meeting.n_attempts),
            "n_sources": len({source.article for source in meeting.sources}),
            "n_publishers": len({derive.publisher(source.article, seeds) for source in meeting.sources}),
            "has_prc_account": has_prc,
            "has_partner_account": has_partner,
            "two_sided": has_prc and has_partner,
            "plover": derive.plover(meeting),
            "coding_method": meeting.coding.method,
            "coder_kind": meeting.coding.coder_kind,
            **{name: getattr(meeting, name) for name in _AS_WRITTEN},
        }


_AS_WRITTEN = (
    "scope", "status", "mode", "setting", "track", "date_basis", "partners", "round", "requested_by", "ended_by",
    "refusal_attribution", "aggregate", "contested", "downgraded", "summary", "notes",
)  # fmt: skip


def participants(seeds: Seeds) -> Iterator[Row]:
    for meeting in live_meetings(seeds):
        day = derive.reference_day(meeting)
        for seq, participant in enumerate(meeting.participants, 1):
            person = seeds.people.get(participant.person or "")
            post = seeds.posts.get(participant.post or "")
            yield {
                "meeting_id": meeting.id,
                "seq": seq,
                "person_id": participant.person,
                "name": person.name if person else participant.name_as_reported,
                "name_as_reported": participant.name_as_reported,
                "side": participant.side,
                "post_id": participant.post,
                "office": post.title if post else participant.office_as_reported,
                "rank_level": derive.rank_on(post, day).level if post else None,
                "role": participant.role,
            }


def meeting_partners(seeds: Seeds) -> Iterator[Row]:
    codes = list(seeds.lists["country"])
    bodies = {body.code: body.region for body in seeds.lists["body"]}  # type: ignore[attr-defined]
    for meeting in live_meetings(seeds):
        day = derive.reference_day(meeting)
        for partner in meeting.partners:
            entry: Any = next(
                (
                    code
                    for code in codes
                    if code.iso3 == partner  # type: ignore[attr-defined]
                    and (day is None or (code.valid_from or 0) <= day.year <= (code.valid_to or 9999))  # type: ignore[attr-defined]
                ),
                None,
            )
            yield {
                "meeting_id": meeting.id,
                "partner": partner,
                "cow": entry.cow if entry else None,
                "gw": entry.gw if entry else None,
                "region": entry.region if entry else bodies.get(partner),
            }


def topics(seeds: Seeds) -> Iterator[Row]:
    for meeting in live_meetings(seeds):
        mentions = [(source.article, mention) for source in meeting.sources for mention in source.topics]
        for seq, (article_id, mention) in enumerate(mentions, 1):
            yield {
                "meeting_id": meeting.id,
                "seq": seq,
                "topic": mention.topic,
                "raised_by": mention.raised_by,
                "account_of": mention.account_of,
                "article_id": article_id,
                **_span(mention.span),
            }


def _span(span: tuple[int, int] | None) -> Row:
    return {"span_start": span[0] if span else None, "span_end": span[1] if span else None}


def evidence(seeds: Seeds) -> Iterator[Row]:
    for meeting in live_meetings(seeds):
        for source in meeting.sources:
            base = {"meeting_id": meeting.id, "article_id": source.article, "account_of": source.account_of}
            for path, span in source.supports.items():
                yield base | {"field": path, "value": shown(value_at(meeting, path)), "conflicts": False, **_span(span)}
            for path, value in source.says.items():
                yield base | {"field": path, "value": value, "conflicts": True, **_span(None)}


def status_history(seeds: Seeds) -> Iterator[Row]:
    for meeting in live_meetings(seeds):
        for seq, step in enumerate(meeting.status_history, 1):
            when = derive.dated(step.date)
            yield {
                "meeting_id": meeting.id,
                "seq": seq,
                "status": step.status,
                "date_edtf": step.date,
                "start_date": when.start_date,
                "end_date": when.end_date,
                "by": step.by,
                "article_id": step.article,
            }


def outcomes(seeds: Seeds) -> Iterator[Row]:
    for meeting in live_meetings(seeds):
        for seq, outcome in enumerate(meeting.outcomes, 1):
            yield {
                "meeting_id": meeting.id,
                "seq": seq,
                "outcome": outcome.outcome,
                "mechanism_id": outcome.mechanism,
                "suspension_id": outcome.suspension,
                "article_id": outcome.article,
            }


def links(seeds: Seeds) -> Iterator[Row]:
    for meeting in live_meetings(seeds):
        for link in meeting.links:
            yield {"meeting_id": meeting.id, "type": link.type, "other_id": link.meeting}


def dates(seeds: Seeds) -> Iterator[Row]:
    """Date expressions of documents; beside them each page's publication date and the meeting dates it supports."""
    by_article: dict[str, list[Row]] = {article_id: [] for article_id in seeds.articles}
    for article in seeds.articles.values():
        by_article[article.id] += [
            _date_row(
                article,
                mention.role,
                mention.value,
                meeting_id=mention.meeting,
                span=mention.span,
                anchor=mention.anchor,
                text=seeds.documents.get(article.document or ""),
            )
            for mention in article.mentions
        ]
        published = any(mention.role == DateRole.PUBLICATION for mention in article.mentions)
        if article.published and not published:
            by_article[article.id].append(_date_row(article, DateRole.PUBLICATION, article.published))
    for meeting in live_meetings(seeds):
        for source in meeting.sources:
            article = seeds.articles[source.article]
            for field, role in (
                ("date", DateRole.MEETING),
                ("date_within", DateRole.MEETING),
                ("intended_date", DateRole.INTENDED),
            ):
                coded = any(mention.meeting == meeting.id and mention.role == role for mention in article.mentions)
                stated = source.says.get(field) or (getattr(meeting, field) if field in source.supports else None)
                if stated and not coded and _is_edtf(stated):
                    by_article[article.id].append(_date_row(article, role, stated, meeting_id=meeting.id))
    for article_id, rows in by_article.items():
        rows.sort(
            key=lambda row: (
                row["span_start"] is None,
                row["span_start"] or 0,
                row["role"],
                row["meeting_id"] or "",
                row["date_edtf"] or "",
            )
        )
        for number, row in enumerate(rows, 1):
            yield {"date_id": f"{article_id}#{number}", **row}


def _is_edtf(text: str) -> bool:
    try:
        edtf.parse(text)
    except ValueError:
        return False
    return True


def _date_row(
    article: Article, role: DateRole, value: str | None, *, meeting_id: str | None = None,
    span: tuple[int, int] | None = None, anchor: str | None = None, text: str | None = None,
) -> Row:  # fmt: skip
    when = derive.dated(value)
    return {
        "article_id": article.id,
        "meeting_id": meeting_id,
        "role": role,
        "surface": text[span[0] : span[1]] if text and span and article.redistributable else None,
        **_span(span),
        "date_edtf": value,
        "start_date": when.start_date,
        "end_date": when.end_date,
        "date_precision": when.date_precision,
        "anchor": anchor,
    }
