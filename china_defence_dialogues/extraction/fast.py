"""Where dates stand, told by Hyperscan where the extra `fast` installs it: the same spans, several times as fast.

Compiling takes some 60 ms, which a batch repays and a single text would not; so only batches switch it on.
"""

from __future__ import annotations

import re
import threading
from functools import lru_cache

from . import dates

_NAMES = tuple(dates.RULES)
_OUTSIDE = re.compile(r"[^\x00-\x7f]")


@lru_cache(maxsize=1)
def switch_on() -> bool:
    """Let Hyperscan look for dates in this process; False where it is not installed."""
    try:
        dates.scanner = Scanner()
    except ImportError:
        return False
    return True


class Scanner(threading.local):
    """One compiled grammar per thread, as Hyperscan asks."""

    def __init__(self) -> None:
        import hyperscan  # type: ignore[import-not-found,unused-ignore]

        self._database = hyperscan.Database()
        self._database.compile(
            expressions=[pattern.encode() for pattern in dates.RULES.values()],
            ids=list(range(len(_NAMES))),
            flags=[hyperscan.HS_FLAG_SOM_LEFTMOST] * len(_NAMES),
        )

    def __call__(self, flat: str, start: int, end: int) -> list[dates.Window]:
        """Stretches that matches cover, each with the rules that match there; `re` tells where each match begins and ends.

        Of matches that end alike Hyperscan reports the longest alone, so in a list of dates it can hide one behind another.
        """
        hits: list[tuple[int, int, str]] = []

        def keep(rule: int, left: int, right: int, _flags: int, _context: object) -> None:
            hits.append((left + start, right + start, _NAMES[rule]))

        self._database.scan(_plain(flat[start:end]), match_event_handler=keep)
        windows: list[dates.Window] = []
        for left, right, name in sorted(hits):
            if windows and left < windows[-1][1]:
                begun, reached, rules = windows.pop()
                windows.append((begun, max(reached, right), rules | {name}))
            else:
                windows.append((left, right, {name}))
        return windows


def _plain(text: str) -> bytes:
    """One byte a character, so that offsets hold: dashes of any length as `-`, other letters as `x`, the rest as a space."""
    if not text.isascii():
        text = _OUTSIDE.sub(lambda match: "-" if match[0] in "–—" else "x" if match[0].isalnum() else " ", text)
    return text.encode("ascii")
