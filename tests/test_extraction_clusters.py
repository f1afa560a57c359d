"""The recipes for Ray and Dask give what one process gives. Both are installed by hand; run with `-m slow`."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import ROOT

from china_defence_dialogues.extraction.batches import extract_table

pytestmark = pytest.mark.slow
PARTS = 4


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Parquet files of which every second document tells of a contact."""
    monkeypatch.setenv("PYTHONPATH", f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    told = "China's Dong Jun met with Defense Secretary Lloyd Austin in Singapore on {} May 2024."
    paths = []
    for part in range(PARTS):
        days = range(part * 7 + 1, part * 7 + 8)
        table = pa.table({
            "article_id": [f"a{day:02d}" for day in days],
            "text": [told.format(day) if day % 2 else "Nothing." for day in days],
            "published": ["2024-06-01"] * len(days),
        })  # fmt: skip
        paths.append(str(tmp_path / f"{part}.parquet"))
        pq.write_table(table, paths[-1])
    return paths


def alone(parts: list[str]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = extract_table(pa.concat_tables(map(pq.read_table, parts))).to_pylist()
    assert len(rows) == 14
    return rows


def test_dask(parts: list[str]) -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        found = client.gather(client.map(lambda path: extract_table(pq.read_table(path)), parts))
    assert pa.concat_tables(found).to_pylist() == alone(parts)


def test_ray(parts: list[str]) -> None:
    ray = pytest.importorskip("ray")
    pytest.importorskip("ray.data")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    try:
        data = ray.data.read_parquet(parts).map_batches(extract_table, batch_format="pyarrow", batch_size=None)
        found = pa.concat_tables(ray.get(data.to_arrow_refs())).sort_by("article_id").to_pylist()
    finally:
        ray.shutdown()
    assert found == alone(parts)
