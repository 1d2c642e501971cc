"""The forecast of a book, row by row beside the single functions, and its sums."""

from __future__ import annotations

import io
import json
import tempfile
import unittest
from collections import Counter
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

import book
import forecast
import pyarrow as pa
import pyarrow.parquet as pq
from session import session
from pyspark.sql import DataFrame

import billing_rules

ON, THROUGH = date(2026, 1, 1), date(2026, 6, 30)

Payment = tuple[str, str, str, int]
"""The id, the day, the currency and the amount."""


def singles(name: str, inputs: list) -> list:
    """The answers of a function; those that it rejects are the set of their codes."""
    lines = billing_rules.call("callLines", name, "\n".join(map(json.dumps, inputs))).splitlines()
    return [{error["code"] for error in json.loads(line[1:])} if line.startswith("!") else json.loads(line) for line in lines]


class Forecast(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = str(Path(folder.name) / "book.parquet")
        self.spark = session()

    def read(self, table: pa.Table) -> DataFrame:
        pq.write_table(table, self.file, row_group_size=20_000)
        return self.spark.read.parquet(self.file)

    def test_schedules(self) -> None:
        table, schedules = book.schedules()
        prices = table["price"].to_pylist()
        expected: list[Payment] = []
        rejected: dict[str, set[str]] = {}
        periods = singles("periods", [[one, {"from": f"{ON}", "through": f"{THROUGH}"}] for one in schedules])
        ahead = [(row, period) for row, found in enumerate(periods) if isinstance(found, list) for period in found]
        amounts = [{"amount": prices[row], "currency": "NOK"} if prices[row] else None for row, _ in ahead]
        inputs = [
            [{"schedule": schedules[row], "price": amount, "number": period["number"]}]
            for (row, period), amount in zip(ahead, amounts, strict=True)
        ]
        for (row, period), price in zip(ahead, singles("periodPrice", inputs), strict=True):
            if isinstance(price, set):
                rejected.setdefault(f"sub-{row}", price)
            else:
                expected.append((f"sub-{row}", period["start"], "NOK", price["amount"]["amount"]))
        rejected |= {f"sub-{row}": found for row, found in enumerate(periods) if isinstance(found, set)}
        self.compare(self.read(table), expected, rejected)
        self.assertGreater(len(expected), 3 * book.SCHEDULES)
        self.assertEqual(len(set(map(frozenset, rejected.values()))), 2)

    def test_states(self) -> None:
        today, through = date(2026, 1, 31), date(2027, 1, 28)
        lives = book.lives(today)
        upcoming = singles("upcoming", [[life, {"on": f"{today}", "through": f"{through}", "payments": 1_000}] for life in lives])
        expected = [
            (life["id"], payment["dueDate"], payment["amount"]["currency"], payment["amount"]["amount"])
            for life, ahead in zip(lives, upcoming, strict=True)
            for payment in ahead["payments"]
        ]
        rejected = {f"unreadable-{row}": {"missing_field"} for row in range(book.UNREADABLE)}
        self.compare(self.read(book.states(lives, today)), expected, rejected, today, through)

    def compare(
        self, rows: DataFrame, expected: list[Payment], rejected: dict[str, set[str]], on: date = ON, through: date = THROUGH
    ) -> None:
        found = forecast.payments(rows, on, through).toArrow()
        paid = found.filter(pa.compute.is_null(found["error"]))
        columns = [paid["id"], paid["due_date"].cast(pa.string()), paid["currency"], paid["amount"]]
        self.assertEqual(sorted(zip(*(column.to_pylist() for column in columns), strict=True)), sorted(expected))
        refused = found.filter(pa.compute.is_valid(found["error"]))
        codes = dict(zip(refused["id"].to_pylist(), refused["error"].to_pylist(), strict=True))
        self.assertEqual(len(codes), refused.num_rows, "a row is rejected once")
        self.assertEqual(codes.keys(), rejected.keys())
        for id, code in codes.items():
            self.assertIn(code, rejected[id])
        self.sums(rows, expected, codes, on, through)

    def sums(self, rows: DataFrame, expected: list[Payment], codes: dict[str, str], on: date, through: date) -> None:
        plans = {row["id"]: row["plan"] for row in rows.select("id", "plan").collect()}
        payments: Counter[tuple] = Counter()
        amounts: Counter[tuple] = Counter()
        for id, day, currency, amount in expected:
            group = (date.fromisoformat(day).replace(day=1), plans[id], currency, None)
            payments[group] += 1
            amounts[group] += amount
        payments.update((None, plans[id], None, code) for id, code in codes.items())
        found = [tuple(row) for row in forecast.revenue(rows, on, through).collect()]
        self.assertEqual({row[:4]: row[4] for row in found}, payments)
        self.assertEqual({row[:4]: row[5] for row in found if row[3] is None}, amounts)
        with redirect_stdout(io.StringIO()) as printed:
            forecast.main(["--book", self.file, "--on", f"{on}", "--through", f"{through}"])
        self.assertEqual(printed.getvalue().count("\n|"), len(found) + 1, "a head, and a line a group")


if __name__ == "__main__":
    unittest.main()
