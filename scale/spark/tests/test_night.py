"""A night in which an executor and a worker are killed and the run is repeated, beside one in which nothing goes wrong.

DineroPay deduplicates nothing, so whatever is sent twice is charged twice.
"""

from __future__ import annotations

import argparse
import io
import json
import tempfile
import unittest
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

import book
import nightly
import pyarrow.parquet as pq
from executors import Killer
from session import session
from pyspark.sql import DataFrame, SparkSession
from shop import Day, Shop

import billing_rules

FILES = 32
VICTIM, LAST_CHARGE = "worker-1", 300


class Night(unittest.TestCase):
    spark: SparkSession
    day: Day
    today: date
    lives: list[book.Json]

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.spark = session()
        cls.day = Day()
        cls.today = cls.day.date
        cls.lives = book.lives(cls.today)
        cls.table = book.states(cls.lives, cls.today)
        cls.parquet = cls.folder / "book"
        cls.parquet.mkdir()
        quarter = cls.table.num_rows // 4
        for part in range(4):
            pq.write_table(cls.table.slice(part * quarter, quarter + 3 * (part == 3)), cls.parquet / f"{part}.parquet")
        cls.rows = cls.folder / "rows.json"
        columns = [cls.table[name].to_pylist() for name in ["id", "next_action_on", "state"]]
        rows = ({"id": id, "next_action_on": day and f"{day}", "state": json.loads(state)} for id, day, state in zip(*columns, strict=True))
        cls.rows.write_text("\n".join(map(json.dumps, rows)))
        cls.undisturbed()
        cls.disturbed()

    @classmethod
    def open_shop(cls) -> Shop:
        shop = Shop(cls.day.zone)
        cls.addClassCleanup(shop.close)
        shop.fill(str(cls.rows))
        return shop

    @classmethod
    def undisturbed(cls) -> None:
        """Reads the database, by the command."""
        shop = cls.open_shop()
        arguments = ["--book", shop.database, "--outbox", shop.database, "--on", f"{cls.today}"]
        with redirect_stdout(io.StringIO()) as printed:
            nightly.main([*arguments, "--runs", str(cls.folder / "undisturbed"), "--files", f"{FILES}"])
        cls.printed = printed.getvalue()
        cls.expected_outbox = shop.outbox()
        assert shop.work("worker-1", "worker-2") == [0, 0]
        cls.expected_charges = shop.books()["charged"]
        assert shop.work("worker-3", mode="night") == [0]
        cls.expected_books = shop.books()

    @classmethod
    def disturbed(cls) -> None:
        """Reads Parquet; everything is done at least twice."""
        shop = cls.open_shop()
        folder = cls.folder / "disturbed"
        cls.run_ = run = nightly.Run(folder.as_uri(), FILES)

        with Killer(cls.spark, folder, FILES) as cls.killer:
            nightly.write(cls.decided(), run)
        cls.first_files = contents(folder)
        cls.first_load = nightly.load(cls.spark, run, shop.database)
        nightly.write(cls.decided(), run)
        cls.second_files = contents(folder)
        cls.second_load = nightly.load(cls.spark, run, shop.database)
        cls.outbox = shop.outbox()

        cls.ends = shop.work(VICTIM, "worker-2", "worker-3", kill={VICTIM: LAST_CHARGE})
        cls.left = shop.outbox()
        cls.after_the_kill = shop.books()
        # What has been charged is offered again.
        cls.third_load = nightly.load(cls.spark, run, shop.database)
        assert shop.work("worker-4") == [0]
        cls.before_the_hour = shop.books()
        shop.later()
        # What the killed worker never sent is due again.
        assert shop.work("worker-5", mode="night") == [0]
        cls.left_at_last = shop.outbox()
        cls.books = shop.books()

    @classmethod
    def decided(cls) -> DataFrame:
        return nightly.decide(nightly.read_book(cls.spark, str(cls.parquet), FILES), cls.today)

    def due(self) -> list[book.Json]:
        return [life for life in self.lives if life["nextActionOn"] and date.fromisoformat(life["nextActionOn"]) <= self.today]

    def test_every_row_has_the_answer_of_the_single_function(self) -> None:
        due = self.due()
        calls = "\n".join(json.dumps([life, f"{self.today}"]) for life in due)
        answers = billing_rules.call("callLines", "nextAction", calls).splitlines()
        expected = {life["id"]: (answer, None) for life, answer in zip(due, answers, strict=True)}
        expected |= {f"unreadable-{row}": (None, "missing_field") for row in range(book.UNREADABLE)}
        self.assertGreater(len(due), book.STATES // 2)
        self.assertLess(len(due), book.STATES)
        kinds = {json.loads(answer)["type"] for answer in answers}
        self.assertEqual(kinds, {"charge", "record", "finish", "checkout"})
        for folder in [self.folder / "disturbed", self.folder / "undisturbed" / f"{self.today}"]:
            rows = [row for file in folder.iterdir() for row in pq.read_table(file).to_pylist()]
            self.assertEqual(len(rows), len(expected))
            self.assertEqual({row["id"]: (row["action"], row["error"]) for row in rows}, expected)

    def test_the_outbox_has_each_payment_of_the_single_functions_once(self) -> None:
        actions = [(life["id"], billing_rules.next_action(life, self.today)) for life in self.due()]
        payments = sorted((action["payment"]["reference"], id) for id, action in actions if action["type"] in nightly.PAYMENTS)
        expected = [{"reference": reference, "subscription": id, "started": False, "sent_at": None} for reference, id in payments]
        self.assertEqual(self.expected_outbox, expected)
        self.assertEqual(self.outbox, expected)

    def test_an_executor_was_killed_in_the_middle(self) -> None:
        self.assertGreater(self.killer.files_then, 0)
        self.assertLess(self.killer.files_then, FILES)
        self.assertNotIn(self.killer.killed, self.killer.after)
        self.assertEqual(len(self.first_files), FILES)

    def test_a_repeat_gives_the_same_files_and_adds_nothing(self) -> None:
        self.assertEqual(self.second_files, self.first_files)
        payments = len(self.expected_outbox)
        for load, new in [(self.first_load, payments), (self.second_load, 0)]:
            self.assertEqual([sum(row[name] for row in load) for name in ["offered", "new"]], [payments, new])
        self.assertIn(f"{payments} payments, {book.UNREADABLE} rejected, in {FILES} files", self.printed)
        self.assertIn(f"outbox: {payments} new, 0 that it had", self.printed)

    def test_a_worker_was_killed_between_send_and_commit(self) -> None:
        self.assertEqual(self.ends, ["SIGKILL", 0, 0])
        unknown = set(self.after_the_kill["charged"]) - set(self.after_the_kill["paid"])
        self.assertGreater(len(unknown), 0)
        self.assertLessEqual({entry.split(" ")[0] for entry in unknown}, {row["reference"] for row in self.left})
        # The files were loaded again with every payment that was over, and nobody was charged for it.
        self.assertEqual(sum(row["new"] for row in self.third_load), len(self.outbox) - len(self.left))
        self.assertEqual(self.before_the_hour["charged"], self.after_the_kill["charged"])

    def test_nobody_is_charged_twice_and_nobody_is_forgotten(self) -> None:
        charged = self.books["charged"]
        references = [entry.split(" ")[0] for entry in charged]
        self.assertEqual(len(references), len(set(references)))
        free = {life["id"] for life in self.lives if life["current"]["price"]["amount"] == 0}
        self.assertEqual(references, [row["reference"] for row in self.expected_outbox if row["subscription"] not in free])
        self.assertEqual(self.left_at_last, [])

    def test_the_books_are_those_of_the_undisturbed_night(self) -> None:
        for name, expected in self.expected_books.items():
            self.assertTrue(self.books[name] == expected, name)
        self.assertTrue(self.expected_books["charged"] == self.expected_charges, "the rest of the night charges nobody")

    def test_both_sources_are_read_by_the_date(self) -> None:
        shop = Shop(self.day.zone)
        self.addCleanup(shop.close)
        for source in [str(self.parquet), shop.database]:
            due = nightly.decide(nightly.read_book(self.spark, source, FILES), self.today)
            with redirect_stdout(io.StringIO()) as plan:
                due.explain()
            self.assertRegex(plan.getvalue(), r"PushedFilters: \[[^\]]*LessThanOrEqual\(next_action_on", plan.getvalue())

    def test_an_address_has_no_password(self) -> None:
        for address in ["postgresql://night:secret@db/shop", "postgres://db/shop?password=secret"]:
            with self.assertRaises(argparse.ArgumentTypeError) as raised:
                nightly.without_password(address)
            self.assertNotIn("secret", str(raised.exception))
        self.assertEqual(nightly.without_password("postgresql://night@db/shop"), "postgresql://night@db/shop")


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


if __name__ == "__main__":
    unittest.main()
