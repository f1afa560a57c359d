"""A text made ready for rules, character for character: spans found in it hold in the original.

Quotes, spaces and hard line breaks are levelled, mark-up is blanked, and nothing changes its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ..errors import ExtractionError

MAX_CHARACTERS = 30_000_000
_LEVEL = {
    "’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " ", "\t": " ", "\r": " ", "\x00": " ",
    "\u2028": "\n", "\u2029": "\n", "\u2011": "-", "\u2010": "-",
}  # fmt: skip
_MARKUP = re.compile(r"<[a-zA-Z/!][^<>\n]{0,400}>|https?://[^\s)\"<>]{1,400}")
_WRAP = re.compile(r"\n(?<=[^\n]\n)(?=[^\n])")
"""A hard line break; it opens with the literal, which `re` finds fastest."""
_TURN = re.compile(
    r"\n[ ]*(?:(?=[^\n:]{0,140}:)(?P<name>[A-Z][A-Za-z.\- ']{0,40}?|\\?\[[^\]\n]{1,40}\\?\])[ ]?(?:\([^)\n]{0,40}\))?:(?=\s)|(?P<q>Q)(?=[ ]{1,6}\S))"
)
_FIRST_TURN = re.compile(_TURN.pattern.removeprefix(r"\n"))
_ASKS = re.compile(
    r"(?i)^(q|question|journalist|reporter|moderator|operator|audience member|congressperson|interviewer|aide)$"
)
_HEADER = re.compile(r"[a-z_\-]{2,30}: .{0,2000}")
_DATE_KEY = re.compile(r"(?m)^(?:date|published|published_time): *['\"]?(\d{4}-\d{2}-\d{2})")
_LEADING = re.compile(r"\s*(?:date:? )?(\d{4}-\d{2}-\d{2})\b")
_SLASHED = re.compile(r"(?m)^(\d{1,2})/(\d{1,2})/(\d{4})\s*$")
_LINE_DATE = re.compile(
    r"(?m)^(?:(?:January|February|March|April|May|June|July|August|September|October|November|December) (\d{1,2}), (\d{4})"
    r"|(\d{1,2}) (?:January|February|March|April|May|June|July|August|September|October|November|December) (\d{4}))\s*$"
)
_URL_DATE = re.compile(r"/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})/")
_TITLE = re.compile(r'(?m)^title: *"?(.*(?:(?<=\\)\n.*|\n\\ .*)*)')
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(slots=True)
class Turn:
    """A stretch of text by one voice."""

    start: int
    end: int
    speaker: str | None
    """Name before the colon; None for running text."""
    asks: bool
    """A question, or the chair of a press conference: no source of events."""


@dataclass(slots=True)
class Document:
    """A text with its parts."""

    text: str
    flat: str
    """The levelled text, of the same length."""
    low: str
    """`flat` in lower case, of the same length."""
    body: int
    """Where the header ends."""
    title: str
    """Title of the front matter; empty when there is none."""
    turns: tuple[Turn, ...]
    published: date | None
    anchor: str
    """Where the publication date comes from: given, header, line, address, or none."""


def prepare(text: str, published: date | None) -> Document:
    """Level a text and find its header, date and turns."""
    if len(text) > MAX_CHARACTERS:
        raise ExtractionError(f"a text of {len(text):,} characters is too long (limit {MAX_CHARACTERS:,}); split it")
    flat = _levelled(text)
    if "<" in flat or "://" in flat:
        flat = _MARKUP.sub(_blank, flat)
    body = _header_end(flat)
    head = text[:body]
    anchor = "given"
    if published is None:
        published, anchor = _own_date(text, head, body)
    title = _front_title(head)
    turns = tuple(_turns(flat, body))
    flat = flat[:body] + _WRAP.sub(" ", flat[body:])
    return Document(text, flat, lower(flat), body, title, turns, published, anchor)


def _levelled(text: str) -> str:
    """One replacement a character: many times as fast as `str.translate` outside ASCII."""
    for character, level in _LEVEL.items():
        text = text.replace(character, level)
    return text


def lower(flat: str) -> str:
    """Lower case of the same length: the few characters that would grow are kept."""
    low = flat.lower()
    if len(low) != len(flat):
        low = "".join(part if len(part := character.lower()) == 1 else character for character in flat)
    return low


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _header_end(flat: str) -> int:
    """End of YAML front matter, or of a run of `key: value` lines; 0 where there is neither."""
    start = len(flat) - len(flat.lstrip())
    if flat.startswith("---\n", start):
        end = flat.find("\n---", start + 3, start + 20_000)
        return end + 4 if end >= 0 else 0
    position = start
    while True:
        end = flat.find("\n", position)
        line = flat[position : end if end >= 0 else len(flat)]
        if not _HEADER.fullmatch(line) or end < 0:
            return position if position > start else 0
        position = end + 1
        if flat.startswith("\\ ", position):
            position = flat.find("\n", position) + 1 or len(flat)


def _own_date(text: str, head: str, body: int) -> tuple[date | None, str]:
    for found in (_DATE_KEY.search(head), _LEADING.match(text[body : body + 200])):
        if found and (day := _day(*map(int, found[1].split("-")))):
            return day, "header"
    opening = text[body : body + 1500]
    if (found := _SLASHED.search(opening)) and (day := _day(int(found[3]), int(found[2]), int(found[1]))):
        return day, "line"
    if found := _LINE_DATE.search(opening):
        month = next(index for index, name in enumerate(_MONTHS, 1) if name in found[0].lower())
        if day := _day(int(found[2] or found[4]), month, int(found[1] or found[3])):
            return day, "line"
    if (found := _URL_DATE.search(text[: body + 1500])) and (day := _day(int(found[1]), int(found[2]), int(found[3]))):
        return day, "address"
    return None, "none"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _front_title(head: str) -> str:
    found = _TITLE.search(head)
    if not found:
        return ""
    joined = re.sub(r"\\\n\\ ", " ", found[1])
    joined = re.sub(r"\\\n", "", joined).replace("\n", " ").replace("\\_", " ")
    joined = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda match: chr(int(match[1], 16)), joined)
    return _levelled(joined.strip().strip("\"'"))


def _turns(flat: str, body: int) -> list[Turn]:
    """Voices of an interview or press conference; one turn for running text."""
    first = _FIRST_TURN.match(flat) if body == 0 else None
    found = [*([first] if first else []), *_TURN.finditer(flat, first.end() if first else body)]
    marks = [match for match in found if _is_voice(match)]
    if len(marks) < 2:
        return [Turn(body, len(flat), None, False)]
    turns = [Turn(body, marks[0].start(), None, False)]
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(flat)
        name = (mark["q"] or mark["name"] or "").strip(" \\[]")
        turns.append(Turn(mark.end(), end, name, bool(_ASKS.match(name))))
    return turns


def _is_voice(match: re.Match[str]) -> bool:
    name = match["name"]
    if name is None or name.startswith(("[", "\\")):
        return True
    return name.isupper() or bool(_ASKS.match(name)) or len(name.split()) == 2
