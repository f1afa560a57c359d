"""The words the extractor knows, read from the built tables and compiled once per process.

Nothing here is typed in: names, offices, countries, places, forums, mechanisms and cues are rows of the tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from ..loading.store import data_folder
from ..tenures import Holding, TenureIndex, spell
from .cache import load_rows

NAME_KINDS = frozenset({"person", "post", "country", "body", "forum", "place", "mechanism", "side"})
"""Kinds whose surfaces are proper names: the text must write them with a capital."""
LAYERS = (frozenset({"status", "polarity", "modality"}), frozenset({"topic"}), frozenset({"channel"}), frozenset({"mode", "setting"}))
"""Kinds that are looked for apart from all others, so that the longest surface of one never hides another."""
_MAX_ACRONYM = 5
_AFTER_LAST_SEEN = 4
"""Years for which someone last seen in office may still be meant by the office's title."""


class Entry(NamedTuple):
    """One meaning of one surface."""

    kind: str
    value: str
    case: str
    """any, capital (first letter), exact, or lower."""
    open_end: bool
    """Whether any word ending may follow."""
    short: bool
    """A family name alone, which needs support from the text."""


class Hit(NamedTuple):
    """One surface found in a text."""

    start: int
    end: int
    entries: tuple[Entry, ...]

    def value(self, kind: str) -> str | None:
        return next((entry.value for entry in self.entries if entry.kind == kind), None)

    def values(self, kind: str) -> list[str]:
        return [entry.value for entry in self.entries if entry.kind == kind]


@dataclass(frozen=True)
class Post:
    id: str
    country: str
    office_class: str
    domain: str
    title: str
    rank_level: int = 8


@dataclass
class Lexicon:
    """Everything that rules look up."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    held: dict[str, list[tuple[str, date | None, date | None]]] = field(default_factory=dict)
    """Person → (post, first and last day in it, as far as known)."""
    tenures: TenureIndex = field(default_factory=lambda: TenureIndex(()))
    mechanisms: dict[str, dict[str, Any]] = field(default_factory=dict)
    office_words: frozenset[str] = frozenset()
    """Words that offices are made of, which are no part of a person's name."""

    @cached_property
    def _layers(self) -> list[tuple[Any, list[tuple[Entry, ...]]]]:
        """Words of force and all others, apart: `will meet` must not hide `meet with`."""
        from ahocorasick_rs import AhoCorasick, MatchKind

        layers = []
        for number in range(len(LAYERS) + 1):
            kept = {
                surface: found
                for surface, entries in sorted(self.entries.items())
                if (found := tuple(entry for entry in entries if _layer(entry.kind) == number))
            }
            layers.append((AhoCorasick(list(kept), matchkind=MatchKind.LeftmostLongest), list(kept.values())))
        return layers

    def find(self, flat: str, low: str) -> list[Hit]:
        """Surfaces in a text in order, longest first from the left, whole words only; `low` is `flat` in lower case."""
        return sorted(hit for automaton, by_index in self._layers for hit in self._find(automaton, by_index, flat, low))

    def _find(self, automaton: Any, by_index: list[tuple[Entry, ...]], flat: str, low: str) -> Iterator[Hit]:
        size = len(flat)
        for index, start, end in automaton.find_matches_as_indexes(low):
            if start and (flat[start - 1].isalnum() and flat[start].isalnum()):
                continue
            entries = by_index[index]
            tail = end < size and flat[end].isalnum() and flat[end - 1].isalnum()
            kept = tuple(entry for entry in entries if (entry.open_end or not tail) and _cased(entry, flat, start, end))
            if kept:
                if tail:
                    while end < size and flat[end].isalpha():
                        end += 1
                yield Hit(start, end, kept)

    def who_held(self, post: str, first: date, last: date) -> Holding:
        return self.tenures.who_held(post, first, last)

    @cached_property
    def posts_by_class(self) -> dict[tuple[str, str], list[Post]]:
        found: dict[tuple[str, str], list[Post]] = defaultdict(list)
        for post in self.posts.values():
            found[(post.country, post.office_class)].append(post)
        return found

    def post_of(self, person: str, on: date | None, classes: Iterable[str] = ()) -> Post | None:
        """The post a person held on a day; one of the wanted classes first."""
        wanted = set(classes)
        held = [
            self.posts[post]
            for post, first, last in self.held.get(person, ())
            if post in self.posts and (on is None or ((first is None or first <= on) and (last is None or on <= last)))
        ]
        for post in held:
            if post.office_class in wanted:
                return post
        return min(held, key=lambda post: (post.rank_level, post.office_class != "head_of_state")) if held else None


