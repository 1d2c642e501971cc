"""The night of a whole book on Spark: what is due by a day, as one file a bucket, and its payments in the outbox.

    spark-submit scale/spark/nightly.py --book s3://books/2026-01-31 --on 2026-01-31 --runs s3://nights --outbox postgresql://night@db/shop

The book is a Parquet table with the columns id, bucket, next_action_on and state, or the database of examples/postgres by its address. Its
rows are read by `next_action_on`: what is not due costs nothing. The files of a day are overwritten by a repeat, which gives the same ones.
The outbox keeps what it has of a reference, so a repeat adds nothing, and the workers decide again before they charge.

Passwords come from PGPASSWORD or a password file, in the environment of the driver and of the executors.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from adbc_driver_postgresql import dbapi
from pyarrow import fs
from pyspark import TaskContext
from pyspark.sql import DataFrame, Row, SparkSession
from pyspark.sql import functions as sql

from billing_rules import arrow

Batches = Iterator[pa.RecordBatch]

DECISION = pa.schema([(name, pa.string()) for name in ["id", "type", "reference", "action", "error"]])
"""The columns of a file. `action` is the answer of `nextAction`; a row that it rejects has the code in `error` instead."""

PAYMENTS = ["charge", "record"]
"""The actions that a worker performs alone. The others wait for the cardholder, or need no payment."""


DATABASES = ["postgresql", "postgres"]


@dataclass(frozen=True)
class Run:
    """The files of a day, below a folder that every machine reaches."""

    folder: str
    files: int

    def open(self) -> tuple[fs.FileSystem, str]:
        return fs.FileSystem.from_uri(self.folder)

    def name(self, number: int) -> str:
        return f"{number:05}.parquet"


def read_book(spark: SparkSession, book: str, files: int, connections: int = 8) -> DataFrame:
    """The book, from a Parquet table or from a database. Nothing is read yet."""
    address = urlsplit(book)
    if address.scheme not in DATABASES:
        return spark.read.parquet(book)
    host, port = address.hostname or "localhost", address.port or 5432
    # The same bucket as in every other engine: of the first 32 bits of the hash of the id.
    bucket = f"(('x' || left(md5(id), 8))::bit(32)::bigint % {files})::int"
    rows = f"(SELECT id, {bucket} AS bucket, next_action_on, state::text AS state FROM subscriptions) AS book"
    options = {
        "url": f"jdbc:postgresql://{host}:{port}{address.path}",
        "driver": "org.postgresql.Driver",
        "user": address.username or "",
        "password": os.environ.get("PGPASSWORD", ""),
        "dbtable": rows,
        "partitionColumn": "bucket",
        "lowerBound": 0,
        "upperBound": files,
        "numPartitions": min(files, connections),
        "fetchsize": 1_000,
    }
    return spark.read.format("jdbc").options(**options).load()


def decide(book: DataFrame, on: date) -> DataFrame:
    """The decision for every row that is due by a day, with its bucket."""
    due = book.where(sql.col("next_action_on") <= sql.lit(on)).select("id", "bucket", "state")
    decided = due.mapInArrow(partial(_decide, on), "id string, bucket int, reference string, action string, error string")
    return decided.select("*", sql.get_json_object("action", "$.type").alias("type"))


def _decide(on: date, batches: Batches) -> Batches:
    for batch in batches:
        answer = pa.array(arrow.next_action(batch["state"], today=on))
        columns = [batch["id"], batch["bucket"], *map(answer.field, ["reference", "action", "error"])]
        yield pa.RecordBatch.from_arrays(columns, ["id", "bucket", "reference", "action", "error"])


def write(decided: DataFrame, run: Run) -> list[Row]:
    """Writes the files of a run, those without a row as well. Returns how many `rows`, `payments` and `errors` each has."""
    rows = decided.repartitionById(run.files, "bucket").select(DECISION.names)
    written = rows.mapInArrow(partial(_write, run), "file int, rows long, payments long, errors long").collect()
    _sweep(run)
    return written


def _write(run: Run, batches: Batches) -> Batches:
    """Writes a file beside the one that it replaces, then moves it there: whoever reads sees one of the two."""
    task = TaskContext.get()
    number = task.partitionId()
    table = pa.Table.from_batches([batch.cast(DECISION) for batch in batches], DECISION).sort_by("id")
    system, folder = run.open()
    system.create_dir(folder, recursive=True)
    unfinished = f"{folder}/.{number:05}.{task.taskAttemptId()}"
    with system.open_output_stream(unfinished) as stream:
        pq.write_table(table, stream)
    system.move(unfinished, f"{folder}/{run.name(number)}")
    counts = [number, table.num_rows, _payments(table).num_rows, table.num_rows - table["error"].null_count]
    names = ["file", "rows", "payments", "errors"]
    types = [pa.int32(), pa.int64(), pa.int64(), pa.int64()]
    yield pa.record_batch([pa.array([count], kind) for count, kind in zip(counts, types, strict=True)], names)


def _sweep(run: Run) -> None:
    """Removes what killed tasks have left."""
    system, folder = run.open()
    for file in system.get_file_info(fs.FileSelector(folder)):
        if file.base_name.startswith("."):
            system.delete_file(file.path)


def _payments(table: pa.Table) -> pa.Table:
    return table.filter(pc.is_in(table["type"], pa.array(PAYMENTS)))


LOAD = """
INSERT INTO outbox (reference, subscription, started)
SELECT reference, id, false FROM decided
ON CONFLICT (reference) DO NOTHING
"""


def load(spark: SparkSession, run: Run, outbox: str, connections: int = 8) -> list[Row]:
    """Loads the payments of a run into the outbox, a transaction a file. Returns how many each `offered`, and how many were `new`."""
    files = spark.range(0, run.files, 1, min(run.files, connections))
    return files.mapInArrow(partial(_load, run, outbox), "file int, offered long, new long").collect()


def _load(run: Run, outbox: str, batches: Batches) -> Batches:
    system, folder = run.open()
    for number in (number.as_py() for batch in batches for number in batch["id"]):
        table = pq.read_table(f"{folder}/{run.name(number)}", filesystem=system)
        payments = _payments(table).select(["reference", "id"])
        with dbapi.connect(outbox) as database, database.cursor() as cursor:
            cursor.adbc_ingest("decided", payments, mode="create", temporary=True)
            cursor.execute(LOAD)
            new = cursor.rowcount
            database.commit()
        counts = [pa.array([number], pa.int32()), pa.array([payments.num_rows]), pa.array([new])]
        yield pa.record_batch(counts, ["file", "offered", "new"])


def without_password(address: str) -> str:
    """An address whose password is elsewhere: the list of processes and Spark's pages show arguments."""
    parts = urlsplit(address)
    if parts.scheme in DATABASES and (parts.password is not None or "password" in parts.query):
        raise argparse.ArgumentTypeError("expected an address without a password: set PGPASSWORD instead")
    return address


