"""The words the extractor knows, read from the built tables and compiled once per process.

Nothing here is typed in: names, offices, countries, places, forums, mechanisms and cues are rows of the tables.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from ..loading.store import data_folder
from ..tenures import Holding, TenureIndex, spell
from .cache import load_rows

NAME_KINDS = frozenset({"person", "post", "country", "body", "forum", "place", "mechanism", "side"})
"""Kinds whose surfaces are proper names: the text must write them with a capital."""
LAYERS = (
    frozenset({"status", "polarity", "modality"}),
    frozenset({"topic"}),
    frozenset({"channel"}),
    frozenset({"mode", "setting"}),
)
"""Kinds that are looked for apart from all others, so that the longest surface of one never hides another."""
_MAX_ACRONYM = 5
_FEW = 1000
"""Surfaces for which a full state table is built at once, and read twice as fast."""
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
    surface: str = ""


class Hit:
    """One surface found in a text."""

    __slots__ = ("by_kind", "end", "entries", "start")

    def __init__(self, start: int, end: int, entries: tuple[Entry, ...], by_kind: dict[str, tuple[str, ...]]) -> None:
        self.start = start
        self.end = end
        self.entries = entries
        self.by_kind = by_kind

    def value(self, kind: str) -> str | None:
        found = self.by_kind.get(kind)
        return found[0] if found else None

    def values(self, kind: str) -> tuple[str, ...]:
        return self.by_kind.get(kind, ())


@dataclass(frozen=True)
class Post:
    id: str
    country: str
    office_class: str
    domain: str
    title: str
    rank_level: int = 8


_Meanings = dict[tuple[int, bool, bool, bool], tuple[tuple[Entry, ...], dict[str, tuple[str, ...]]]]
"""What a surface can mean, by its number and the case it is printed in; filled while reading."""


@dataclass(eq=False)
class Lexicon:
    """Everything that rules look up."""

    entries: dict[str, list[Entry]]
    people: dict[str, dict[str, Any]]
    posts: dict[str, Post]
    held: dict[str, list[tuple[str, date | None, date | None]]]
    """Person → (post, first and last day in it, as far as known)."""
    tenures: TenureIndex
    mechanisms: dict[str, dict[str, Any]]
    states: dict[str, str]
    """Two-letter code, as internet addresses end in it → state."""

    def __post_init__(self) -> None:
        self.office_words = frozenset(
            word
            for surface, entries in self.entries.items()
            if any(entry.kind in ("office", "post") for entry in entries)
            for word in surface.split()
        )
        """Words that offices are made of, which are no part of a person's name."""
        self.government_titles = _government_titles(self.posts.values())
        self.posts_by_class: dict[tuple[str, str], list[Post]] = defaultdict(list)
        for post in self.posts.values():
            self.posts_by_class[post.country, post.office_class].append(post)
        self._layers = _compiled(self.entries)

    def find(self, flat: str, low: str) -> list[Hit]:
        """Surfaces in a text in order, longest first from the left, whole words only; `low` is `flat` in lower case."""
        hits: list[Hit] = []
        for automaton, by_index, cached in self._layers:
            self._find(automaton, by_index, cached, flat, low, hits)
        hits.sort(key=_position)
        return hits

    def _find(
        self,
        automaton: Any,
        by_index: list[tuple[Entry, ...]],
        cached: _Meanings,
        flat: str,
        low: str,
        hits: list[Hit],
    ) -> None:
        size = len(flat)
        for index, start, end in automaton.find_matches_as_indexes(low):
            if start and flat[start - 1].isalnum() and flat[start].isalnum():
                continue
            tail = end < size and flat[end].isalnum() and flat[end - 1].isalnum()
            state = (index, tail, flat[start].islower(), flat[start:end].isupper())
            meaning = cached.get(state)
            if meaning is None:
                meaning = cached[state] = self._meaning(by_index[index], *state[1:])
            entries, by_kind = meaning
            if entries:
                if tail:
                    while end < size and flat[end].isalpha():
                        end += 1
                hits.append(Hit(start, end, entries, by_kind))

    def _meaning(
        self, entries: tuple[Entry, ...], tail: bool, lower: bool, upper: bool
    ) -> tuple[tuple[Entry, ...], dict[str, tuple[str, ...]]]:
        """What a surface can mean in the case in which the text prints it.

        `classes` joins offices and posts, `states` whatever states and bodies are named or served.
        """
        kept = tuple(entry for entry in entries if (entry.open_end or not tail) and _cased(entry, lower, upper))
        by_kind: dict[str, list[str]] = defaultdict(list)
        for entry in kept:
            by_kind[entry.kind].append(entry.value)
            if entry.kind == "person" and not entry.short:
                by_kind["full"].append(entry.value)
            if entry.kind in ("office", "post"):
                name = entry.value if entry.kind == "office" else self.posts[entry.value].office_class
                if name not in by_kind["classes"]:
                    by_kind["classes"].append(name)
        if states := {*by_kind["side"], *by_kind["country"], *(self.people[one]["country"] for one in by_kind["full"])}:
            by_kind["states"] = sorted(states)
        for entry in kept:
            if entry.kind == "post" and self._opens_with(entry.surface, self.posts[entry.value].country):
                by_kind["post_side"] = [self.posts[entry.value].country]
        return kept, {kind: tuple(values) for kind, values in by_kind.items() if values}

    def who_held(self, post: str, first: date, last: date) -> Holding:
        return self.tenures.who_held(post, first, last)

    def _opens_with(self, surface: str, state: str) -> bool:
        """Whether a title says whose it is: Chinese Premier."""
        return any(
            entry.kind in ("side", "country") and entry.value == state
            for entry in self.entries.get(fold(surface).split()[0], ())
        )

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


