"""Sentences and their clauses, as spans of the levelled text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .patterns import one_of
from .text import Document, Turn

_END = re.compile(r"[.?!\n;](?:(?<=[.?!])[\"')\]]{0,2}(?=\s|$)|(?<=\n)\s*\n|(?<=;)\s)")
"""It opens with the class of characters that end a sentence, which `re` finds fastest."""
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Adm|Capt|Maj|Sen|Sens|Rep|Gov|St|Jr|Sr|No|vs|Hon|Rt|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)"
    r"|\b[A-Z]|\b[A-Z]\.[A-Z]|\bU\.S|\bD\.C|\bU\.N|\bU\.K|\be\.g|\bi\.e)$"
)
_CONNECTIVES = one_of(
    "but|which|who|where|when|while|although|as|after|before|following|building on|in which|then|with|adding|saying|including"
)
_CONJUNCTIONS = one_of("but|which|where|when|while|although|after|before|following|because|if|whether|since")
BOUNDARY = re.compile(one_of(rf"; | - | – | — |--|, {_CONNECTIVES}\b| {_CONJUNCTIONS}(?= )"))
MAX_SENTENCE = 1500
"""Longer stretches are cut: lists of names and text without stops."""


@dataclass(slots=True)
class Sentence:
    start: int
    end: int
    turn: Turn
    index: int
    paragraph: int
    question: bool

    def clauses(self, flat: str) -> list[tuple[int, int]]:
        cuts = [self.start]
        for match in BOUNDARY.finditer(flat, self.start, self.end):
            if match.start() > cuts[-1]:
                cuts.append(match.start())
        return list(zip(cuts, [*cuts[1:], self.end], strict=True))


def sentences(document: Document) -> Iterator[Sentence]:
    """Sentences in order."""
    flat = document.flat
    index = paragraph = 0
    for turn in document.turns:
        start = turn.start
        for match in _END.finditer(flat, turn.start, turn.end):
            mark = match[0]
            if mark[0] == "." and (
                _ABBREVIATION.search(flat, max(start, match.start() - 6), match.start())
                and not _opens_sentence(flat, match)
            ):
                continue
            for left, right in _pieces(flat, start, match.end() if mark[0] not in "\n;" else match.start()):
                yield Sentence(left, right, turn, index, paragraph, mark[0] == "?")
                index += 1
            start = match.end()
            if mark[0] == "\n":
                paragraph += 1
        for left, right in _pieces(flat, start, turn.end):
            yield Sentence(left, right, turn, index, paragraph, False)
            index += 1
        paragraph += 1


def _opens_sentence(flat: str, match: re.Match[str]) -> bool:
    """After `U.S.` or `D.C.` only two spaces or a new line start a sentence; names and months never do."""
    return flat[match.start() - 3 : match.start()].count(".") > 0 and flat[match.end() : match.end() + 2] in (
        "  ",
        "\n\n",
    )


def _pieces(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and flat[start].isspace():
        start += 1
    while end > start and flat[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE:
        cut = flat.rfind(" ", start, start + MAX_SENTENCE)
        cut = cut if cut > start else start + MAX_SENTENCE
        yield start, cut
        start = cut
    if end > start:
        yield start, end
