"""Single records and small questions: `meeting(id)`, `who_held(post, on)`, `codebook(variable)`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from .. import edtf
from ..errors import UnknownNameError
from ..tenures import Spell, TenureIndex, outside_life, spell
from .engines import to_pandas
from .store import arrow_table, data_folder

if TYPE_CHECKING:
    import pandas as pd

    from ..models import Article, Meeting, Person


@dataclass(frozen=True)
class Holder:
    """One holder of a post."""

    person_id: str
    name: str
    acting: bool
    article_id: str
    """Page that shows the tenure."""


@dataclass(frozen=True)
class WhoHeld:
    """Answer of `who_held`."""

    answer: Literal["one", "several", "none", "unknown"]
    """one or several holders; none: vacant, not yet created or abolished; unknown: the tenures do not settle it."""
    holders: tuple[Holder, ...]
    """The holders; for unknown, those who may have held it."""


def meeting(meeting_id: str) -> Meeting:
    """One whole meeting record with its evidence, as a frozen pydantic model.

    Raises UnknownNameError (a ValueError) with the nearest ids.
    """
    return cast("Meeting", _record("meeting", meeting_id))


def article(article_id: str) -> Article:
    """One article record, as a frozen pydantic model. Raises UnknownNameError with the nearest ids."""
    return cast("Article", _record("article", article_id))


def person(person_id: str) -> Person:
    """One person with names and tenures, as a frozen pydantic model. Raises UnknownNameError with the nearest ids."""
    return cast("Person", _record("person", person_id))


def _record(kind: str, record_id: str) -> Any:
    from ..models import RECORD_KINDS

    records = _records(kind, data_folder())
    if record_id not in records:
        raise UnknownNameError(kind, record_id, records)
    return RECORD_KINDS[kind].model_validate_json(records[record_id], strict=True)


@lru_cache(maxsize=16)
def _records(kind: str, folder: Path) -> dict[str, str]:
    import pyarrow.compute as pc

    table = arrow_table("records", folder)
    table = table.filter(pc.equal(table["kind"], kind))
    return dict(zip(table["id"].to_pylist(), table["record"].to_pylist(), strict=True))


def who_held(post: str, on: str | date) -> WhoHeld:
    """Who held a post on a date.

    Args:
        post: post id, as "chn-minister-of-national-defense".
        on: a date or an EDTF string; for a month or year, everyone proven to have held it at some time in it.

    Returns:
        WhoHeld: `one`, `several`, `none` (vacant, not yet created, abolished) or `unknown`, with the holders.

    Raises:
        UnknownNameError: for a post that is not in the table.
        FormatError: for a date outside the EDTF subset.
    """
    folder = data_folder()
    posts = set(arrow_table("posts", folder)["post_id"].to_pylist())
    if post not in posts:
        raise UnknownNameError("post", post, posts)
    if isinstance(on, date):
        first = last = date(on.year, on.month, on.day)
    else:
        when = edtf.parse(on)
        if when.start is None or when.end is None:
            raise ValueError(f"{on!r} is open; give a date or a closed interval")
        first, last = when.start, when.end
    index, names = _tenures(folder)
    holding = index.who_held(post, first, last)
    holders = tuple(Holder(item.person, names[item.person], item.acting, item.source) for item in holding.holders)
    return WhoHeld(holding.answer, holders)


@lru_cache(maxsize=4)
def _tenures(folder: Path) -> tuple[TenureIndex, dict[str, str]]:
    people = arrow_table("people", folder)
    names = dict(zip(people["person_id"].to_pylist(), people["name"].to_pylist(), strict=True))
    spells = map(spell_of, arrow_table("tenures", folder).to_pylist())
    vacancies = []
    for row in arrow_table("posts", folder).to_pylist():
        vacancies += outside_life(row["post_id"], row["established"], row["abolished"])
        for text in row["vacancies"]:
            when = edtf.parse(text)
            vacancies.append((row["post_id"], when.start or date.min, when.end or date.max))
    return TenureIndex(spells, vacancies), names


def spell_of(row: dict[str, Any]) -> Spell:
    """The spell of one row of the tenures table."""
    return spell(
        row["person_id"], row["post_id"], start=row["start_edtf"], end=row["end_edtf"], first_seen=row["first_seen"],
        last_seen=row["last_seen"], acting=row["acting"], source=row["article_id"],
    )  # fmt: skip


def codebook(variable: str | None = None) -> pd.DataFrame:
    """The codebook: one row per table and column, or only those of one variable.

    Args:
        variable: a column ("status"), a table and column ("meetings.status"), a table ("meetings"), or None for all.

    Returns:
        Data frame with table, column, type, nullable, description, vocabulary, references, is_key, n_filled,
        n_rows, codes and counts (lists), coding_rule, missing_rule, example, since, removed_in, renamed_to.
        The codes of a vocabulary and their meanings are in `load("vocabulary", vocabulary=...)`.

    Raises:
        UnknownNameError: with the nearest names.
    """
    frame = to_pandas(arrow_table("codebook", data_folder()))
    frame = frame.sort_values(["table", "seq"], kind="stable").reset_index(drop=True)
    if variable is None:
        return frame
    table, dot, column = variable.partition(".")
    if dot:
        chosen = frame[(frame["table"] == table) & (frame["column"] == column)]
    else:
        chosen = frame[(frame["column"] == variable) | (frame["table"] == variable)]
    if chosen.empty:
        raise UnknownNameError(
            "variable", variable, {*frame["column"], *frame["table"], *(frame["table"] + "." + frame["column"])}
        )
    return chosen.reset_index(drop=True)
