"""DuckDB's query beside its kernel, and the processor time of a row from 10^5 to 10^7 rows. Prints JSON."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from billing_rules import arrow

sys.path.insert(0, str(Path(__file__).parent / "duckdb"))
import book as queries  # noqa: E402

ON = date(2031, 1, 31)


def columns(rows: int) -> dict[str, pa.Array]:
    starts = pa.array([18_000 + row * 7_919 % 4_000 for row in range(rows)], pa.int32()).cast(pa.date32())
    none = pa.nulls(rows, pa.int32())
    every = pa.array([1, 1, 1, 3, 12] * (rows // 5), pa.int32())
    unit = pa.array(["month"] * rows)
    limits = {"anchor_day": none, "end_date": none.cast(pa.date32()), "payment_count": none}
    return {"start": starts, "every": every, "unit": unit, **limits}


def processor_time(run) -> float:
    """Seconds of the best of three runs."""
    best = float("inf")
    for _ in range(3):
        before = time.process_time()
        run()
        best = min(best, time.process_time() - before)
    return best


def main() -> None:
    sizes = [100_000, 1_000_000] if sys.argv[1:] == ["quick"] else [100_000, 1_000_000, 10_000_000]
    db = duckdb.connect()
    db.execute("SET threads = 1")
    queries.register(db)
    measured = []
    with tempfile.TemporaryDirectory() as folder:
        for rows in sizes:
            book = columns(rows)
            kernel = processor_time(lambda book=book: arrow.next_due_date(**book, after=ON))
            file = f"{folder}/{rows}.parquet"
            pq.write_table(pa.table({"id": pa.array(range(rows)), **book}), file)
            del book
            count = f"SELECT count(due.due_date) FROM (SELECT next_due_date({queries.SCHEDULE}, $on) AS due FROM read_parquet($book))"
            params = {"book": file, "on": ON}
            query = processor_time(lambda params=params: db.execute(count, params).fetchall())
            measured.append({"rows": rows, "kernel": kernel * 1e9 / rows, "query": query * 1e9 / rows})
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
