"""Rows of the `names` table: every form of every name, with the forms that two entities share flagged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..models import Name
from ..records.seeds import Seeds
from ..vocab import NameKind
from .events import Row


def names(seeds: Seeds) -> list[Row]:
    """Every form of every name, each once; forms that two entities of a kind share are flagged."""
    rows: dict[tuple[str, str, str, str], Row] = {}
    for row in _all_names(seeds):
        rows.setdefault((row["entity_kind"], row["entity_id"], row["surface"], row["language"]), row)
    owners = Counter(
        pair for pair, _ in {((row["entity_kind"], row["surface"]), row["entity_id"]) for row in rows.values()}
    )
    return [row | {"shared": owners[(row["entity_kind"], row["surface"])] > 1} for row in rows.values()]


def _all_names(seeds: Seeds) -> Iterator[Row]:
    def row(
        entity_kind: str,
        entity_id: str,
        surface: str,
        kind: str = NameKind.FULL,
        language: str = "en",
        item: Name | None = None,
    ) -> Row:
        return {
            "entity_kind": entity_kind, "entity_id": entity_id, "surface": surface, "language": language, "kind": kind,
            "valid_from": item.valid_from if item else None, "valid_to": item.valid_to if item else None,
        }  # fmt: skip

    for kind, title in (("person", "name"), ("post", "title"), ("mechanism", "name")):
        for entity_id, entity in seeds.of(kind).items():
            if entity.superseded_by:
                continue
            if kind == "person":
                yield row(kind, entity_id, entity.family_name, NameKind.SHORT)
            yield row(kind, entity_id, getattr(entity, title))
            for item in entity.names:
                yield row(kind, entity_id, item.name, item.kind, item.language, item)
    entries: Any
    for entries in seeds.lists["country"]:
        yield row("country", entries.iso3, entries.name)
    for entries in seeds.lists["body"]:
        yield row("body", entries.code, entries.name)
    for entries in seeds.lists["forum"]:
        yield row("forum", entries.code, entries.name)
        if entries.abbreviation:
            yield row("forum", entries.code, entries.abbreviation, NameKind.ABBREVIATION)
        for name in entries.names:
            yield row("forum", entries.code, name, NameKind.ALIAS, _language(name))
    for entries in seeds.lists["place"]:
        yield row("place", f"{entries.country}/{entries.name}", entries.name)
        for name in entries.variants:
            yield row("place", f"{entries.country}/{entries.name}", name, NameKind.ALIAS, _language(name))


def _language(text: str) -> str:
    """zh for Han script, und for what is not plain Latin; the lists of names carry no language of their own."""
    if any("\u4e00" <= character <= "\u9fff" for character in text):
        return "zh"
    return "en" if text.isascii() else "und"
