"""What a row costs from 10^5 to 10^7 rows, in nanoseconds of processor time. Prints JSON, a row for each size of a book:

batches     next_due_date over arrays in batches of 65,536 rows, as a program calls it
kernel      the function that DuckDB calls, over the same rows in vectors of 2,048, as DuckDB passes them
query       DuckDB: that function over a Parquet file, and the count of its due dates
floor       the same query with a function that returns a column it received
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from datetime import date
from inspect import Parameter, Signature
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from billing_rules import arrow

sys.path.insert(0, str(Path(__file__).parent / "duckdb"))
import book as queries  # noqa: E402

ON = date(2031, 1, 31)
BATCH = 65_536
VECTOR = 2_048
"""How many rows DuckDB passes at a time."""


def columns(rows: int) -> pa.Table:
    """A book of three cycles without limits."""
    starts = pa.array([18_000 + row * 7_919 % 4_000 for row in range(rows)], pa.int32()).cast(pa.date32())
    none = pa.nulls(rows, pa.int32())
    every = pa.array([1, 1, 1, 3, 12] * (rows // 5), pa.int32())
    unit = pa.array(["month"] * rows)
    limits = {"anchor_day": none, "end_date": none.cast(pa.date32()), "payment_count": none}
    return pa.table({"start": starts, "every": every, "unit": unit, **limits})


def processor_time(run, rows: int) -> float:
    """Nanoseconds a row in the best of some runs, which together have the same number of rows for every size."""
    best = float("inf")
    for _ in range(max(3, 3_000_000 // rows)):
        before = time.process_time()
        run()
        best = min(best, time.process_time() - before)
    return best * 1e9 / rows


def passed(*columns: pa.ChunkedArray) -> pa.StructArray:
    """What takes DuckDB's columns and has nothing to compute."""
    start = columns[0].chunk(0)
    return pa.StructArray.from_arrays([start, pa.nulls(len(start), pa.string())], ["due_date", "error"])


def connection() -> duckdb.DuckDBPyConnection:
    db = duckdb.connect()
    db.execute("SET threads = 1")
    queries.register(db)
    parameters = [*queries.PARAMETERS, "DATE"]
    passed.__signature__ = Signature(Parameter(f"column_{at}", Parameter.POSITIONAL_ONLY) for at in range(len(parameters)))
    returns = "STRUCT(due_date DATE, error VARCHAR)"
    db.create_function("passed", passed, parameters, returns, type="arrow", null_handling="special")
    return db


def measure(db: duckdb.DuckDBPyConnection, rows: int, folder: str) -> dict[str, float]:
    table = columns(rows)
    file = f"{folder}/{rows}.parquet"
    pq.write_table(table.add_column(0, "id", pa.array(range(rows))), file)
    batches = table.to_batches(max_chunksize=BATCH)
    vectors = [[pa.chunked_array([column]) for column in one.columns] for one in table.to_batches(max_chunksize=VECTOR)]
    days = pa.array([ON] * VECTOR)
    called = queries.kernel_of(arrow.next_due_date, {"after": "DATE"})

    def in_batches() -> None:
        for batch in batches:
            arrow.next_due_date(**dict(zip(batch.schema.names, batch.columns, strict=True)), after=ON)

    def in_vectors() -> None:
        for vector in vectors:
            called(*vector, pa.chunked_array([days.slice(0, len(vector[0]))]))

    def query(function: str) -> None:
        count = f"SELECT count(due.due_date) FROM (SELECT {function}({queries.SCHEDULE}, $on) AS due FROM read_parquet($book))"
        [[found]] = db.execute(count, {"book": file, "on": ON}).fetchall()
        assert found == rows

    return {
        "rows": rows,
        "batches": processor_time(in_batches, rows),
        "kernel": processor_time(in_vectors, rows),
        "query": processor_time(lambda: query("next_due_date"), rows),
        "floor": processor_time(lambda: query("passed"), rows),
    }


def main() -> None:
    sizes = [100_000, 1_000_000] if sys.argv[1:] == ["quick"] else [100_000, 1_000_000, 10_000_000]
    db = connection()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps([measure(db, rows, folder) for rows in sizes]))


if __name__ == "__main__":
    main()
