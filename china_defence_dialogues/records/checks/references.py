"""Ids and codes must lead to something."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ...models import InVocabulary, Ref
from ...models.base import NOT_SIDES
from ...vocab import CLOSED_LISTS
from ..fields import marked, parent_of
from ..findings import Finding
from ..seeds import Seeds


def _near(value: str, valid: set[str]) -> str:
    near = get_close_matches(value, valid, n=2, cutoff=0.6)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def dangling(seeds: Seeds) -> Iterator[Finding]:
    """Every reference leads to a record that is not superseded."""
    superseded = {
        (kind, record_id) for kind, record_id, record in seeds.all_records() if getattr(record, "superseded_by", None)
    }
    for kind, record_id, record in seeds.all_records():
        for location, ref, target in marked(record, Ref):
            if target not in seeds.records[ref.kind]:
                near = _near(target, set(seeds.records[ref.kind]))
                yield seeds.finding(
                    "R001",
                    kind,
                    record_id,
                    location,
                    f"no {ref.kind} {target!r}{near}",
                    f"add the {ref.kind} or mend the id",
                )
            elif (ref.kind, target) in superseded and location[-1] != "superseded_by":
                heir = seeds.records[ref.kind][target].superseded_by  # type: ignore[attr-defined]
                yield seeds.finding(
                    "R003", kind, record_id, location, f"{target!r} is superseded", f"refer to {heir!r}"
                )


def vocabulary_codes(seeds: Seeds) -> Iterator[Finding]:
    """Every open code is in its vocabulary."""
    valid = {
        "topics": {term.code for term in seeds.vocabularies["topics"].terms}
        if "topics" in seeds.vocabularies
        else set(),
        "countries": {entry.iso3 for entry in seeds.lists["country"]},  # type: ignore[attr-defined]
        "forums": {entry.code for entry in seeds.lists["forum"]},  # type: ignore[attr-defined]
        "places": {(entry.country, entry.name) for entry in seeds.lists["place"]},  # type: ignore[attr-defined]
    }
    valid["sides"] = valid["countries"] | {entry.code for entry in seeds.lists["body"]} | NOT_SIDES | {"all"}  # type: ignore[attr-defined]
    listed = (
        (kind, str(getattr(entry, "id", kind)), entry)
        for kind in ("place", "coverage_entry")
        for entry in seeds.lists[kind]
    )
    for kind, record_id, record in [*seeds.all_records(), *listed]:
        for location, marker, value in marked(record, InVocabulary):
            key = (parent_of(record, location).country, value) if marker.name == "places" else value
            if key not in valid[marker.name]:
                names = {name for _, name in valid["places"]} if marker.name == "places" else valid[marker.name]
                mend = "add it to" if marker.name in ("places", "forums") else "use a code of"
                yield seeds.finding(
                    "R002", kind, record_id, location, f"{value!r} is not in the vocabulary{_near(value, names)}",
                    f"{mend} seeds/vocabularies/{marker.name}.yaml",
                )  # fmt: skip


def closed_lists(seeds: Seeds) -> Iterator[Finding]:
    """Every value of a closed list is explained in its vocabulary file, and no other."""
    for name, values in CLOSED_LISTS.items():
        if name not in seeds.vocabularies:
            yield Finding(
                f"vocabularies/{name}.yaml",
                1,
                1,
                "R006",
                "-",
                "the file is missing",
                "explain every value of the list",
                name,
            )
            continue
        explained = {term.code for term in seeds.vocabularies[name].terms}
        for code in sorted(explained ^ set(values)):
            side = "is not in the code's list" if code in explained else "is not explained"
            yield seeds.finding(
                "R006", "vocabulary", name, ("terms",), f"{code!r} {side}", "bring vocab.py and this file into step"
            )


def uncited_articles(seeds: Seeds) -> Iterator[Finding]:
    """Every article is cited somewhere."""
    cited = {
        value
        for kind, _, record in seeds.all_records()
        for _, ref, value in marked(record, Ref)
        if ref.kind == "article"
    }
    for article_id, article in seeds.articles.items():
        if article_id not in cited and article.document is None:
            yield seeds.finding(
                "R005", "article", article_id, (), "no record cites this article", "cite it or remove it"
            )
