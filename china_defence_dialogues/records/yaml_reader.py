"""Strict YAML: the part of YAML 1.2 that a record needs, read with line numbers.

Ordinary loaders turn `NO` into False and `12:30` into 750, let a later key overwrite an earlier one and
can be crashed by nesting. Here scalars follow the YAML 1.2 core schema, and duplicate keys, anchors,
aliases, tags and comments are errors. Size and depth are checked before the parser sees the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from ..errors import CDDError, FormatError

try:
    from yaml import CBaseLoader
except ImportError as error:  # pragma: no cover - every PyYAML wheel carries libyaml
    raise CDDError("PyYAML was built without libyaml; install a PyYAML wheel") from error

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
HINT = "#:"
"""Comment lines that begin so are a template's hints; `cdd fmt` takes them out."""

Location = tuple[str | int, ...]
_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_BLOCK_RUN = re.compile(rf"(?:[-?:][ \t]+){{{MAX_DEPTH + 1}}}")


@dataclass(frozen=True)
class YamlProblem:
    """One thing wrong with a YAML text; line and column count from 1."""

    code: str
    line: int
    col: int
    what: str
    mend: str


class YamlError(FormatError):
    """A YAML text that is refused; `problems` lists why."""

    def __init__(self, problems: list[YamlProblem]) -> None:
        self.problems = problems
        first = problems[0]
        super().__init__(f"{first.line}:{first.col}: {first.code} {first.what}; {first.mend}")


