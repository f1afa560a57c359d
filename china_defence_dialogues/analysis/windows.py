"""The coded window: which partner and year were searched, for what, so that a zero can be told from a gap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ..loading.store import arrow_table, data_folder
from ..vocab import ChannelClass
from .frames import some_of

LEVEL_CHANNELS: dict[int, tuple[ChannelClass, ...]] = {
    1: (ChannelClass.LEADERS,),
    2: (ChannelClass.MINISTERS, ChannelClass.POLITICAL),
    3: (ChannelClass.CHIEFS_OF_STAFF,),
    4: (ChannelClass.POLICY_TALKS, ChannelClass.CHIEFS_OF_STAFF),
    5: (ChannelClass.SERVICE_CHIEFS, ChannelClass.THEATRE_COMMANDERS, ChannelClass.POLICY_TALKS),
    6: (ChannelClass.POLICY_TALKS, ChannelClass.WORKING_LEVEL),
    7: (ChannelClass.WORKING_LEVEL,),
    8: (),
}
"""Level → classes of channels one of which must have been searched for a zero at that level to mean something.

A search of all channels stands for every class, one of all military channels for all but leaders and political; level 8 (unknown) is zero
wherever any channel was searched.
"""

EVERYONE = "all"


class Search(NamedTuple):
    """One searched window."""

    partner: str
    channel: str
    status_class: str
    first: int
    last: int


@lru_cache(maxsize=4)
def _searches(folder: Path) -> tuple[Search, ...]:
    rows = arrow_table("coverage", folder).select(["partner", "channel", "status_class", "first_year", "last_year"])
    return tuple(Search(*row.values()) for row in rows.to_pylist())


class Window:
    """The searched windows of one class of statuses, as a question one can ask of partner and year."""

    def __init__(self, status_class: str, channels: Sequence[str] = ()) -> None:
        """`channels`: classes all of which must have been searched; none named: any will do."""
        self._searches = [search for search in _searches(data_folder()) if search.status_class == status_class]
        self._required = channels

    def years(self, partner: str, *, one_of: Iterable[str] = ()) -> frozenset[int]:
        """Years searched for a partner, in every required channel and in one of `one_of` where any is named."""
        found: dict[str, set[int]] = {}
        for search in self._searches:
            if search.partner in (partner, EVERYONE):
                found.setdefault(search.channel, set()).update(range(search.first, search.last + 1))
        years: set[int] = set().union(*found.values()) if found else set()
        for channel in self._required:
            years &= _of_channel(found, channel)
        wanted = tuple(one_of)
        if wanted:
            years &= set().union(*(_of_channel(found, channel) for channel in wanted))
        return frozenset(years)

    def first_year(self, partner: str) -> int | None:
        """First year searched for a partner."""
        return min(self.years(partner), default=None)

    def last_year(self, partner: str) -> int | None:
        """Last year searched for a partner."""
        return max(self.years(partner), default=None)


def _of_channel(found: dict[str, set[int]], channel: str) -> set[int]:
    """Years in which a search took in this class of channels."""
    wider = [ChannelClass.ALL_CHANNELS]
    if channel not in (ChannelClass.LEADERS, ChannelClass.POLITICAL):
        wider.append(ChannelClass.ALL_MILITARY)
    return set().union(found.get(channel, ()), *(found.get(str(name), ()) for name in wider))


def checked_channels(channels: str | Iterable[str]) -> list[str]:
    return some_of("channel", channels, [str(channel) for channel in ChannelClass])
