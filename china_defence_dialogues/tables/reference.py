"""Rows of the reference tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from ..models import Meeting, Model, Name, Place, Round, Source
from ..records.seeds import Seeds
from ..vocab import NameKind, Status
from . import derive
from .events import Row, live_meetings
from .history import canonical_json


def articles(seeds: Seeds) -> Iterator[Row]:
    for article in seeds.articles.values():
        row = {name: getattr(article, name) for name in _ARTICLE_FIELDS}
        yield row | {
            "article_id": article.id,
            "original_publisher": article.original_publisher or article.publisher,
            "published_edtf": article.published,
            "published": derive.dated(article.published).start_date,
            "accessed": date.fromisoformat(article.accessed),
        }


_ARTICLE_FIELDS = (
    "title", "publisher", "publisher_country", "issuer", "source_type", "url", "archived_url", "language", "seen_as",
    "basis", "licence", "text_sha256",
)  # fmt: skip


def _pages(sources: Iterable[Source]) -> list[str]:
    return list(dict.fromkeys(source.article for source in sources))


def occasions(seeds: Seeds) -> Iterator[Row]:
    counts = Counter(meeting.part_of for meeting in live_meetings(seeds))
    for occasion in seeds.occasions.values():
        if occasion.superseded_by:
            continue
        when = derive.dated(occasion.date)
        yield {
            "occasion_id": occasion.id,
            **{name: getattr(occasion, name) for name in ("kind", "name", "forum", "visitor", "host")},
            **_when_and_where(when, occasion.place),
            "date_precision": when.date_precision,
            "n_meetings": counts[occasion.id],
            "topics": list(dict.fromkeys(mention.topic for source in occasion.sources for mention in source.topics)),
            "article_ids": _pages(occasion.sources),
        }


def suspensions(seeds: Seeds) -> Iterator[Row]:
    for suspension in seeds.suspensions.values():
        if suspension.superseded_by:
            continue
        for seq, channel in enumerate(suspension.channels, 1):
            yield {
                "suspension_id": suspension.id,
                "seq": seq,
                "kind": suspension.kind,
                "extent": suspension.extent,
                "imposed_by": suspension.imposed_by,
                "partner": suspension.partner,
                "started_edtf": suspension.started,
                "started": derive.dated(suspension.started).start_date,
                "trigger_reason": suspension.trigger.reason,
                "trigger": suspension.trigger.text,
                "mechanism_id": channel.mechanism,
                "channel_class": channel.channel_class,
                "ended_edtf": channel.ended,
                "ended": derive.dated(channel.ended).start_date,
                "first_contact_edtf": channel.first_contact,
                "end_basis": channel.end_basis,
                "resumed_by": channel.resumed_by,
                "article_ids": _pages(suspension.sources),
            }


def _native(names: Iterable[Name]) -> str | None:
    return next((name.name for name in names if name.kind == NameKind.NATIVE), None)


def people(seeds: Seeds) -> Iterator[Row]:
    for person in seeds.people.values():
        if person.superseded_by is None:
            yield {
                "person_id": person.id,
                "native_name": _native(person.names),
                **{
                    name: getattr(person, name)
                    for name in ("name", "family_name", "country", "wikidata", "url", "notes")
                },
            }


def posts(seeds: Seeds) -> Iterator[Row]:
    for post in seeds.posts.values():
        if post.superseded_by is None:
            yield {
                "post_id": post.id,
                "rank_level": post.ranks[-1].level,
                "domain": post.ranks[-1].domain,
                "predecessor_id": post.predecessor,
                "vacancies": [f"{vacancy.start}/{vacancy.end}" for vacancy in post.vacancies],
                **{name: getattr(post, name) for name in _POST_FIELDS},
            }


_POST_FIELDS = (
    "title",
    "organisation",
    "country",
    "office_class",
    "single_holder",
    "established",
    "abolished",
    "notes",
)


def tenures(seeds: Seeds) -> Iterator[Row]:
    for person in seeds.people.values():
        if person.superseded_by:
            continue
        for number, tenure in enumerate(person.tenures, 1):
            yield {
                "tenure_id": f"{person.id}#{number}",
                "person_id": person.id,
                "post_id": tenure.post,
                "start_edtf": tenure.start,
                "end_edtf": tenure.end,
                "first_seen": tenure.first_seen,
                "last_seen": tenure.last_seen,
                "start_date": derive.dated(tenure.start or tenure.first_seen).start_date,
                "end_date": derive.dated(tenure.end or tenure.last_seen).end_date,
                "acting": tenure.acting,
                "article_id": tenure.source,
                "end_article_id": tenure.end_source,
                "note": tenure.note,
            }


def mechanisms(seeds: Seeds) -> Iterator[Row]:
    counts = Counter(row["mechanism_id"] for row in rounds(seeds) if row["start_date"])
    for mechanism in seeds.mechanisms.values():
        if mechanism.superseded_by is None:
            yield {
                "mechanism_id": mechanism.id,
                "native_name": _native(mechanism.names),
                "predecessor_id": mechanism.predecessor,
                "successor_id": mechanism.successor,
                "n_rounds": counts[mechanism.id],
                "article_ids": _pages(mechanism.sources),
                **{name: getattr(mechanism, name) for name in _MECHANISM_FIELDS},
            }


_MECHANISM_FIELDS = (
    "name",
    "partners",
    "forum",
    "owner",
    "level",
    "track",
    "first_year",
    "last_year",
    "cadence",
    "notes",
)


def rounds(seeds: Seeds) -> Iterator[Row]:
    """Rounds that have a meeting record, and those that only the mechanism's record knows."""
    sessions: dict[str | None, list[Meeting]] = defaultdict(list)
    for meeting in live_meetings(seeds):
        if not meeting.aggregate:
            sessions[meeting.mechanism].append(meeting)
    for mechanism in seeds.mechanisms.values():
        if mechanism.superseded_by:
            continue
        rows = [*map(_round_with_record, sessions[mechanism.id]), *map(_round_without_record, mechanism.rounds)]
        rows.sort(key=lambda row: (row["start_date"] or date.max, row["number"] or 0, row["meeting_id"] or ""))
        for seq, row in enumerate(rows, 1):
            yield {"round_id": f"{mechanism.id}#{seq}", "mechanism_id": mechanism.id, **row}


