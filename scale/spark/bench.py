"""What a book costs on Spark: the revenue of the next month from its schedules, and the night over its states. Prints JSON, in seconds."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import forecast
import nightly
import pyarrow as pa
import pyarrow.parquet as pq
import pyspark
from local import cluster
from pyspark.sql import Row, SparkSession
from pyspark.sql import functions as sql

import billing_rules

ON = date(2031, 1, 31)
CHUNK = 100_000
"""Rows of a row group. A larger book repeats them, under other ids."""


def seconds(run: Callable[[], list[Row]]) -> tuple[float, list[Row]]:
    """The time of the better of two runs, as the first one starts the workers, and the answer."""
    times = []
    for _ in range(2):
        before = time.perf_counter()
        answer = run()
        times.append(time.perf_counter() - before)
    return min(times), answer


def write(file: Path, chunk: pa.Table, rows: int) -> None:
    with pq.ParquetWriter(file, chunk.schema) as writer:
        for first in range(0, rows, CHUNK):
            ids = pa.array([f"sub-{row}" for row in range(first, first + chunk.num_rows)])
            writer.write_table(chunk.set_column(0, "id", ids))


def schedules() -> pa.Table:
    none = pa.nulls(CHUNK, pa.int32())
    return pa.table(
        {
            "id": pa.nulls(CHUNK, pa.string()),
            "plan": pa.array(["basic", "plus", "pro", "basic"] * (CHUNK // 4)),
            "currency": pa.array(["NOK"] * CHUNK),
            "price": pa.array([9_900 + row for row in range(CHUNK)]),
            "start": pa.array([18_000 + row * 7_919 % 4_000 for row in range(CHUNK)], pa.int32()).cast(pa.date32()),
            "every": pa.array([1, 1, 1, 3, 12] * (CHUNK // 5), pa.int32()),
            "unit": pa.array(["month"] * CHUNK),
            "anchor_day": none,
            "end_date": none.cast(pa.date32()),
            "payment_count": none,
        }
    )


def states() -> pa.Table:
    """Subscriptions after twelve payments, one in thirty of which is due. Those that are due come first, so that Parquet skips the others."""
    lives = [_life(row) for row in range(CHUNK)]
    lives.sort(key=lambda life: life["nextActionOn"])
    return pa.table(
        {
            "id": pa.nulls(CHUNK, pa.string()),
            "bucket": pa.array([row * 7_919 % 1_000 for row in range(CHUNK)], pa.int32()),
            "next_action_on": pa.array([date.fromisoformat(life["nextActionOn"]) for life in lives]),
            "state": pa.array(map(json.dumps, lives)),
        }
    )


def _life(row: int) -> dict:
    start = ON - timedelta(days=12 * 30 - row % 30)
    terms = {"price": {"amount": 9_900 + row, "currency": "NOK"}, "schedule": {"start": start, "cycle": {"every": 30, "unit": "day"}}}
    imported = {"payments": 12, "establishedBy": "payment"}
    return billing_rules.create_subscription({"id": f"sub-{row}", "terms": terms, "imported": imported})


def forecasts(spark: SparkSession, book: Path, sizes: list[int]) -> list[dict[str, float]]:
    first, last = date(2031, 2, 1), date(2031, 2, 28)
    chunk = schedules()
    rows = []
    for size in sizes:
        write(book, chunk, size)
        frame = spark.read.parquet(str(book))
        took, _ = seconds(lambda frame=frame: forecast.revenue(frame, first, last).collect())
        rows.append({"rows": size, "seconds": took})
        print(rows[-1], file=sys.stderr)
    return rows


def nights(spark: SparkSession, book: Path, run: nightly.Run, sizes: list[int]) -> list[dict[str, object]]:
    chunk = states()
    rows = []
    for size in sizes:
        write(book, chunk, size)
        frame = nightly.read_book(spark, str(book), run.files)
        # Without the column, every state is read.
        every = frame.withColumn("next_action_on", sql.lit(ON))
        for kind, source in [("due", frame), ("every", every)]:
            took, files = seconds(lambda source=source: nightly.write(nightly.decide(source, ON), run))
            rows.append({"rows": size, "read": kind, "decided": sum(file["rows"] for file in files), "seconds": took})
            print(rows[-1], file=sys.stderr)
    return rows


def main() -> None:
    quick = sys.argv[1:] == ["quick"]
    with tempfile.TemporaryDirectory() as name, cluster() as spark:
        folder = Path(name)
        book = folder / "book.parquet"
        measured = {
            "version": pyspark.__version__,
            "forecast": forecasts(spark, book, [CHUNK] if quick else [1_000_000, 10_000_000]),
            "night": nights(spark, book, nightly.Run((folder / "run").as_uri(), 64), [CHUNK] if quick else [CHUNK, 1_000_000]),
        }
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
