"""Filters of the loaders: which a table can take, and the rows they select.

A filter selects by a column of the table itself where there is one (`topic` on `topics`, `person` on
`participants`); tables keyed by meeting otherwise select by their meeting (`partner` on `topics`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from operator import index
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from .. import edtf
from ..errors import FormatError, UnknownNameError
from ..vocab import CLOSED_LISTS
from .store import arrow_table

if TYPE_CHECKING:
    import pyarrow as pa

DateMatch = Literal["overlap", "within"]

ALIASES = {
    "partner": ("partners", "partner"),
    "mechanism": ("mechanism_id",),
    "occasion": ("occasion_id",),
    "person": ("person_id",),
    "post": ("post_id",),
    "topic": ("topic", "topics"),
    "meeting": ("meeting_id",),
    "article": ("article_id",),
}
"""Filter name → columns it may stand for, first match first."""

MEETING_FILTERS = (
    "scope",
    "status",
    "partner",
    "mode",
    "setting",
    "domain",
    "level",
    "mechanism",
    "occasion",
    "forum",
    "person",
    "topic",
)
"""Filters that every table keyed by meeting takes."""

_DATE_COLUMNS = (("start_date", "end_date"), ("started", "ended"), ("published", "published"))
_ID_TABLES = {
    "meeting_id": "meetings",
    "person_id": "people",
    "post_id": "posts",
    "mechanism_id": "mechanisms",
    "occasion_id": "occasions",
    "article_id": "articles",
}


def column_for(name: str, columns: Sequence[str]) -> str | None:
    """The column of a table that a filter selects by, if any."""
    return next((column for column in ALIASES.get(name, (name,)) if column in columns), None)


def date_columns(columns: Sequence[str]) -> tuple[str, str] | None:
    return next((pair for pair in _DATE_COLUMNS if pair[0] in columns), None)


def is_keyed_by_meeting(columns: Sequence[str]) -> bool:
    return "meeting_id" in columns


def takes(columns: Sequence[str]) -> list[str]:
    """Names of all filters that a table with these columns takes, dates first."""
    names = ["since", "until", "date_match"] if date_columns(columns) or is_keyed_by_meeting(columns) else []
    if is_keyed_by_meeting(columns):
        names += MEETING_FILTERS
    own = {column for alias in ALIASES for column in [column_for(alias, columns)] if column}
    names += [alias for alias in ALIASES if column_for(alias, columns) and alias not in names]
    dates = {
        column
        for column in columns
        if column.endswith(("_date", "_start", "_end")) or column in ("started", "ended", "published")
    }
    names += [column for column in columns if column not in own | dates and column not in names]
    return names


def select(name: str, table: pa.Table, filters: dict[str, Any], folder: Path) -> pa.Table:
    """Rows of a table that pass every filter."""
    import pyarrow.compute as pc

    valid = takes(table.column_names)
    for key in filters:
        if key not in valid:
            near = get_close_matches(key, valid, n=1)
            offer = f"did you mean {near[0]}?" if near else f"it takes {', '.join(valid)}"
            raise TypeError(f"table {name!r} takes no filter {key!r}; {offer}")
    filters = {key: value for key, value in filters.items() if value is not None}
    match = filters.pop("date_match", "overlap")
    if match not in ("overlap", "within"):
        raise UnknownNameError("date_match", match, ["overlap", "within"])
    since, until = filters.pop("since", None), filters.pop("until", None)
    by_meeting: dict[str, Any] = {}
    mask = None
    for key, wanted in filters.items():
        column = column_for(key, table.column_names)
        if column is None or (key == "scope" and wanted == "all"):
            by_meeting[key] = wanted
        else:
            mask = _and(mask, _equal(table, column, _values(key, column, wanted, table, folder)))
    if since is not None or until is not None:
        pair = date_columns(table.column_names)
        if pair:
            mask = _and(mask, _dates(table, pair, since, until, match))
        else:
            by_meeting |= {"since": since, "until": until, "date_match": match}
    if by_meeting:
        mask = _and(mask, _through_meetings(name, table, by_meeting, folder))
    return table if mask is None else table.filter(pc.fill_null(mask, False))


def _and(left: Any, right: Any) -> Any:
    import pyarrow.compute as pc

    return right if left is None else left if right is None else pc.and_kleene(left, right)


def _through_meetings(name: str, table: pa.Table, filters: dict[str, Any], folder: Path) -> Any:
    """Rows whose meeting passes the filters; rows of no meeting pass only when the scope alone is asked for."""
    import pyarrow.compute as pc

    person, topic = filters.pop("person", None), filters.pop("topic", None)
    scope = filters.pop("scope", None)
    mask = None
    for key, wanted, other in (("person", person, "participants"), ("topic", topic, "topics")):
        if wanted is not None:
            rows = select(other, arrow_table(other, folder), {key: wanted}, folder)
            mask = _and(mask, pc.is_in(table["meeting_id"], value_set=_ids(rows)))
    if scope not in (None, "all"):
        ids = _ids(select("meetings", arrow_table("meetings", folder), {"scope": scope}, folder))
        inside = pc.is_in(table["meeting_id"], value_set=ids)
        mask = _and(
            mask, pc.or_kleene(inside, pc.is_null(table["meeting_id"])) if not (filters or mask is not None) else inside
        )
    if filters:
        ids = _ids(select("meetings", arrow_table("meetings", folder), filters, folder))
        mask = _and(mask, pc.is_in(table["meeting_id"], value_set=ids))
    return mask


def _ids(rows: pa.Table) -> Any:
    return rows["meeting_id"].combine_chunks()


def _values(key: str, column: str, wanted: Any, table: pa.Table, folder: Path) -> list[Any]:
    """The values asked for, each checked to exist."""
    values = list(wanted) if _is_many(wanted) else [wanted]
    if not values:
        raise FormatError(f"{key}: an empty list selects nothing; leave the filter out")
    if key == "partner":
        return [partner_code(value, folder) for value in values]
    kind = table.schema.field(column)
    if str(kind.type).startswith("date32"):
        return [bound(value, upper=False) for value in values]
    if not _is_text(kind.type):
        return [_number(key, value, str(kind.type)) for value in values]
    valid = _valid(column, kind, table, folder)
    for value in values:
        if not isinstance(value, str) or value not in valid:
            raise UnknownNameError(key, value, valid)
    return values


def _is_many(wanted: Any) -> bool:
    return isinstance(wanted, Iterable) and not isinstance(wanted, (str, bytes)) and not hasattr(wanted, "__index__")


def _number(key: str, value: Any, kind: str) -> Any:
    """A value for a column of numbers or truth values, without any rounding or guessing."""
    if "bool" in kind:
        if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
            return bool(value)
        raise FormatError(f"{key} takes True or False, not {value!r}")
    if "double" in kind and isinstance(value, (int, float)):
        return float(value)
    try:
        number = index(value)
    except TypeError:
        raise FormatError(f"{key} takes whole numbers, not {value!r}") from None
    if key in ("level", "prc_level", "partner_level", "rank_level") and not 1 <= number <= 8:
        raise FormatError(f"{key} runs from 1 to 8, not {number}")
    return number


def _is_text(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or (pa.types.is_list(kind) and pa.types.is_string(kind.value_type)))


def _valid(column: str, field: Any, table: pa.Table, folder: Path) -> set[str]:
    """Values that a column may hold: its closed list, its vocabulary, the ids of its table, else those it does hold."""
    import pyarrow.compute as pc

    vocabulary = (field.metadata or {}).get(b"vocabulary", b"").decode()
    if vocabulary in CLOSED_LISTS:
        return {str(value) for value in CLOSED_LISTS[vocabulary]}
    if column in _ID_TABLES:
        return set(arrow_table(_ID_TABLES[column], folder)[column].to_pylist())
    if vocabulary == "countries":
        return set(arrow_table("countries", folder)["iso3"].to_pylist())
    cells = table[column]
    present = set((pc.list_flatten(cells) if hasattr(cells.type, "value_type") else cells).to_pylist()) - {None}
    if vocabulary:
        terms = arrow_table("vocabulary", folder)
        present |= set(terms.filter(pc.equal(terms["vocabulary"], vocabulary))["code"].to_pylist())
    return present


def partner_code(name: Any, folder: Path) -> str:
    """Code of a partner given by code or English name, without regard to case."""
    countries = arrow_table("countries", folder)
    codes: set[str] = set(countries["iso3"].to_pylist())
    by_name: dict[str, str] = {
        title.casefold(): code
        for code, title in zip(countries["iso3"].to_pylist(), countries["name"].to_pylist(), strict=True)
    }
    text = str(name)
    if text in codes:
        return text
    folded = {code.casefold(): code for code in codes} | by_name
    if text.casefold() in folded:
        return folded[text.casefold()]
    raise UnknownNameError(
        "partner",
        name,
        codes | set(countries["name"].to_pylist()),
        hint="use ISO 3166-1 alpha-3, org:…, or the English name",
    )


def _equal(table: pa.Table, column: str, values: Iterable[Any]) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = table[column]
    if pa.types.is_list(cells.type):
        wanted = set(values)
        return pa.chunked_array([pa.array([bool(wanted & set(cell or ())) for cell in cells.to_pylist()], pa.bool_())])
    return pc.is_in(cells, value_set=pa.array(list(values), cells.type))


def bound(value: Any, *, upper: bool) -> date:
    """First or last day that a `since` or `until` value means: an EDTF string, a year, or a date."""
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if isinstance(value, bool):
        raise FormatError(f"{value!r} is no date; give an EDTF string, a year or a date")
    parsed = edtf.parse(f"{index(value):04d}" if hasattr(value, "__index__") else value)
    day = parsed.end if upper else parsed.start
    if day is None:
        raise ValueError(f"{value!r} is open at the end that is needed here; give a date")
    return day


def _dates(table: pa.Table, pair: tuple[str, str], since: Any, until: Any, match: str) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    first, last = table[pair[0]], table[pair[1]]
    if "intended_start" in table.column_names:
        undated = pc.and_(pc.is_null(first), pc.is_null(last))
        first = pc.if_else(undated, table["intended_start"], first)
        last = pc.if_else(undated, table["intended_end"], last)
    mask = pc.invert(pc.and_(pc.is_null(first), pc.is_null(last)))
    low = pa.scalar(bound(since, upper=False), pa.date32()) if since is not None else None
    high = pa.scalar(bound(until, upper=True), pa.date32()) if until is not None else None
    if match == "within":
        if low is not None:
            mask = pc.and_(mask, pc.fill_null(pc.greater_equal(first, low), False))
        if high is not None:
            mask = pc.and_(mask, pc.fill_null(pc.less_equal(last, high), False))
        return mask
    if low is not None:
        mask = pc.and_(mask, pc.fill_null(pc.greater_equal(last, low), True))
    if high is not None:
        mask = pc.and_(mask, pc.fill_null(pc.less_equal(first, high), True))
    return mask
