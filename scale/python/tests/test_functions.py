"""The plain functions, and the kernels over stored subscriptions."""

from __future__ import annotations

import inspect
import json
import unittest
from datetime import date, timedelta

import pyarrow as pa

import billing_rules
from billing_rules import BillingError, arrow

MONTHLY = {"start": "2025-01-31", "cycle": "monthly"}


def subscriptions(count: int) -> list[dict]:
    """Subscriptions with some payments made, each with its own."""
    made = []
    for row in range(count):
        start = date(2025, 1, 31) + timedelta(days=row % 60)
        schedule = {"start": start, "cycle": ["monthly", "quarterly", "weekly"][row % 3]}
        terms = {"price": {"amount": 9_900 + row, "currency": "NOK"}, "schedule": schedule}
        life = billing_rules.create_subscription({"id": f"sub-{row}", "terms": terms})
        for _ in range(row % 4):
            today = life["nextActionOn"]
            reference = billing_rules.next_action(life, today)["payment"]["reference"]
            for kind in ["attempt_started", "payment_succeeded"]:
                life = billing_rules.apply_event(life, {"type": kind, "reference": reference, "on": today})
        made.append(life)
    return made


class Functions(unittest.TestCase):
    def test_a_date_is_a_string_or_a_date(self) -> None:
        self.assertEqual(billing_rules.next_due_date(MONTHLY, date(2025, 1, 31)), "2025-02-28")
        self.assertEqual(billing_rules.next_due_date(MONTHLY, "2025-01-31"), "2025-02-28")
        self.assertEqual(billing_rules.call("nextDueDate", MONTHLY, "2025-01-31"), "2025-02-28")

    def test_wrong_input_has_every_error(self) -> None:
        with self.assertRaises(BillingError) as raised:
            billing_rules.next_due_date({"start": "2025-02-30", "cycle": "month"}, "2025-01-31")
        error = raised.exception
        self.assertEqual((error.code, error.path, len(error.errors)), ("invalid_date", "/schedule/start", 2))
        with self.assertRaises(TypeError):
            billing_rules.next_due_date(MONTHLY, object())

    def test_every_function_is_known_and_explained(self) -> None:
        for name in billing_rules.__all__:
            function = getattr(billing_rules, name)
            if not inspect.isfunction(function) or name == "call":
                continue
            self.assertTrue(function.__doc__)
            with self.assertRaises(BillingError) as raised:
                function(*[None] * len(inspect.signature(function).parameters))
            self.assertNotEqual(raised.exception.code, "unknown_function", name)

    def test_kernels_reject_what_is_no_column(self) -> None:
        start = pa.array([date(2025, 1, 31)] * 2)
        with self.assertRaises(ValueError):
            arrow.next_due_date(start, pa.array([1, 1, 1]), "month", after=date(2025, 2, 1))
        with self.assertRaises(ValueError):
            arrow.next_due_date(start, 1, "month", after=1.5)
        with self.assertRaises(ValueError):
            arrow.amounts(start, 1, "month", price=1, number=1, rounding="sideways")

    def test_a_chunked_array_is_one_column(self) -> None:
        start = pa.chunked_array([[date(2025, 1, 31)], [date(2025, 2, 10)]])
        answer = pa.array(arrow.next_due_date(start, 1, "month", after=date(2025, 2, 20)))
        self.assertEqual(answer.field("due_date").to_pylist(), [date(2025, 2, 28), date(2025, 3, 10)])


class States(unittest.TestCase):
    lives = subscriptions(400)
    states = pa.array([*map(json.dumps, lives), None, "{}"])

    def test_the_index(self) -> None:
        rows = pa.array(arrow.index(self.states)).to_pylist()
        for row, life in zip(rows, self.lives, strict=False):
            expected = (life["id"], life["status"], life["nextActionOn"], life["current"]["price"]["amount"])
            found = (row["id"], row["status"], row["next_action_on"].isoformat(), row["price"])
            self.assertEqual((found, row["error"]), (expected, None))
        self.assertEqual([row["error"] for row in rows[-2:]], ["missing_field", "missing_field"])

    def test_the_next_actions_are_those_of_the_function_to_the_byte(self) -> None:
        today = date(2026, 1, 31)
        answer = pa.array(arrow.next_action(self.states, today=today)).to_pylist()
        calls = "\n".join(json.dumps([life, today.isoformat()]) for life in self.lives)
        expected = billing_rules.call("callLines", "nextAction", calls).splitlines()
        self.assertEqual([row["action"] for row in answer[:-2]], expected)
        payments = [json.loads(action).get("payment") for action in expected]
        self.assertEqual([row["reference"] for row in answer[:-2]], [payment and payment["reference"] for payment in payments])

    def test_events(self) -> None:
        days = [life["nextActionOn"] for life in self.lives]
        actions = map(billing_rules.next_action, self.lives, days)
        events = [
            {"type": "attempt_started", "reference": action["payment"]["reference"], "on": day}
            for action, day in zip(actions, days, strict=True)
        ]
        answer = pa.array(arrow.apply_event(self.states[:-2], pa.array(map(json.dumps, events)))).to_pylist()
        calls = "\n".join(map(json.dumps, zip(self.lives, events, strict=True)))
        self.assertEqual([row["state"] for row in answer], billing_rules.call("callLines", "applyEvent", calls).splitlines())
        wrong = pa.array(arrow.apply_event(self.states, '{"type": "nothing"}')).field("error").to_pylist()
        self.assertEqual(set(wrong), {"unknown_value", "missing_field"})

    def test_the_forecast(self) -> None:
        on, through = date(2026, 1, 31), date(2026, 6, 30)
        rows = pa.array(arrow.forecast(self.states, on=on, through=through)).to_pylist()
        for row, life in zip(rows, self.lives, strict=False):
            payments = billing_rules.upcoming(life, {"on": on, "through": through, "payments": 1000})["payments"]
            expected = [(payment["dueDate"], payment["amount"]["amount"]) for payment in payments]
            self.assertEqual([(one["due_date"].isoformat(), one["amount"]) for one in row["payments"]], expected)
        self.assertEqual(rows[-1], {"payments": None, "error": "missing_field"})


if __name__ == "__main__":
    unittest.main()
