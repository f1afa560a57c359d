"""The words the extractor knows, read from the built tables and compiled once per process.

Nothing here is typed in: names, offices, countries, places, forums, mechanisms and cues are rows of the tables.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any

from ..loading.store import data_folder
from ..tenures import Holding, TenureIndex, spell
from .cache import load_rows
from .surfaces import Entry, Hit, Surface, cased, compiled, entries_of, fold

_AFTER_LAST_SEEN = 4
"""Years for which someone last seen in office may still be meant by the office's title."""
_LOST_SPACE = re.compile(r"(?:in|on|at) [A-Z]")
"""What follows a name whose space was lost: `Li Qiangin Indonesia`."""
_LONGER = re.compile(
    r"-(?:[A-Z][a-z]+(?! (?:[A-Z]|meeting|call|summit|talks|dialogue))"
    r"|(?!(?:led|era|backed|style|brokered|appointed|the|a|an|who|and)\b)[a-z]+)\b"
)
"""What makes a name another's: `Wang Chao-ming` is not Wang Chao; but `Austin-Li Shangfu call`, `a Dong Jun-led group`."""
_position = attrgetter("start", "end")


@dataclass(frozen=True)
class Post:
    id: str
    country: str
    office_class: str
    domain: str
    title: str
    rank_level: int = 8


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
        self.channel_kinds = _channel_kinds(self.entries, self.mechanisms)
        """State → kind of its channel without the states' names (`high-level dialogue`), where it has one of that kind."""
        self.government_titles = _government_titles(self.posts.values())
        self.posts_by_class: dict[tuple[str, str], list[Post]] = defaultdict(list)
        for post in self.posts.values():
            self.posts_by_class[post.country, post.office_class].append(post)
        self._layers = compiled(self.entries)

    def find(self, flat: str, low: str) -> list[Hit]:
        """Surfaces in a text in order, longest first from the left, whole words only; `low` is `flat` in lower case."""
        hits: list[Hit] = []
        for automaton, surfaces in self._layers:
            self._find(automaton, surfaces, flat, low, hits)
        hits.sort(key=_position)
        return hits

    def _find(self, automaton: Any, surfaces: list[Surface], flat: str, low: str, hits: list[Hit]) -> None:
        size = len(flat)
        for index, start, end in automaton.find_matches_as_indexes(low):
            surface = surfaces[index]
            if start and surface.opens and flat[start - 1] != " " and flat[start - 1].isalnum():
                continue
            tail = end < size and surface.closes and flat[end] != " " and flat[end].isalnum()
            if surface.full_name:
                tail = tail and not _LOST_SPACE.match(flat, end)
                if _LONGER.match(flat, end):
                    continue
            lower = flat[start].islower()
            upper = not lower and flat[start:end].isupper()
            way = 4 * tail + 2 * lower + upper
            meaning = surface.meanings[way]
            if meaning is None:
                meaning = surface.meanings[way] = self._meaning(surface.entries, tail, lower, upper)
            entries, by_kind = meaning
            if entries:
                if tail:
                    while end < size and flat[end].isalpha():
                        end += 1
                hits.append(Hit(start, end, entries, by_kind))

    def _meaning(
        self, entries: list[Entry], tail: bool, lower: bool, upper: bool
    ) -> tuple[tuple[Entry, ...], dict[str, tuple[str, ...]]]:
        """What a surface can mean in the case in which the text prints it.

        `classes` joins offices and posts, `states` whatever states and bodies are named or served.
        """
        kept = tuple(entry for entry in entries if (entry.open_end or not tail) and cased(entry, lower, upper))
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


def _channel_kinds(entries: dict[str, list[Entry]], mechanisms: dict[str, dict[str, Any]]) -> dict[str, dict[str, str]]:
    """Names of channels with one state, the two states' names taken off; the longest first."""
    states: dict[str, list[str]] = defaultdict(list)
    for surface, meanings in entries.items():
        for entry in meanings:
            if entry.kind in ("country", "side"):
                states[entry.value].append(surface)
    told: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for surface, meanings in entries.items():
        for entry in meanings:
            partners = list(mechanisms[entry.value]["partners"] or ()) if entry.kind == "mechanism" else []
            if len(partners) == 1:
                pairs = (pair for name in states[partners[0]] for pair in (f"china-{name} ", f"{name}-china "))
                kind = next((surface.removeprefix(pair) for pair in pairs if surface.startswith(pair)), "")
                kind = kind.partition(" (")[0]
                if " " in kind:
                    told[partners[0]][kind].add(entry.value)
    return {
        state: {kind: min(ids) for kind, ids in sorted(kinds.items(), key=lambda item: -len(item[0])) if len(ids) == 1}
        for state, kinds in told.items()
    }


def _government_titles(posts: Iterable[Post]) -> dict[str, str]:
    """Words of titles of heads of government and their deputies that one state uses more than all others: Premier."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for post in posts:
        if post.office_class in ("head_of_government", "deputy_leader"):
            for word in fold(post.title).split():
                counts[word][post.country] += 1
    tops = {word: found.most_common(1)[0] for word, found in counts.items()}
    return {word: state for word, (state, count) in tops.items() if count > 1 and count * 2 > counts[word].total()}


def build(rows: dict[str, list[dict[str, Any]]]) -> Lexicon:
    """A lexicon from the rows of names, cues, people, posts, tenures and mechanisms."""
    held, tenures = _tenures(rows["tenures"])
    return Lexicon(
        entries=entries_of(rows["names"], rows["cues"]),
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
