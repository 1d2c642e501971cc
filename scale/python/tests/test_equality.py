"""Every kernel gives each of a million rows the answer of the single function, through the wheel and through DuckDB."""

from __future__ import annotations

import json
import random
import sys
import tempfile
import unittest
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

import billing_rules
from billing_rules import arrow

sys.path.insert(0, str(Path(__file__).parents[2] / "duckdb"))
import book as queries  # noqa: E402

ROWS = 1_000_000
ON = date(2031, 1, 31)
EPOCH = date(1970, 1, 1).toordinal()
CYCLES = [(1, "month")] * 5 + [(3, "month"), (6, "month"), (1, "year"), (1, "week"), (2, "week"), (10, "day"), (0, "month")]
UNITS = ["day", "week", "month", "year"]


def days(column: list[int | None]) -> pa.Array:
    return pa.array(column, pa.int32()).cast(pa.date32())


class Book:
    """A random book of which a few rows are invalid in each way."""

    def __init__(self, rows: int) -> None:
        at = random.Random(7)
        start = [None if at.random() < 0.001 else at.randrange(18_000, 22_000) for _ in range(rows)]
        cycles = at.choices(CYCLES, k=rows)
        anchor = at.choices([None, None, None, 1, 15, 30, 31, 32], k=rows)
        length = at.choices([None, None, 0, 29, 400, 5_000, -1], k=rows)
        self.count = at.choices([None, None, None, 1, 5, 100, 0], k=rows)
        self.end = [None if more is None or day is None else day + more for day, more in zip(start, length, strict=True)]
        self.start, self.cycles, self.anchor = start, cycles, anchor
        self.at = [18_000 if day is None else day + at.randrange(-20, 900) for day in start]
        self.price = at.choices([None, -1, 0, 9_900, 19_950, 100_000], k=rows)
        self.to = at.choices([0, 9_900, 25_000], k=rows)
        self.number = at.choices([1, 1, 2, 3, 50], k=rows)
        self.columns = {
            "start": days(start),
            "every": pa.array([every for every, _ in cycles], pa.int32()),
            "unit": pa.array([unit for _, unit in cycles]),
            "anchor_day": pa.array(anchor, pa.int32()),
            "end_date": days(self.end),
            "payment_count": pa.array(self.count, pa.int32()),
        }
        # Each as JSON, which the single functions read: a million dicts take longer than the rules.
        self.schedules = [json.dumps(self.schedule(row)) for row in range(rows)]
        self.days = [json.dumps(iso(day)) for day in self.at]
        self.prices = [json.dumps(money(amount)) for amount in self.price]

    def schedule(self, row: int) -> dict:
        every, unit = self.cycles[row]
        schedule = {"start": iso(self.start[row]), "cycle": {"every": every, "unit": unit}, "anchorDay": self.anchor[row]}
        return schedule | {"endDate": iso(self.end[row]), "paymentCount": self.count[row]}

    def with_days(self):
        """The schedule and the day of each row, as arguments."""
        return (f"[{schedule},{day}]" for schedule, day in zip(self.schedules, self.days, strict=True))


def iso(day: int | None) -> str | None:
    return None if day is None else date.fromordinal(day + EPOCH).isoformat()


def money(amount: int | None) -> dict | None:
    return None if amount is None else {"amount": amount, "currency": "NOK"}


def price_of(schedule: str, price: str, number: int, rounding: str = "half_up") -> str:
    """The argument of the price of a period."""
    return f'[{{"schedule":{schedule},"price":{price},"number":{number},"rounding":"{rounding}"}}]'


def singles(name: str, arguments) -> list:
    """The answer of the single function for the arguments of each row, as JSON, or the set of the codes that it rejects the row with."""
    answers = billing_rules.call("callLines", name, "\n".join(arguments)).splitlines()
    return [
        {error["code"] for error in json.loads(line[1:])} if line.startswith("!") else json.loads(line) for line in answers
    ]


