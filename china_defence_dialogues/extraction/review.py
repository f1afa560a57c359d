"""Candidates made ready for review: as seed records, with the meetings on record that may be the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..loading.lookup import spell_of
from ..loading.store import arrow_table, data_folder
from ..matching import Contact, keys_of, same_event
from ..tenures import Spell
from ..vocab import CHINA, status_group
from .surfaces import fold

_MAX_SPAN = 31
_CORE = ("defence", "security")


def as_record(
    row: dict[str, Any], *, coder: str, coder_kind: str, today: date, account_of: str, folder: Path | None = None
) -> dict[str, Any]:
    """A meeting record as plain data from one reviewed row; spans become the evidence, no text is kept."""
    spans = _spans(row)
    happened = row["status"] in ("held", "encounter")
    chinese = 0
    participants = []
    for one in row["participants"]:
        leader = "co_principal" if one["side"] == CHINA and chinese else "principal"
        chinese += one["side"] == CHINA
        role = "intended" if not happened else leader if one["name"] else "delegation"
        fields = {"side": one["side"], "role": role, "person": one["person_id"], "name_as_reported": one["name"]}
        fields["post"] = post_held(one["person_id"], row["start_date"], row["end_date"], folder=folder)
        if not one["person_id"] and one["office"]:
            fields["office_as_reported"] = " ".join(one["office"].split())
        participants.append({name: value for name, value in fields.items() if value})
    record: dict[str, Any] = {
        "id": record_id(row),
        "scope": "core" if row["domain"] in _CORE else "context",
        "status": row["status"],
        "mode": row["mode"],
        "setting": row["setting"],
        ("date" if happened else "intended_date"): row["date_edtf"],
        "place": {"country": row["country"], "city": row["city"]} if row["country"] else None,
        "partners": list(row["partners"]),
        "participants": participants,
        "mechanism": row["mechanism_id"],
        "coding": {"method": "extracted", "coder": coder, "coder_kind": coder_kind, "coded_on": today.isoformat()},
        "sources": [{
            "article": row["article_id"],
            "account_of": account_of,
            "supports": _supports(row, spans, happened),
            "topics": [
                {"topic": topic, "raised_by": "unattributed", "account_of": account_of, **({"span": spans[f"topics.{topic}"]} if f"topics.{topic}" in spans else {})}
                for topic in row["topics"]
            ],
        }],
    }  # fmt: skip
    if record["place"] and not record["place"]["city"]:
        del record["place"]["city"]
    return {name: value for name, value in record.items() if value not in (None, [])}


def post_held(person: str | None, first: date | None, last: date | None, *, folder: Path | None = None) -> str | None:
    """The post a person held on those days, by rank the highest; None where none is proven, or two rank alike."""
    if person is None or first is None or last is None:
        return None
    held = [
        (level, post)
        for post, level, spell in _offices(folder or data_folder()).get(person, ())
        if spell.proves(first, last)
    ]
    highest = {post for level, post in held if level == min(held)[0]}
    return highest.pop() if len(highest) == 1 else None


@lru_cache(maxsize=2)
def _offices(folder: Path) -> dict[str, list[tuple[str, int, Spell]]]:
    """Person → posts held, with their rank level and time."""
    levels = {row["post_id"]: row["rank_level"] for row in arrow_table("posts", folder).to_pylist()}
    found: dict[str, list[tuple[str, int, Spell]]] = {}
    for row in arrow_table("tenures", folder).to_pylist():
        found.setdefault(row["person_id"], []).append((row["post_id"], levels[row["post_id"]], spell_of(row)))
    return found


def _supports(row: dict[str, Any], spans: dict[str, list[int]], happened: bool) -> dict[str, list[int]]:
    supports = {"status": spans.get("status", spans["trigger"]), "partners": spans["trigger"]}
    for field, path in (
        ("mode", "mode"),
        ("date", "date" if happened else "intended_date"),
        ("place", "place.city" if row["city"] else "place.country"),
        ("mechanism", "mechanism"),
    ):
        if field in spans and (field != "place" or row["country"]):
            supports[path] = spans[field]
    for index in range(len(row["participants"])):
        if f"participants.{index}" in spans:
            supports[f"participants.{index}"] = spans[f"participants.{index}"]
    return supports


def _spans(row: dict[str, Any]) -> dict[str, list[int]]:
    """Spans of a row, from a dict or from the list that Arrow keeps."""
    if isinstance(row["spans"], dict):
        return {name: list(span) for name, span in row["spans"].items()}
    return {one["field"]: [one["start"], one["end"]] for one in row["spans"]}


def record_id(row: dict[str, Any]) -> str:
    """Date, partner, principals, mode or place, as the curator's guide asks."""
    when = re.sub(r"[^0-9].*", "", (row["date_edtf"] or "").replace("-", "")) or "undated"
    families = [fold(one["name"]).split() for one in row["participants"] if one["name"]]
    people = [
        words[0] if one["side"] == CHINA else words[-1]
        for one, words in zip([p for p in row["participants"] if p["name"]], families, strict=True)
    ]
    tail = row["city"] or {"in_person": "", "unknown": ""}.get(row["mode"], row["mode"]) or ""
    partner = row["partners"][0].replace("org:", "").lower()
    text = "-".join([when, partner, *people[:2], row["mechanism_id"] or "", tail])
    return re.sub(r"-+", "-", re.sub(r"[^a-z0-9]+", "-", fold(text))).strip("-")[:80]


