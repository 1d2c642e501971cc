"""The revenue of a whole book by month and plan, on Spark.

    spark-submit scale/spark/forecast.py --book s3://books/2026-01-31 --on 2026-02-01 --through 2027-01-31

With a column `state`, the payments are those that each subscription will make if nothing changes and every attempt succeeds: discounts, steps,
pending changes and ends count. Without it they are those of the schedule's columns, as `billing_rules.arrow.index` returns them, at `price`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as sql

from billing_rules import arrow

Batches = Iterator[pa.RecordBatch]

SCHEDULE = ["start", "every", "unit", "anchor_day", "end_date", "payment_count"]

PAYMENT = pa.schema(
    [
        ("id", pa.string()),
        ("plan", pa.string()),
        ("due_date", pa.date32()),
        ("currency", pa.string()),
        ("amount", pa.int64()),
        ("error", pa.string()),
    ]
)
"""A payment; or a row of the book that was rejected, with its code and nothing else."""

COLUMNS = "id string, plan string, due_date date, currency string, amount long, error string"


def payments(book: DataFrame, on: date, through: date) -> DataFrame:
    """Every payment of a book from a day through another."""
    return _rows(book).mapInArrow(partial(_payments, on, through), COLUMNS)


def revenue(book: DataFrame, on: date, through: date) -> DataFrame:
    """The sum of those payments by month, plan and currency. Rejected rows are counted by their `error`, and have no month."""
    sums = "month date, plan string, currency string, error string, payments long, amount long"
    parts = _rows(book).mapInArrow(partial(_sums, on, through), sums)
    by = ["month", "plan", "currency", "error"]
    total = parts.groupBy(by).agg(sql.sum("payments").alias("payments"), sql.sum("amount").alias("amount"))
    return total.orderBy(by)


def _rows(book: DataFrame) -> DataFrame:
    more = ["state"] if "state" in book.columns else ["currency", "price", *SCHEDULE]
    return book.select("id", "plan", *more)


def _payments(on: date, through: date, batches: Batches) -> Batches:
    for batch in batches:
        find = _of_states if "state" in batch.schema.names else _of_schedules
        for table in find(batch, on, through):
            yield from table.cast(PAYMENT).to_batches()


def _sums(on: date, through: date, batches: Batches) -> Batches:
    for batch in _payments(on, through, batches):
        table = pa.table(batch)
        month = pc.cast(pc.floor_temporal(table["due_date"], unit="month"), pa.date32())
        groups = table.append_column("month", month).group_by(["month", "plan", "currency", "error"])
        sums = groups.aggregate([([], "count_all"), ("amount", "sum")])
        names = ["month", "plan", "currency", "error", "count_all", "amount_sum"]
        yield from sums.select(names).rename_columns([*names[:4], "payments", "amount"]).to_batches()


def _of_states(batch: pa.RecordBatch, on: date, through: date) -> Iterator[pa.Table]:
    answer = pa.array(arrow.forecast(batch["state"], on=on, through=through))
    lists = answer.field("payments")
    parents, ahead = pc.list_parent_indices(lists), pc.list_flatten(lists)
    due_date, amount, currency = map(ahead.field, ["due_date", "amount", "currency"])
    yield _table(batch.take(parents), due_date, currency, amount)
    yield _rejected(batch, answer.field("error"))


def _of_schedules(batch: pa.RecordBatch, on: date, through: date) -> Iterator[pa.Table]:
    """Goes from due date to due date, with the rows that have a further one."""
    after: date | pa.Array = on - timedelta(days=1)
    while batch.num_rows > 0:
        schedule = {name: batch[name] for name in SCHEDULE}
        found = pa.array(arrow.next_due_date(**schedule, after=after))
        yield _rejected(batch, found.field("error"))
        is_due = pc.fill_null(pc.less_equal(found.field("due_date"), pa.scalar(through, pa.date32())), False)
        batch, after = batch.filter(is_due), found.field("due_date").filter(is_due)
        schedule = {name: batch[name] for name in SCHEDULE}
        number = pa.array(arrow.due_on(**schedule, date=after)).field("number")
        amounts = pa.array(arrow.amounts(**schedule, price=batch["price"], number=number))
        yield _rejected(batch, amounts.field("error"))
        has_amount = pc.is_valid(amounts.field("amount"))
        # A row without an amount is reported once.
        batch, after = batch.filter(has_amount), after.filter(has_amount)
        yield _table(batch, after, batch["currency"], amounts.field("amount").filter(has_amount))


def _table(rows: pa.RecordBatch, due_date: pa.Array, currency: pa.Array, amount: pa.Array) -> pa.Table:
    columns = [rows["id"], rows["plan"], due_date, currency, amount, pa.nulls(rows.num_rows, pa.string())]
    return pa.table(columns, PAYMENT.names)


def _rejected(batch: pa.RecordBatch, error: pa.Array) -> pa.Table:
    is_rejected = pc.is_valid(error)
    rows = batch.filter(is_rejected)
    none = [pa.nulls(rows.num_rows, PAYMENT.field(name).type) for name in ["due_date", "currency", "amount"]]
    return pa.table([rows["id"], rows["plan"], *none, error.filter(is_rejected)], PAYMENT.names)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="The revenue of a book by month, plan and currency.")
    parser.add_argument("--book", required=True, help="a Parquet table")
    parser.add_argument("--on", required=True, type=date.fromisoformat, help="the first day, as YYYY-MM-DD")
    parser.add_argument("--through", required=True, type=date.fromisoformat, help="the last day")
    options = parser.parse_args(arguments)
    spark = SparkSession.builder.appName("forecast").getOrCreate()
    revenue(spark.read.parquet(options.book), options.on, options.through).show(n=1_000_000, truncate=False)


if __name__ == "__main__":
    main()