class Equality(unittest.TestCase):
    book = Book(ROWS)

    def compare(self, answer, expected: list, read) -> None:
        """Compares a struct array with the answers, as `read` has their fields."""
        rows = pa.array(answer)
        errors = rows.field("error").to_pylist()
        fields = [field.name for field in rows.type if field.name != "error"]
        columns = [
            (column.cast(pa.int32()) if column.type == pa.date32() else column).to_pylist()
            for column in map(rows.field, fields)
        ]
        self.assertEqual(len(errors), len(expected))
        seen = set()
        for row, (error, single) in enumerate(zip(errors, expected, strict=True)):
            found = tuple(column[row] for column in columns)
            if isinstance(single, set):
                self.assertIn(error, single, f"row {row}: {self.book.schedule(row)}")
                self.assertEqual(found, (None,) * len(columns))
            elif error is not None or found != read(single):
                self.fail(f"row {row}: {error} {found}, but {single} for {self.book.schedule(row)}")
            seen.add(error)
        self.assertGreater(len(seen), 4, seen)

    def test_next_due_dates(self) -> None:
        book = self.book
        answer = arrow.next_due_date(**book.columns, after=days(book.at))
        expected = singles("nextDueDate", book.with_days())
        self.compare(answer, expected, lambda day: (ordinal(day),))

    def test_periods(self) -> None:
        book = self.book
        expected = singles("periodOn", book.with_days())

        def read(period):
            if period is None:
                return (None, None, None)
            return (period["number"], ordinal(period["start"]), ordinal(period["end"]))

        self.compare(arrow.period_on(**book.columns, date=days(book.at)), expected, read)

    def test_amounts(self) -> None:
        book = self.book
        price, number = pa.array(book.price, pa.int64()), pa.array(book.number, pa.int32())
        answer = arrow.amounts(**book.columns, price=price, number=number, rounding="half_even")
        rows = zip(book.schedules, book.prices, book.number, strict=True)
        inputs = (price_of(*row, rounding="half_even") for row in rows)
        self.compare(answer, singles("periodPrice", inputs), lambda line: (line and line["amount"]["amount"],))

    def test_prorations(self) -> None:
        book = self.book
        price, to = pa.array(book.price, pa.int64()), pa.array(book.to, pa.int64())
        answer = arrow.prorate(**book.columns, price=price, to=to, at=days(book.at), settle="next_payment")

        def change(schedule: str, price: str, to: int, at: str) -> str:
            prices = f'"from":{price},"to":{json.dumps(money(to))}'
            return f'[{{"schedule":{schedule},{prices},"at":{at},"settle":"next_payment"}}]'

        def read(answer):
            amounts = [answer[name]["amount"] for name in ["credit", "charge", "dueNow", "balance"]]
            following = answer["nextPayment"]
            last = (ordinal(following["dueDate"]), following["amount"]["amount"]) if following else (None, None)
            return (ordinal(answer["effective"]), *amounts, *last)

        self.compare(answer, singles("prorate", map(change, book.schedules, book.prices, book.to, book.days)), read)

    def test_duckdb(self) -> None:
        book = self.book
        names = pa.array([f"sub-{row}" for row in range(ROWS)])
        plans = pa.array(["basic", "plus", "pro"] * (ROWS // 3) + ["pro"] * (ROWS % 3))
        table = pa.table(
            {"id": names, "plan": plans, "price": pa.array(book.price, pa.int64()), **book.columns}
            | {"currency": pa.array(["NOK"] * ROWS)}
        )
        file = str(Path(self.folder.name) / "book.parquet")
        pq.write_table(table, file)
        db = duckdb.connect()
        queries.register(db)
        found = {row[0]: row[1:] for row in queries.next_due_dates(db, file, ON).fetchall()}
        kernel = pa.array(arrow.next_due_date(**book.columns, after=ON))
        expected = zip(names.to_pylist(), kernel.field("due_date").to_pylist(), kernel.field("error").to_pylist(), strict=True)
        self.assertEqual(found, {name: (due, error) for name, due, error in expected})

        # Who is due, and the revenue, from the single functions.
        due = queries.due(db, file, ON).fetchall()
        numbers = pa.array(arrow.due_on(**book.columns, date=ON)).field("number")
        amounts = pa.array(arrow.amounts(**book.columns, price=table["price"], number=numbers)).field("amount")
        is_due = zip(names.to_pylist(), numbers.to_pylist(), amounts.to_pylist(), strict=True)
        self.assertEqual(sorted((row[0], row[2], row[3]) for row in due), sorted(row for row in is_due if row[1] is not None))
        self.assertGreater(len(due), 1_000)
        self.revenue(db, file, plans.to_pylist())

    def revenue(self, db, file: str, plans: list[str]) -> None:
        """Compares the revenue of a month with that of the single functions: the periods of each row, and the price of each period."""
        book = self.book
        february = '{"from":"2031-02-01","through":"2031-02-28"}'
        periods = singles("periods", (f"[{schedule},{february}]" for schedule in book.schedules))
        paid = [
            (row, period["number"])
            for row, found in enumerate(periods)
            if not isinstance(found, set)
            for period in found
        ]
        prices = singles("periodPrice", (price_of(book.schedules[row], book.prices[row], number) for row, number in paid))
        expected: dict[str, list[int]] = {}
        for (row, _), price in zip(paid, prices, strict=True):
            total = expected.setdefault(plans[row], [0, 0])
            total[0] += 1
            # A payment without a price is rejected, and counts.
            total[1] += 0 if isinstance(price, set) else price["amount"]["amount"]
        self.assertGreater(len(paid), ROWS // 10)
        found = {plan: [payments, amount] for plan, _, payments, amount in queries.revenue(db, file, ON).fetchall()}
        self.assertEqual(found, expected)

    def setUp(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)


def ordinal(day: str | None) -> int | None:
    return None if day is None else date.fromisoformat(day).toordinal() - EPOCH


if __name__ == "__main__":
    unittest.main()
