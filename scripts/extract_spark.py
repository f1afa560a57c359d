"""Extract on a Spark cluster: Parquet in (article_id, text, published), Parquet of events out.

    spark-submit scripts/extract_spark.py --input s3://…/articles --output s3://…/events

Every executor needs the package installed (extra `spark` brings pyspark). The work is `extract_batch` under
`mapInArrow`: a retried task repeats its documents and the committed output holds each once.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

import pyarrow as pa


def events(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """What each task runs; imported inside, so that the driver ships nothing but this function."""
    from china_defence_dialogues.extraction.batches import extract_batch

    for batch in batches:
        yield extract_batch(batch, on_error=lambda article, error: print(f"skipped {article}: {error}"))


def run(spark: Any, source: str, target: str, rows_per_batch: int = 2000) -> None:
    """Read, extract and write; overwrites nothing that is whole."""
    from pyspark.sql.pandas.types import from_arrow_schema

    from china_defence_dialogues.extraction.batches import REQUIRED, SCHEMA

    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(rows_per_batch))
    frame = spark.read.parquet(source).select(*REQUIRED)
    frame.mapInArrow(events, from_arrow_schema(SCHEMA)).write.parquet(target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--master", help="for a local run, as local[2]")
    options = parser.parse_args()
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("china-defence-dialogues extraction")
    if options.master:
        builder = builder.master(options.master)
    spark = builder.getOrCreate()
    try:
        run(spark, options.input, options.output)
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