def uri(folder: str) -> str:
    return folder if "://" in folder else Path(folder).absolute().as_uri()


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Decides what is due in a whole book, and fills the outbox.")
    parser.add_argument("--book", required=True, type=without_password, help="a Parquet table, or postgresql://user@host/database")
    parser.add_argument("--on", required=True, type=date.fromisoformat, help="the day, as YYYY-MM-DD")
    parser.add_argument("--runs", required=True, type=uri, help="the folder of all runs, which every machine reaches")
    parser.add_argument("--outbox", type=without_password, help="the database of the workers; none: the files alone are written")
    parser.add_argument("--files", type=int, default=64, help="files a run; buckets are taken modulo this (64)")
    parser.add_argument("--connections", type=int, default=8, help="at most so many connections to a database (8)")
    options = parser.parse_args(arguments)
    spark = SparkSession.builder.appName(f"night of {options.on}").getOrCreate()
    run = Run(f"{options.runs}/{options.on}", options.files)
    written = write(decide(read_book(spark, options.book, options.files, options.connections), options.on), run)
    rows, payments, errors = (sum(row[name] for row in written) for name in ["rows", "payments", "errors"])
    print(f"{options.on}: {rows} due, {payments} payments, {errors} rejected, in {run.files} files")
    if options.outbox:
        new = sum(row["new"] for row in load(spark, run, options.outbox, options.connections))
        print(f"outbox: {new} new, {payments - new} that it had")


if __name__ == "__main__":
    main()