def _compiled(entries: dict[str, list[Entry]]) -> list[tuple[Any, list[tuple[Entry, ...]], _Meanings]]:
    """Words of force and all others, apart: `will meet` must not hide `meet with`."""
    from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

    layers: list[dict[str, list[Entry]]] = [{} for _ in range(len(LAYERS) + 1)]
    for surface, meanings in sorted(entries.items()):
        for entry in meanings:
            layers[_layer(entry.kind)].setdefault(surface, []).append(entry)
    return [
        (
            AhoCorasick(
                list(layer),
                matchkind=MatchKind.LeftmostLongest,
                implementation=Implementation.DFA if len(layer) < _FEW else None,
            ),
            [tuple(found) for found in layer.values()],
            {},
        )
        for layer in layers
    ]


def _government_titles(posts: Iterable[Post]) -> dict[str, str]:
    """Words of titles of heads of government and their deputies that one state uses more than all others: Premier."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for post in posts:
        if post.office_class in ("head_of_government", "deputy_leader"):
            for word in fold(post.title).split():
                counts[word][post.country] += 1
    tops = {word: found.most_common(1)[0] for word, found in counts.items()}
    return {word: state for word, (state, count) in tops.items() if count > 1 and count * 2 > counts[word].total()}


def _layer(kind: str) -> int:
    return next((number for number, kinds in enumerate(LAYERS) if kind in kinds), len(LAYERS))


def _cased(entry: Entry, lower: bool, upper: bool) -> bool:
    if entry.case == "any":
        return True
    if entry.case == "capital":
        return not lower
    return lower if entry.case == "lower" else upper


_position = attrgetter("start", "end")
"""Start and end of a hit."""


def fold(surface: str) -> str:
    """The form surfaces are compared in: lower case, plain quotes and spaces."""
    return surface.translate(_FOLD).lower()


_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


def _case_of(kind: str, surface: str) -> str:
    if surface.isupper() and sum(map(str.isalpha, surface)) <= _MAX_ACRONYM:
        return "exact"
    if kind in NAME_KINDS:
        return "capital" if surface[:1].isupper() else "any"
    return "lower" if kind == "modality" and " " not in surface else "any"


def build(rows: dict[str, list[dict[str, Any]]]) -> Lexicon:
    """A lexicon from the rows of names, cues, people, posts, tenures and mechanisms."""
    held, tenures = _tenures(rows["tenures"])
    return Lexicon(
        entries=_entries(rows["names"], rows["cues"]),
        people={row["person_id"]: row for row in rows["people"]},
        posts={
            row["post_id"]: Post(
                row["post_id"], row["country"], row["office_class"], row["domain"], row["title"], row["rank_level"]
            )
            for row in rows["posts"]
        },
        held=held,
        tenures=tenures,
        mechanisms={row["mechanism_id"]: row for row in rows["mechanisms"]},
        states={row["iso2"].lower(): row["iso3"] for row in rows["countries"] if row["iso2"]},
    )


def _entries(names: list[dict[str, Any]], cues: list[dict[str, Any]]) -> dict[str, list[Entry]]:
    """Folded surface → its meanings."""
    entries: dict[str, dict[tuple[str, str], Entry]] = defaultdict(dict)

    def add(surface: str, kind: str, value: str, *, short: bool = False) -> None:
        open_end = surface.endswith("*")
        plain = surface.rstrip("*")
        key = fold(plain)
        if len(key) > 1 and "*" not in key and key.isprintable():
            entries[key].setdefault((kind, value), Entry(kind, value, _case_of(kind, plain), open_end, short, plain))

    for row in names:
        if row["language"] in ("en", "und") and row["surface"].isascii() | (row["kind"] != "native"):
            add(
                row["surface"],
                row["entity_kind"],
                row["entity_id"],
                short=row["kind"] == "short" and row["entity_kind"] == "person",
            )
    for row in cues:
        add(row["pattern"], row["kind"], row["value"])
    return {key: list(found.values()) for key, found in entries.items()}


def _tenures(
    rows: list[dict[str, Any]],
) -> tuple[dict[str, list[tuple[str, date | None, date | None]]], TenureIndex]:
    """Posts by person, and the index that answers who held a post."""
    held: dict[str, list[tuple[str, date | None, date | None]]] = defaultdict(list)
    spells = []
    for row in rows:
        first = date.fromisoformat(row["start_date"]) if row["start_date"] else None
        last = date.fromisoformat(row["end_date"]) if row["end_date"] else None
        if last and not row["end_edtf"]:
            last = last.replace(year=last.year + _AFTER_LAST_SEEN, day=1)
        held[row["person_id"]].append((row["post_id"], first, last))
        spells.append(
            spell(row["person_id"], row["post_id"], start=row["start_edtf"], end=row["end_edtf"],
                  first_seen=row["first_seen"], last_seen=row["last_seen"], acting=row["acting"], source=row["article_id"])
        )  # fmt: skip
    return dict(held), TenureIndex(spells)


@lru_cache(maxsize=4)
def lexicon(folder: Path | None = None) -> Lexicon:
    """The lexicon of the installed tables (or of those in `folder`)."""
    return build(load_rows(folder or data_folder()))