def _round_with_record(meeting: Meeting) -> Row:
    said = [source.says["round"] for source in meeting.sources if "round" in source.says]
    return {
        "number": meeting.round,
        "disputed_numbers": sorted({int(number) for number in said if number.isdigit()}),
        **_when_and_where(derive.meeting_date(meeting), meeting.place),
        "status": meeting.status,
        "meeting_id": meeting.id,
        "article_id": None,
    }


def _round_without_record(item: Round) -> Row:
    return {
        "number": item.number,
        "disputed_numbers": sorted({dispute.number for dispute in item.disputes}),
        **_when_and_where(derive.dated(item.date), item.place),
        "status": Status.HELD,
        "meeting_id": None,
        "article_id": item.article,
    }


def _when_and_where(when: derive.Dated, place: Place | None) -> Row:
    return {
        "date_edtf": when.date_edtf,
        "start_date": when.start_date,
        "end_date": when.end_date,
        "city": place.city if place else None,
        "country": place.country if place else None,
    }


def places(seeds: Seeds) -> Iterator[Row]:
    return (place.model_dump() for place in seeds.lists["place"])


def countries(seeds: Seeds) -> Iterator[Row]:
    for entry in seeds.lists["country"]:
        row = entry.model_dump()
        yield row | {"valid_from": row["valid_from"] or 0, "kind": "state"}
    for body in seeds.lists["body"]:
        row = body.model_dump()
        yield {
            "iso3": row["code"], "iso2": None, "valid_from": 0, "valid_to": None, "name": row["name"], "kind": "body",
            "cow": None, "gw": None, "vdem": None, "region": row["region"], "in_panel": False,
        }  # fmt: skip


def cues(seeds: Seeds) -> Iterator[Row]:
    for cue in seeds.lists["cue"]:
        row = cue.model_dump()
        yield {"cue_id": row.pop("id"), **row}


def vocabulary(seeds: Seeds) -> Iterator[Row]:
    for name, entry in seeds.vocabularies.items():
        for seq, term in enumerate(entry.terms, 1):
            yield {"vocabulary": name, "seq": seq, **term.model_dump()}


def coverage(seeds: Seeds) -> Iterator[Row]:
    for entry in seeds.lists["coverage_entry"]:
        row = entry.model_dump()
        yield row | {"searched_on": date.fromisoformat(row["searched_on"])}


def double_codings(seeds: Seeds) -> Iterator[Row]:
    for coding in seeds.double_codings.values():
        for field in sorted(coding.first.keys() | coding.second.keys()):
            first, second = _in_order(coding.first.get(field)), _in_order(coding.second.get(field))
            yield {
                "coding_id": coding.id,
                "field": field,
                "meeting_id": coding.meeting,
                "first": first,
                "second": second,
                "agrees": first == second,
                "coder": coding.coder,
                "coder_kind": coding.coder_kind,
                "coded_on": date.fromisoformat(coding.coded_on),
            }


def _in_order(codes: str | None) -> str | None:
    """Several codes in one cell are a set: their order must not count as a difference."""
    return "|".join(sorted(codes.split("|"))) if codes else codes


def records(seeds: Seeds) -> Iterator[Row]:
    """Every record as canonical JSON, so that the tables lose nothing."""
    for kind, record_id, record in seeds.all_records():
        yield _record(kind, record_id, record)
    for kind, entries in seeds.lists.items():
        for number, entry in enumerate(entries, 1):
            yield _record(kind, f"{number:05d}", entry)


def _record(kind: str, record_id: str, record: Model) -> Row:
    text = canonical_json(record.model_dump(mode="json", exclude_defaults=True))
    return {"kind": kind, "id": record_id, "record": text}
