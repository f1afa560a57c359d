"""Nothing is said twice in one record, and no record speaks of itself as another."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from ...models import Model
from ..findings import Finding
from ..seeds import Seeds

_MEND = "keep one of the two"


def said_twice(seeds: Seeds) -> Iterator[Finding]:
    """Lists without repeats; one block per page and account; one entry per place, country and search; no link to itself."""
    for kind, record_id, record in seeds.all_records():
        for location in _repeats(record):
            yield seeds.finding("C021", kind, record_id, location, "the same entry stands above", _MEND)
        for number, source in enumerate(getattr(record, "sources", ())):
            earlier = [(other.article, other.account_of) for other in record.sources[:number]]  # type: ignore[attr-defined]
            if (source.article, source.account_of) in earlier:
                yield seeds.finding(
                    "C021",
                    kind,
                    record_id,
                    ("sources", number),
                    f"{source.article!r} has a block for this account above",
                    "put everything into one block",
                )
    for meeting_id, meeting in seeds.meetings.items():
        for number, link in enumerate(meeting.links):
            if link.meeting == meeting_id:
                yield seeds.finding(
                    "C021",
                    "meeting",
                    meeting_id,
                    ("links", number),
                    "a link to the record itself",
                    "name the other record",
                )
    yield from _list_keys(seeds)


def _repeats(record: Model, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Model):
            yield from _repeats(value, (*at, name))
        elif isinstance(value, tuple) and name != "span":
            for index, item in enumerate(value):
                if item in value[:index]:
                    yield (*at, name, index)
                if isinstance(item, Model):
                    yield from _repeats(item, (*at, name, index))


def _list_keys(seeds: Seeds) -> Iterator[Finding]:
    keys = {
        "place": ("country", "name"),
        "country": ("iso3", "valid_from"),
        "body": ("code",),
        "forum": ("code",),
        "cue": ("id",),
        "coverage_entry": ("partner", "channel", "status_class", "language", "first_year"),
    }
    for kind, names in keys.items():
        for number, key in _again([tuple(getattr(entry, name) for name in names) for entry in seeds.lists[kind]]):
            yield seeds.finding(
                "C021", kind, str(key[0]), ("entries", number), f"a second entry for {', '.join(map(str, key))}", _MEND
            )


def _again(keys: Iterable[tuple[Hashable, ...]]) -> Iterator[tuple[int, tuple[Hashable, ...]]]:
    seen: set[tuple[Hashable, ...]] = set()
    for number, key in enumerate(keys):
        if key in seen:
            yield number, key
        seen.add(key)
