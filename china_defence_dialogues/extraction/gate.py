"""The gate: a cheap pass that decides that a document cannot matter.

Two steps, the rarer words first: a Chinese name of state, then a word of contact. Words come from the cues; names of
persons stay out, since thousands of patterns would cost more than the reading. The gate judges documents; sentences
are judged later.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ExtractionError
from ..vocab import CHINA
from .lexicon import Lexicon, lexicon

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

MAX_WORDS = 64
"""Beyond about this many words the matcher loses its vector path."""
_FIRST_STRETCH = 1000
"""Bytes of a document in which a word of contact is sought first."""


class Gate:
    """The words of the gate, compiled."""

    def __init__(self, words: Lexicon) -> None:
        self.china = _china_words(words)
        self.contact = _contact_words(words)
        self._longest = max(len(word.encode()) for word in self.contact)
        if len(self.china) > MAX_WORDS:
            raise ExtractionError(
                f"the cues give the gate {len(self.china)} Chinese words, at most {MAX_WORDS} keep it fast"
            )

    @cached_property
    def _china(self) -> Any:
        return _matcher(self.china)

    @cached_property
    def _contact(self) -> Any:
        return _matcher(self.contact)

    def passes(self, text: str) -> bool:
        """Whether a text may matter."""
        return any(word in text for word in self.china) and self._tells_of_contact(text.encode(errors="replace"))

    def _tells_of_contact(self, raw: bytes) -> bool:
        """Read in growing stretches: where there is a word of contact, the first mostly stands near the beginning."""
        start, stretch = 0, _FIRST_STRETCH
        while start < len(raw):
            if self._contact.find_matches_as_indexes(raw[start : start + stretch + self._longest]):
                return True
            start += stretch
            stretch *= 4
        return False

    def mask(self, texts: pa.Array | pa.ChunkedArray) -> np.ndarray:
        """Which documents of an Arrow string array may matter; nulls may not."""
        import numpy as np

        if hasattr(texts, "chunks"):
            masks = [self.mask(chunk) for chunk in texts.chunks]
            return np.concatenate(masks) if masks else np.zeros(0, dtype=bool)
        offsets, data = _buffers(texts)
        kept = np.zeros(len(texts), dtype=bool)
        if not len(data):
            return kept
        hits = self._china.find_matches_as_indexes(data)
        if hits:
            starts = np.fromiter((hit[1] for hit in hits), dtype=np.int64, count=len(hits))
            ends = np.fromiter((hit[2] for hit in hits), dtype=np.int64, count=len(hits))
            documents = np.searchsorted(offsets, starts, side="right") - 1
            whole = ends <= offsets[documents + 1]
            kept[np.unique(documents[whole])] = True
        for index in np.flatnonzero(kept):
            kept[index] = self._tells_of_contact(data[offsets[index] : offsets[index + 1]].tobytes())
        return kept


def _matcher(words: list[str]) -> Any:
    from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

    patterns = [word.encode() for word in words]
    return BytesAhoCorasick(patterns, matchkind=MatchKind.LeftmostFirst, implementation=Implementation.DFA)


def plain_strings(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    """The texts as one array with an offset buffer, from any of Arrow's string types."""
    import pyarrow as pa

    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    if pa.types.is_string(texts.type) or pa.types.is_large_string(texts.type):
        return texts
    try:
        return texts.cast(pa.large_string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise ExtractionError(f"the text column must hold strings, got {texts.type} ({error})") from error


def _buffers(texts: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Offsets into, and bytes of, a string array of any of Arrow's string types."""
    import numpy as np
    import pyarrow as pa

    texts = plain_strings(texts)
    _, offsets, data = texts.buffers()
    if len(texts) == 0 or offsets is None:
        return np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.uint8)
    width = np.int64 if pa.types.is_large_string(texts.type) else np.int32
    bounds = np.frombuffer(offsets, dtype=width)[texts.offset : texts.offset + len(texts) + 1]
    raw = np.frombuffer(data, dtype=np.uint8) if data is not None else np.zeros(0, dtype=np.uint8)
    return bounds - bounds[0], raw[bounds[0] : bounds[-1]]


def _china_words(words: Lexicon) -> list[str]:
    """Surfaces that stand for China, in the cases the text may print them."""
    found: set[str] = set()
    for surface, entries in words.entries.items():
        for entry in entries:
            if entry.kind in ("side", "country") and entry.value == CHINA:
                forms = {surface.upper()} if entry.case == "exact" else {surface.title(), surface.upper()}
                found |= {form for form in forms if "'" not in form}
    return _shortest(found)


def _contact_words(words: Lexicon) -> list[str]:
    """Stems of the triggers and channels, without those that contain another."""
    found = {
        entry_word
        for surface, entries in words.entries.items()
        if any(entry.kind in ("trigger", "channel") for entry in entries)
        for entry_word in [surface]
    }
    forms = {form for word in found for form in (word, word.capitalize(), word.title(), word.upper())}
    return _shortest(forms)


def _shortest(words: set[str]) -> list[str]:
    """The words without those that contain another: a text that has the longer has the shorter too."""
    kept: list[str] = []
    for word in sorted(words, key=lambda word: (len(word), word)):
        if not any(other in word for other in kept):
            kept.append(word)
    return sorted(kept)


@lru_cache(maxsize=4)
def gate(folder: Path | None = None) -> Gate:
    """The gate of the installed tables."""
    return Gate(lexicon(folder))
