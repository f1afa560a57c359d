"""The Spark path in a local cluster of two workers gives what one process gives."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from china_defence_dialogues.extraction.batches import extract_batch
from china_defence_dialogues.loading import store

ROOT = Path(__file__).resolve().parent.parent
DIE_ONCE = "CDD_TEST_DIE_ONCE"


@pytest.mark.slow
def test_a_local_cluster_gives_the_same_events_though_a_worker_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyspark")
    from pyspark.sql import SparkSession

    texts = [
        f"China's Dong Jun met with Defense Secretary Lloyd Austin in Singapore on {day} May 2024."
        if day % 2
        else "Nothing."
        for day in range(1, 29)
    ]
    table = pa.table({
        "article_id": [f"a{index:02d}" for index in range(len(texts))],
        "text": texts,
        "published": pa.array([date(2024, 6, 1)] * len(texts)),
    })  # fmt: skip
    (tmp_path / "in").mkdir()
    for part in range(4):
        pq.write_table(table.slice(part * 7, 7), tmp_path / "in" / f"{part}.parquet")
    monkeypatch.setenv("PYTHONPATH", f"{ROOT}{os.pathsep}{ROOT / 'scripts'}")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.setenv(DIE_ONCE, str(tmp_path / "died"))
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import extract_spark

    whole = extract_spark.events

    def dying(batches):  # type: ignore[no-untyped-def]
        import os as system

        marker = system.environ.get(DIE_ONCE_NAME)
        if marker and not system.path.exists(marker):
            open(marker, "w").close()
            system._exit(1)
        yield from whole(batches)

    DIE_ONCE_NAME = DIE_ONCE
    monkeypatch.setattr(extract_spark, "events", dying)
    spark = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.executorEnv.PYTHONPATH", os.environ["PYTHONPATH"])
        .config(f"spark.executorEnv.{DIE_ONCE}", str(tmp_path / "died"))
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    try:
        extract_spark.run(spark, str(tmp_path / "in"), str(tmp_path / "out"))
    finally:
        spark.stop()
    assert (tmp_path / "died").exists()
    found = pq.read_table(tmp_path / "out").sort_by("article_id")
    alone = pa.Table.from_batches(
        [extract_batch(batch, folder=store.data_folder()) for batch in table.to_batches()]
    ).sort_by("article_id")
    assert found.num_rows == alone.num_rows == 14
    for name in ("article_id", "status", "start_date", "city"):
        assert found.column(name).to_pylist() == alone.column(name).to_pylist()
