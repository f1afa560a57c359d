"""Popolo JSON: people, organisations, posts, and who held which post when."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from ..release import Release
from ..text_files import write_json

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def write(release: Release, to: Path) -> None:
    write_json(to / "popolo.json", popolo(release))


def popolo(release: Release) -> dict[str, list[dict[str, Any]]]:
    """Lists of persons, organizations, posts and memberships. Only dates that a source states are given."""
    pages = {row["article_id"]: row["url"] for row in release.rows("articles")}
    other_names: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in release.rows("names"):
        name = {
            "name": row["surface"],
            "start_date": row["valid_from"],
            "end_date": row["valid_to"],
            "note": row["kind"],
        }
        other_names[row["entity_kind"], row["entity_id"]].append(_known(name))
    posts = {row["post_id"]: row for row in release.rows("posts")}
    organisations = {_organisation_id(post): post for post in posts.values()}
    return {
        "persons": [
            _known(
                {
                    "id": row["person_id"],
                    "name": row["name"],
                    "family_name": row["family_name"],
                    "other_names": other_names["person", row["person_id"]],
                    "links": [{"url": row["url"]}] if row["url"] else None,
                    "identifiers": [{"scheme": "wikidata", "identifier": row["wikidata"]}] if row["wikidata"] else None,
                    "area_id": row["country"],
                }
            )
            for row in release.rows("people")
        ],
        "organizations": [
            {"id": key, "name": post["organisation"], "area_id": post["country"]}
            for key, post in sorted(organisations.items())
        ],
        "posts": [
            _known(
                {
                    "id": post_id,
                    "label": row["title"],
                    "organization_id": _organisation_id(row),
                    "other_labels": other_names["post", post_id],
                    "start_date": _date(row["established"]),
                    "end_date": _date(row["abolished"]),
                    "area_id": row["country"],
                }
            )
            for post_id, row in posts.items()
        ],
        "memberships": [
            _known(
                {
                    "id": row["tenure_id"],
                    "person_id": row["person_id"],
                    "post_id": row["post_id"],
                    "organization_id": _organisation_id(posts[row["post_id"]]),
                    "role": "acting" if row["acting"] else None,
                    "start_date": _date(row["start_edtf"]),
                    "end_date": _date(row["end_edtf"]),
                    "sources": _sources(row, pages),
                }
            )
            for row in release.rows("tenures")
        ],
    }


def _organisation_id(post: dict[str, Any]) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", str(post["organisation"]).lower()).strip("-")
    return f"{post['country'].lower()}/{name}"


def _sources(tenure: dict[str, Any], pages: dict[str, str | None]) -> list[dict[str, str]] | None:
    urls = [pages[article] for article in (tenure["article_id"], tenure["end_article_id"]) if article]
    return [{"url": url} for url in dict.fromkeys(urls) if url] or None


def _date(edtf: str | None) -> str | None:
    """A Popolo date (YYYY, YYYY-MM or YYYY-MM-DD), or None where the EDTF string is no plain date."""
    return edtf if edtf and _DATE.fullmatch(edtf) else None


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in (None, [])}
