"""Measured limits, run by hand: python -m pytest -m slow -s."""

from __future__ import annotations

import copy
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, write_seeds

from china_defence_dialogues.tables.building import build

pytestmark = pytest.mark.slow

N = 2000


def many(mini: dict[str, Any]) -> dict[str, Any]:
    """The mini set with 2,000 further meetings, each with two articles of its own."""
    records = copy.deepcopy(mini)
    minister = records["person"][0]
    for number in range(N):
        day = (date(2019, 1, 1) + timedelta(days=number // 2)).isoformat()
        partner = ("USA", "RUS", "VNM", "AUS")[number % 4]
        stem = f"{day.replace('-', '')}-{partner.lower()}-{number}"
        for side in ("a", "b"):
            records["article"].append(
                records["article"][4]
                | {"id": f"{stem}-{side}", "url": f"https://example.org/{stem}/{side}", "published": day}
            )
        records["meeting"].append(
            records["meeting"][0]
            | {
                "id": f"{stem}-meeting", "date": day, "partners": [partner], "part_of": None,
                "participants": [
                    {"side": "CHN", "role": "principal", "person": minister["id"], "post": "chn-minister-of-national-defense"},
                    {"side": partner, "role": "principal", "name_as_reported": f"Minister {number}"},
                ],
                "sources": [
                    {
                        "article": f"{stem}-{side}", "account_of": account, "supports": {"status": None, "date": None, "place.city": None, "participants.0": None},
                        "topics": [{"topic": topic, "raised_by": "CHN", "account_of": account} for topic in ("taiwan", "exercises", "hadr")],
                    }
                    for side, account in (("a", "CHN"), ("b", partner))
                ],
            }
        )  # fmt: skip
    return records


def test_validate_and_build_of_2000_meetings(tmp_path: Path, mini: dict[str, Any]) -> None:
    seeds = write_seeds(tmp_path / "seeds", many(mini))
    code = f"""
import resource, time
start = time.perf_counter()
from china_defence_dialogues.tables.building import build
manifest = build({str(seeds)!r}, {str(tmp_path / "data")!r})
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, manifest["tables"]["meetings"]["rows"])
"""
    seconds, megabytes, rows = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    ).stdout.split()
    print(f"\nvalidate + build, {rows} meetings, {2 * N} articles: {float(seconds):.1f} s, {float(megabytes):.0f} MB")
    assert float(seconds) < 10
    assert float(megabytes) < 500


def test_first_load_beside_bare_pandas(tmp_path: Path, mini: dict[str, Any]) -> None:
    build(write_seeds(tmp_path / "seeds", many(mini)), tmp_path / "data")
    ours = f"""
import time; start = time.perf_counter()
from pathlib import Path
from china_defence_dialogues.loading import store
store.DATA = Path({str(tmp_path / "data")!r})
import china_defence_dialogues as cdd
frame = cdd.load_meetings(scope="all")
print(time.perf_counter() - start, len(frame))
"""
    bare = f"""
import time; start = time.perf_counter()
import pandas
frame = pandas.read_parquet({str(tmp_path / "data" / "meetings.parquet")!r})
print(time.perf_counter() - start, len(frame))
"""
    times = {}
    for name, code in (("ours", ours), ("bare", bare)) * 5:
        seconds, _ = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
        ).stdout.split()
        times.setdefault(name, []).append(float(seconds))
    best = {name: min(values) for name, values in times.items()}
    print(
        f"\nfirst load_meetings() in a fresh process: {best['ours']:.2f} s; bare pandas.read_parquet: {best['bare']:.2f} s"
    )
    assert best["ours"] < 2 * best["bare"]


def test_memory_is_flat_over_a_gigabyte_of_text() -> None:
    """One document in a hundred is relevant; the peak after the first tenth is the peak at the end."""
    code = """
import resource
import pyarrow as pa
from china_defence_dialogues.extraction.batches import extract_batches

SIZE, BATCH = 1_000_000_000, 4_000
told = "Defense Secretary Lloyd Austin spoke with China's Dong Jun by video link on Tuesday. " + "They spoke at length. " * 40
plain = "The council debated the harvest, the roads and the price of bread. " * 60
one = sum(len(plain if number % 100 else told) for number in range(BATCH))

def batches():
    for start in range(SIZE // one + 1):
        yield pa.RecordBatch.from_pydict({
            "article_id": [f"a{start}-{number}" for number in range(BATCH)],
            "text": [plain if number % 100 else told for number in range(BATCH)],
            "published": ["2024-04-17"] * BATCH,
        })

peaks, events = [], 0
for found in extract_batches(batches()):
    events += found.num_rows
    peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
print(events, len(peaks) * BATCH // 100, peaks[len(peaks) // 10], peaks[-1])
"""
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    events, relevant, early, late = map(int, printed.split())
    print(f"peak {early} MB after a tenth, {late} MB at the end; {events} events")
    assert events == relevant
    assert late - early < 20
