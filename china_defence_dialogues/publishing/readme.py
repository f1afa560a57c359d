"""The generated blocks of README.md and of pages in docs/: headline, example output, limits. All figures come from the built data."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import CDDError
from ..loading.api import data_version, load, load_from
from ..loading.store import data_folder
from .doc_blocks import reliability_table
from .generated import refresh_file
from .quality import agreement_line, audit_summary

if TYPE_CHECKING:
    import pandas as pd

_BLOCK = re.compile(r"(<!-- generated: (?P<name>[a-z]+) -->\n)(?P<body>.*?)(<!-- end -->)", re.S)
_CODE = re.compile(r"```python\n(?P<code>.*?)```", re.S)


def refresh_readme(path: Path, *, check: bool) -> int:
    """Bring every generated block up to date. Returns 1 where `check` found a stale one, else 0."""
    text = path.read_text(encoding="utf-8")

    def fresh(match: re.Match[str]) -> str:
        name = match.group("name")
        if name not in _MAKERS:
            raise CDDError(f"{path}: no generated block is called {name!r}; there are {', '.join(_MAKERS)}")
        return f"{match.group(1)}{_MAKERS[name](match.group('body'))}{match.group(4)}"

    return refresh_file(path, _BLOCK.sub(fresh, text), check=check)


def headline(_: str = "") -> str:
    """Counts: contacts first, then non-contacts, core and context apart."""
    meetings = load("meetings", scope="all")
    aggregates = meetings[(meetings["scope"] == "core") & meetings["aggregate"]]
    core = meetings[(meetings["scope"] == "core") & ~meetings["aggregate"]]
    contacts = core[core["is_contact"]]
    others = core[~core["is_contact"]]
    partners = {partner for row in core["partners"] for partner in row}
    suspensions = load("suspensions")["suspension_id"].nunique()
    years = contacts["start_date"].dt.year
    return (
        f"**Version {data_version()}: {len(contacts):,} contacts and {len(others):,} attempts that came to nothing or are still open**, "
        f"with {len(partners)} partners, {years.min()}–{years.max()}; {suspensions} suspension spells, "
        f"{len(load('mechanisms')):,} mechanisms with {len(load('rounds')):,} dated rounds, {len(load('tenures')):,} dated tenures of "
        f"{len(load('people')):,} officials. Beside these core records stand {int((meetings['scope'] == 'context').sum()):,} context records "
        f"(leaders and foreign ministers) and {len(aggregates):,} aggregates of undated repeated attempts, which no count includes.\n"
    )


def limits(_: str = "", *, folder: Path | None = None) -> str:
    """Shares that a user must know before relying on the data, installed or in a folder of built tables."""
    core, articles, participants, evidence, topics = (
        load_from(folder or data_folder(), name)
        for name in ("meetings", "articles", "participants", "evidence", "topics")
    )
    basis = dict(zip(articles["article_id"], articles["basis"], strict=True))
    excerpt_only = (
        evidence.assign(basis=evidence["article_id"].map(basis))
        .groupby("meeting_id")["basis"]
        .agg(lambda cells: (cells == "excerpt").all())
    )
    named = participants[participants["name_as_reported"].notna() | participants["person_id"].notna()]
    with_topics = core["meeting_id"].isin(set(topics["meeting_id"]))
    lines = [
        f"- {_share(~core['two_sided'])} of the core records rest on one side's account or on third parties alone; {_share(core['two_sided'])} carry both sides' accounts.",
        f"- {_share(core['n_publishers'] >= 2)} rest on two or more original publishers.",
        f"- {_share(excerpt_only)} rest on excerpts of pages alone; the rest on at least one whole text.",
        f"- {_share(core['date_precision'] == 'day')} are dated to the day, {_share(core['date_precision'].isin(['month', 'year', 'within']))} more coarsely.",
        f"- {_share(with_topics)} have at least one topic; {_share(named['person_id'].notna())} of the named participants are resolved to a person.",
        f"- {_share(core['coder_kind'] == 'language_model')} were coded with language-model assistance, {_share(core['coder_kind'] == 'person')} by a person alone; "
        f"{_share(articles['seen_as'] == 'stored_copy')} of the pages were read as stored copies.",
    ]
    lines.append(f"- {_methods(load_from(folder or data_folder(), 'meetings', scope='all')['coding_method'])}")
    lines += [f"- {line}" for line in (*audit_summary(folder), agreement_line(folder))]
    return "\n".join(lines) + "\n"


def _methods(cells: pd.Series) -> str:
    counts = cells.value_counts()
    return (
        f"Of all records, {counts.get('curated', 0):,} were curated from pages, {counts.get('extracted', 0):,} proposed by the extractor's rules "
        f"and then reviewed, {counts.get('both', 0):,} made both ways; how far the two agree stands in docs/extraction.md."
    )


def _share(cells: pd.Series) -> str:
    return f"{cells.mean():.0%}" if len(cells) else "none"


def example(body: str) -> str:
    """The block's own Python code, run, with what it prints."""
    match = _CODE.search(body)
    if match is None:
        raise CDDError("the generated block 'example' has no Python code")
    code = match.group("code")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})
    output = "\n".join(line.rstrip() for line in printed.getvalue().splitlines())
    return f"```python\n{code}```\n\n```text\n{output}\n```\n"


_MAKERS: dict[str, Callable[[str], str]] = {
    "headline": headline,
    "limits": limits,
    "example": example,
    "reliability": reliability_table,
}
