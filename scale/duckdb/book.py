"""What a book on Parquet says, by DuckDB: who is due on a day, what they pay, and the revenue of the next month by plan.

    python scale/duckdb/book.py book.parquet 2026-01-31

The file has a row for each subscription: id, plan, price (minor units), currency, start, every, unit, anchor_day, end_date and
payment_count, as `billing_rules.arrow.index` returns them. It is read in batches, so it may be larger than the memory.
"""

from __future__ import annotations

import sys
from datetime import date
from inspect import Parameter, Signature

import duckdb
import pyarrow as pa

from billing_rules import arrow

SCHEDULE = "start, every, unit, anchor_day, end_date, payment_count"

PARAMETERS = ["DATE", "INTEGER", "VARCHAR", "INTEGER", "DATE", "INTEGER"]


def kernel_of(run, names):
    """A function over batches: the columns of the schedule, then those of these names."""

    def kernel(*columns):
        start, every, unit, anchor_day, end_date, payment_count, *others = columns
        limits = {"anchor_day": anchor_day, "end_date": end_date, "payment_count": payment_count}
        return pa.array(run(start, every, unit, **limits, **dict(zip(names, others, strict=True))))

    # DuckDB counts the parameters.
    kernel.__signature__ = Signature(Parameter(f"column_{at}", Parameter.POSITIONAL_ONLY) for at in range(6 + len(names)))
    return kernel


def register(db: duckdb.DuckDBPyConnection) -> None:
    """Adds the kernels to a connection, as functions of the schedule's six columns and a day or a price with the number of a payment."""

    def add(name, run, more, returns):
        kernel = kernel_of(run, more)
        parameters = [*PARAMETERS, *more.values()]
        # A row whose limits are null has an answer as well.
        db.create_function(name, kernel, parameters, returns, type="arrow", null_handling="special")

    add("next_due_date", arrow.next_due_date, {"after": "DATE"}, "STRUCT(due_date DATE, error VARCHAR)")
    add("due_on", arrow.due_on, {"date": "DATE"}, "STRUCT(number INTEGER, error VARCHAR)")
    period = 'STRUCT("number" INTEGER, "start" DATE, "end" DATE, "error" VARCHAR)'
    add("period_on", arrow.period_on, {"date": "DATE"}, period)
    add("amount", arrow.amounts, {"price": "BIGINT", "number": "INTEGER"}, "STRUCT(amount BIGINT, error VARCHAR)")


def next_due_dates(db: duckdb.DuckDBPyConnection, book: str, on: date) -> duckdb.DuckDBPyRelation:
    """The due date of every row after a day, and its error."""
    return db.sql(
        f"SELECT id, due.due_date, due.error FROM (SELECT id, next_due_date({SCHEDULE}, $on) AS due FROM read_parquet($book))",
        params={"book": book, "on": on},
    )


def due(db: duckdb.DuckDBPyConnection, book: str, on: date) -> duckdb.DuckDBPyRelation:
    """Who is due on a day, with the number of the payment and its amount."""
    return db.sql(
        f"""
        WITH numbered AS (SELECT *, due_on({SCHEDULE}, $on) AS due FROM read_parquet($book)),
        priced AS (SELECT *, amount({SCHEDULE}, price, due.number) AS paid FROM numbered WHERE due.number IS NOT NULL)
        SELECT id, plan, due.number AS number, paid.amount AS amount, currency FROM priced ORDER BY id
        """,
        params={"book": book, "on": on},
    )


def revenue(db: duckdb.DuckDBPyConnection, book: str, on: date) -> duckdb.DuckDBPyRelation:
    """The revenue of the month after a day's by plan and currency, from the schedules alone: nobody cancels, every payment succeeds."""
    return db.sql(
        f"""
        WITH RECURSIVE month AS (
            SELECT date_trunc('month', $on::DATE + INTERVAL 1 MONTH)::DATE AS first, last_day(first) AS last
        ),
        ahead AS (
            SELECT plan, price, currency, {SCHEDULE}, last, next_due_date({SCHEDULE}, first - 1).due_date AS day
            FROM read_parquet($book), month
            UNION ALL
            SELECT plan, price, currency, {SCHEDULE}, last, next_due_date({SCHEDULE}, day).due_date
            FROM ahead WHERE day < last
        ),
        priced AS (
            SELECT plan, currency, amount({SCHEDULE}, price, due_on({SCHEDULE}, day).number).amount AS amount
            FROM ahead WHERE day <= last
        )
        SELECT plan, currency, count(*) AS payments, sum(amount)::BIGINT AS amount FROM priced
        GROUP BY plan, currency ORDER BY plan, currency
        """,
        params={"book": book, "on": on},
    )


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    book, on = sys.argv[1], date.fromisoformat(sys.argv[2])
    db = duckdb.connect()
    register(db)
    print(f"Due on {on}:")
    print(due(db, book, on))
    print("Revenue of the next month:")
    print(revenue(db, book, on))


if __name__ == "__main__":
    main()