def _layer(kind: str) -> int:
    return next((number for number, kinds in enumerate(LAYERS) if kind in kinds), len(LAYERS))


def _cased(entry: Entry, flat: str, start: int, end: int) -> bool:
    if entry.case == "any":
        return True
    if entry.case == "capital":
        return not flat[start].islower()
    if entry.case == "lower":
        return flat[start].islower()
    return flat[start:end].isupper()


def fold(surface: str) -> str:
    """The form surfaces are compared in: lower case, plain quotes and spaces."""
    return surface.translate(_FOLD).lower()


_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


def _case_of(kind: str, surface: str) -> str:
    letters = [character for character in surface if character.isalpha()]
    if letters and len(letters) <= _MAX_ACRONYM and all(character.isupper() for character in letters):
        return "exact"
    if kind in NAME_KINDS:
        return "capital" if surface[:1].isupper() else "any"
    return "lower" if kind == "modality" and " " not in surface else "any"


def build(rows: dict[str, list[dict[str, Any]]]) -> Lexicon:
    """A lexicon from the rows of names, cues, people, posts, tenures and mechanisms."""
    lexicon = Lexicon()
    entries: dict[str, dict[tuple[str, str], Entry]] = defaultdict(dict)

    def add(surface: str, kind: str, value: str, *, short: bool = False) -> None:
        open_end = surface.endswith("*")
        plain = surface.rstrip("*")
        key = fold(plain)
        if len(key) > 1 and "*" not in key and key.isprintable():
            entries[key].setdefault((kind, value), Entry(kind, value, _case_of(kind, plain), open_end, short))

    for row in rows["names"]:
        if row["language"] in ("en", "und") and row["surface"].isascii() | (row["kind"] != "native"):
            add(row["surface"], row["entity_kind"], row["entity_id"], short=row["kind"] == "short" and row["entity_kind"] == "person")
    for row in rows["cues"]:
        add(row["pattern"], row["kind"], row["value"])
    lexicon.entries = {key: list(found.values()) for key, found in entries.items()}
    lexicon.people = {row["person_id"]: row for row in rows["people"]}
    lexicon.posts = {
        row["post_id"]: Post(row["post_id"], row["country"], row["office_class"], row["domain"], row["title"], row["rank_level"])
        for row in rows["posts"]
    }
    lexicon.mechanisms = {row["mechanism_id"]: row for row in rows["mechanisms"]}
    held: dict[str, list[tuple[str, date | None, date | None]]] = defaultdict(list)
    spells = []
    for row in rows["tenures"]:
        first = date.fromisoformat(row["start_date"]) if row["start_date"] else None
        last = date.fromisoformat(row["end_date"]) if row["end_date"] else None
        if last and not row["end_edtf"]:
            last = last.replace(year=last.year + _AFTER_LAST_SEEN, day=1)
        held[row["person_id"]].append((row["post_id"], first, last))
        spells.append(
            spell(row["person_id"], row["post_id"], start=row["start_edtf"], end=row["end_edtf"],
                  first_seen=row["first_seen"], last_seen=row["last_seen"], acting=row["acting"], source=row["article_id"])
        )  # fmt: skip
    lexicon.held = dict(held)
    lexicon.tenures = TenureIndex(spells)
    words: set[str] = set()
    for key, found in lexicon.entries.items():
        if any(entry.kind in ("office", "post") for entry in found):
            words.update(key.split())
    lexicon.office_words = frozenset(words)
    return lexicon


@lru_cache(maxsize=4)
def lexicon(folder: Path | None = None) -> Lexicon:
    """The lexicon of the installed tables (or of those in `folder`)."""
    return build(load_rows(folder or data_folder()))