def contact_of(row: dict[str, Any], identity: str, folder: Path) -> Contact:
    """What the same-event test looks at in a candidate; an office with one holder stands for its holder."""
    start, end = row["start_date"], row["end_date"]
    vague = start is None or end is None or (end - start).days > _MAX_SPAN
    single = _single_posts(folder)
    keys = [
        (one["side"] == CHINA, key)
        for one in row["participants"]
        for key in keys_of(
            one["person_id"] or fold(one["name"] or ""), post_held(one["person_id"], start, end, folder=folder), single
        )
    ]
    return Contact(
        id=identity,
        partners=frozenset(row["partners"]),
        start=None if vague else start,
        end=None if vague else end,
        prc=frozenset(key for chinese, key in keys if chinese),
        foreign=frozenset(key for chinese, key in keys if not chinese),
        group=status_group(row["status"]),
        channel=row["mechanism_id"] or "",
    )


def duplicates(rows: Iterable[dict[str, Any]], *, folder: Path | None = None) -> list[list[str]]:
    """For each candidate, the ids of the meetings on record that are likely the same contact."""
    folder = folder or data_folder()
    known = on_record(folder)
    contacts = [contact_of(row, "candidate", folder) for row in rows]
    return [[one.id for one in known if same_event(one, contact)] for contact in contacts]


@lru_cache(maxsize=2)
def _single_posts(folder: Path) -> frozenset[str]:
    """Posts that one person holds at a time."""
    posts = arrow_table("posts", folder).select(["post_id", "single_holder"]).to_pylist()
    return frozenset(row["post_id"] for row in posts if row["single_holder"])


def on_record(folder: Path) -> list[Contact]:
    """The contacts on record, as the same-event test looks at them."""
    people: dict[str, list[tuple[bool, str]]] = {}
    single = _single_posts(folder)
    wanted = ["meeting_id", "side", "person_id", "name_as_reported", "post_id"]
    for one in arrow_table("participants", folder).select(wanted).to_pylist():
        for key in keys_of(one["person_id"] or fold(one["name_as_reported"] or ""), one["post_id"], single):
            people.setdefault(one["meeting_id"], []).append((one["side"] == CHINA, key))
    columns = [
        "meeting_id",
        "status",
        "partners",
        "start_date",
        "end_date",
        "intended_start",
        "intended_end",
        "mechanism_id",
    ]
    found = []
    for row in arrow_table("meetings", folder).select(columns).to_pylist():
        keys = people.get(row["meeting_id"], [])
        found.append(
            Contact(
                id=row["meeting_id"],
                partners=frozenset(row["partners"]),
                start=row["start_date"] or row["intended_start"],
                end=row["end_date"] or row["intended_end"],
                prc=frozenset(key for chinese, key in keys if chinese),
                foreign=frozenset(key for chinese, key in keys if not chinese),
                group=status_group(row["status"]),
                channel=row["mechanism_id"] or "",
            )
        )
    return found