def decode(raw: bytes) -> str:
    """Bytes of a seed file as text; refuses what is too large or not UTF-8."""
    if len(raw) > MAX_BYTES:
        raise YamlError(
            [YamlProblem("Y005", 1, 1, f"the file has {len(raw):,} bytes (at most {MAX_BYTES:,})", "split the record")]
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        col = error.start - raw.rfind(b"\n", 0, error.start)
        raise YamlError(
            [YamlProblem("Y007", line, col, "the file is not UTF-8", "save it as UTF-8 without a byte-order mark")]
        ) from None


def read(text: str) -> Any:
    """The value that a YAML text stands for.

    Raises YamlError with every duplicate key and comment, or with the first fault of form.
    """
    _refuse_depth(text)
    problems = _comments(text) if "#" in text else []
    value = _compose(text, problems, None)
    if problems:
        raise YamlError(sorted(problems, key=lambda problem: (problem.line, problem.col)))
    return value


def positions(text: str) -> dict[Location, tuple[int, int]]:
    """Line and column (from 1) of every key and list item of a text that `read` accepts."""
    found: dict[Location, tuple[int, int]] = {}
    _compose(text, [], found)
    return found


def _refuse_depth(text: str) -> None:
    depth = 0
    for match in re.finditer(r"[\[\]{}]", text):
        depth = depth + 1 if match.group() in "[{" else max(depth - 1, 0)
        if depth > MAX_DEPTH:
            raise YamlError(
                [
                    _problem(
                        "Y006",
                        text,
                        match.start(),
                        f"nested more than {MAX_DEPTH} levels deep",
                        "flatten it; no record nests so deep",
                    )
                ]
            )
    run = _BLOCK_RUN.search(text)
    if run:
        raise YamlError(
            [
                _problem(
                    "Y006",
                    text,
                    run.start(),
                    f"nested more than {MAX_DEPTH} levels deep",
                    "flatten it; no record nests so deep",
                )
            ]
        )


def _comments(text: str) -> list[YamlProblem]:
    """Comments, which a rewrite would lose: a `#` outside every token."""
    problems: list[YamlProblem] = []
    reached = 0
    try:
        tokens: list[Any] = list(yaml.scan(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError:
        return []  # the composer reports it
    for token in tokens:
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            header = text[token.start_mark.index : text.find("\n", token.start_mark.index)]
            if "#" in header:
                at = token.start_mark.index + header.index("#")
                problems.append(
                    _problem(
                        "Y004", text, at, "a comment, which rewriting would lose", "put it in `notes` or take it out"
                    )
                )
    for start, end in [*((token.start_mark.index, token.end_mark.index) for token in tokens), (len(text), len(text))]:
        gap = text[reached:start]
        for match in re.finditer(r"#[^\n]*", gap):
            if not match.group().startswith(HINT):
                problems.append(
                    _problem(
                        "Y004",
                        text,
                        reached + match.start(),
                        "a comment, which rewriting would lose",
                        "put it in `notes` or take it out",
                    )
                )
        reached = max(reached, end)
    return problems


def _problem(code: str, text: str, index: int, what: str, mend: str) -> YamlProblem:
    return YamlProblem(code, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index), what, mend)


def _compose(text: str, problems: list[YamlProblem], found: dict[Location, tuple[int, int]] | None) -> Any:
    """Build the value from parser events with a stack of our own, so that no depth can overrun Python's."""
    result: Any = None
    documents = 0
    stack: list[_Frame] = []
    try:
        event: Any
        for event in yaml.parse(text, Loader=CBaseLoader):
            kind = type(event)
            if kind is yaml.ScalarEvent or kind is yaml.SequenceStartEvent or kind is yaml.MappingStartEvent:
                if event.anchor is not None or event.tag is not None:
                    raise YamlError(
                        [_at("Y003", event, "anchors and tags are not allowed", "write the value out in full")]
                    )
                if kind is yaml.ScalarEvent:
                    plain = event.style is None or event.style == ""
                    value: Any = _scalar(event.value) if plain else event.value
                else:
                    value = [] if kind is yaml.SequenceStartEvent else {}
                if stack:
                    stack[-1].add(value, event, problems, found)
                else:
                    result = value
                if kind is not yaml.ScalarEvent:
                    if len(stack) >= MAX_DEPTH:
                        raise YamlError(
                            [
                                _at(
                                    "Y006",
                                    event,
                                    f"nested more than {MAX_DEPTH} levels deep",
                                    "flatten it; no record nests so deep",
                                )
                            ]
                        )
                    stack.append(_Frame(value, (*stack[-1].here, stack[-1].last) if stack else ()))
            elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
                stack.pop()
            elif kind is yaml.AliasEvent:
                raise YamlError([_at("Y003", event, "aliases are not allowed", "write the value out in full")])
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise YamlError([_at("Y008", event, "a second document in one file", "one record per file")])
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        line, col = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise YamlError(
            [
                YamlProblem(
                    "Y001",
                    line,
                    col,
                    f"malformed YAML: {error.problem or error.context}",
                    "correct the indentation or quote the value",
                )
            ]
        ) from None
    except yaml.YAMLError as error:
        raise YamlError(
            [
                YamlProblem(
                    "Y001",
                    1,
                    1,
                    f"malformed YAML: {str(error).splitlines()[0]}",
                    "remove characters that YAML does not allow",
                )
            ]
        ) from None
    return result


class _Frame:
    """A mapping or list being filled."""

    __slots__ = ("container", "here", "key", "last")

    def __init__(self, container: Any, here: tuple[Any, ...]) -> None:
        self.container = container
        self.here = here
        self.key: Any = _NO_KEY
        self.last: Any = None

    def add(
        self, value: Any, event: Any, problems: list[YamlProblem], found: dict[Location, tuple[int, int]] | None
    ) -> None:
        if isinstance(self.container, list):
            self.last = len(self.container)
            self.container.append(value)
            if found is not None:
                found[(*self.here, self.last)] = (event.start_mark.line + 1, event.start_mark.column + 1)
        elif self.key is _NO_KEY:
            scalar = isinstance(event, yaml.ScalarEvent)
            if not scalar:
                raise YamlError([_at("Y009", event, "a key that is a list or mapping", "use a plain word as key")])
            self.key = self.last = event.value
            if event.value in self.container:
                problems.append(_at("Y002", event, f"key {event.value!r} stands twice", "keep one of the two"))
            if found is not None:
                found[(*self.here, self.key)] = (event.start_mark.line + 1, event.start_mark.column + 1)
        else:
            self.container[self.key] = value
            self.last, self.key = self.key, _NO_KEY


_NO_KEY = object()


def _at(code: str, event: Any, what: str, mend: str) -> YamlProblem:
    return YamlProblem(code, event.start_mark.line + 1, event.start_mark.column + 1, what, mend)


def _scalar(text: str) -> Any:
    first = text[:1]
    if first and (first.isdigit() or first in "+-."):
        if _INT.fullmatch(text):
            return int(text) if len(text) < 20 else text
        if _FLOAT.fullmatch(text):
            return float(text)
        return text
    if text in _NULLS:
        return None
    return _BOOLS.get(text, text)
