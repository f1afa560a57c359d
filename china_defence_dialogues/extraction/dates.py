"""Where date expressions stand: one grammar.

It keeps to what `re`, RE2 and Hyperscan share: no look-around, no back-reference, bounded repeats, ASCII word boundaries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from .date_values import DateHit

_MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)[0-9]{2}"
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_JOIN = r" {0,2}(?:-|–|—|to|and|through|until|, ?) {0,2}"

RULES: dict[str, str] = {
    "iso": rf"\b{_YEAR}-[0-1][0-9]-[0-3][0-9]\b",
    "month_day": rf"\b(?:{_WEEKDAY},? )?{_MONTH} {{1,2}}{_DAY}(?:{_JOIN}(?:{_MONTH} {{1,2}})?{_DAY})?\b(?:,? {{1,6}}(?:{_YEAR}|of (?:this|last) year|last year|this year)\b)?",
    "day_month": rf"\b{_DAY}(?:{_JOIN}{_DAY})?(?: of)? {_MONTH}\b(?:,? {_YEAR}\b)?",
    "month": rf"\b(?:(?:[Ee]arly|[Mm]id|[Ll]ate|[Ll]ast|[Nn]ext|[Tt]his|[Tt]his past|[Ii]n|[Ss]ince|[Bb]y|[Dd]uring|[Uu]ntil|[Oo]f|[Ff]rom|[Bb]ack in|[Pp]revious) {{1,2}}|[Mm]id-){{1,2}}{_MONTH}\b(?:,? (?:of )?(?:{_YEAR}|last year|this year|that year)\b)?",
    "month_year": rf"\b{_MONTH},? (?:of )?(?:{_YEAR}|last year|this year)\b",
    "weekday": rf"\b(?:(?:last|next|this|this coming|this past) )?{_WEEKDAY}\b",
    "deictic": r"\b(?:[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow|[Tt]his (?:morning|afternoon|evening)|[Ll]ast night)\b",
    "unit": r"\b(?:(?:[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly|the end of|the beginning of|[Ii]n) ){0,2}(?:[Ll]ast|[Tt]his|[Nn]ext|[Tt]his past|[Tt]he past|[Tt]his coming) (?:week|weekend|month|year|spring|summer|autumn|fall|winter)\b",
    "season": r"\bin the (?:spring|summer|autumn|fall)\b(?: of (?:19|20)[0-9]{2}\b)?",
    "ago": r"\b(?:[0-9]{1,2}|a|an|one|two|three|four|five|six) (?:day|week|month|year)s? ago\b",
    "year": rf"\b(?:in|since|during|of|for|until|by|from|the|In|Since|During) {_YEAR}\b",
}
"""The grammar: one pattern per rule; where two match, the longer from the left wins, then the earlier rule."""

_COMPILED = [(name, re.compile(pattern)) for name, pattern in RULES.items()]
_BEGINNINGS = (
    ("month", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
    ("weekday", "Mon Tue Wed Thu Fri Sat Sun"),
)
_WORDS = (
    ("day", "today Today tonight Tonight tomorrow Tomorrow yesterday Yesterday"),
    ("relative", "last Last this This next Next past"),
    ("ago", "ago"),
    ("season", "spring summer autumn fall"),
)
_KINDS = {
    "month": (44, 60, {"month_day", "day_month", "month", "month_year"}),
    "weekday": (16, 12, {"weekday"}),
    "day": (4, 4, {"deictic"}),
    "relative": (44, 24, {"unit", "deictic"}),
    "ago": (20, 4, {"ago"}),
    "season": (12, 12, {"season"}),
    "year": (12, 12, {"iso", "year"}),
}
"""Kind of anchor → how far before and after it a match can reach, and the rules that cannot match without one."""
Window = tuple[int, int, set[str]]
"""A stretch of text, and the rules that may match in it."""
scanner: Callable[[str, int, int], Iterable[Window]] | None = None
"""What finds the stretches in place of the words around which rules match; `fast.switch_on` sets it."""


def find(flat: str, start: int = 0, end: int | None = None) -> list[DateHit]:
    """Date expressions in `flat[start:end]`, none overlapping."""
    end = len(flat) if end is None else end
    found = sorted(
        {
            (match.start(), -match.end(), rank, name)
            for left, right, rules in (scanner or _windows)(flat, start, end)
            for rank, (name, pattern) in enumerate(_COMPILED)
            if name in rules
            for match in pattern.finditer(flat, left, right)
        }
    )
    hits: list[DateHit] = []
    reached = start
    for left, minus_right, _, name in found:
        if left >= reached:
            hits.append(DateHit(left, -minus_right, name, flat[left:-minus_right]))
            reached = -minus_right
    return hits


def _anchors(flat: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Words without one of which no rule matches: where they stand, and of what kind they are."""
    matcher, kinds = _anchor_matcher()
    for index, left, right in matcher.find_matches_as_indexes(flat[start:end] if start or end < len(flat) else flat):
        left, right, kind = left + start, right + start, kinds[index]
        if kind == "year":
            if flat[right : right + 2].isdecimal() and right + 2 <= end:
                yield left, right + 2, kind
        elif (left == start or not _is_word(flat[left - 1])) and (
            kind in ("month", "weekday") or right == end or not _is_word(flat[right])
        ):
            yield left, right, kind


@lru_cache(maxsize=1)
def _anchor_matcher() -> tuple[Any, list[str]]:
    from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

    kinds = {word: kind for kind, words in (*_BEGINNINGS, *_WORDS) for word in words.split()}
    kinds |= {"19": "year", "20": "year"}
    matcher = AhoCorasick(list(kinds), matchkind=MatchKind.LeftmostFirst, implementation=Implementation.DFA)
    return matcher, list(kinds.values())


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _windows(flat: str, start: int, end: int) -> Iterator[Window]:
    """Stretches around the words every rule needs, cut at spaces, with the rules that may match there."""
    left = right = -1
    rules: set[str] = set()
    for found, after, kind in _anchors(flat, start, end):
        reach_back, reach_on, needing = _KINDS[kind]
        low, high = max(start, found - reach_back), min(end, after + reach_on)
        if low > right:
            if right >= 0:
                yield *_spaced(flat, left, right, start, end), rules
            left, rules = low, set()
        left, right = min(left, low), max(right, high)
        rules |= needing
    if right >= 0:
        yield *_spaced(flat, left, right, start, end), rules


def _spaced(flat: str, left: int, right: int, start: int, end: int) -> tuple[int, int]:
    while left > start and (flat[left - 1].isalnum() or flat[left - 1] == "-"):
        left -= 1
    while right < end and (flat[right].isalnum() or flat[right] == "-"):
        right += 1
    return left, right
