"""Forms of words that rules look for, what each can mean, and where a text has them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

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


class Surface:
    """One form of words that is looked for."""

    __slots__ = ("closes", "entries", "full_name", "meanings", "opens")

    def __init__(self, text: str, entries: list[Entry]) -> None:
        self.entries = entries
        self.opens = text[0].isalnum()
        self.closes = text[-1].isalnum()
        """Whether it begins and ends with a letter or digit, so that another one there makes it a part of a word."""
        self.full_name = any(entry.kind == "person" and not entry.short for entry in entries)
        self.meanings: list[tuple[tuple[Entry, ...], dict[str, tuple[str, ...]]] | None] = [None] * 8
        """What it can mean in each way it can stand in a text; filled while reading."""


def fold(surface: str) -> str:
    """The form surfaces are compared in: lower case, plain quotes and spaces."""
    return surface.translate(_FOLD).lower()


_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


def entries_of(names: list[dict[str, Any]], cues: list[dict[str, Any]]) -> dict[str, list[Entry]]:
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


def _case_of(kind: str, surface: str) -> str:
    if surface.isupper() and sum(map(str.isalpha, surface)) <= _MAX_ACRONYM:
        return "exact"
    if kind in NAME_KINDS:
        return "capital" if surface[:1].isupper() else "any"
    return "lower" if kind == "modality" and " " not in surface else "any"


def _layer(kind: str) -> int:
    return next((number for number, kinds in enumerate(LAYERS) if kind in kinds), len(LAYERS))


def cased(entry: Entry, lower: bool, upper: bool) -> bool:
    if entry.case == "any":
        return True
    if entry.case == "capital":
        return not lower
    return lower if entry.case == "lower" else upper


def compiled(entries: dict[str, list[Entry]]) -> list[tuple[Any, list[Surface]]]:
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
            [Surface(text, found) for text, found in layer.items()],
        )
        for layer in layers
    ]
