"""The book of the tests: 10^4 stored subscriptions in every situation of a night, and 10^5 schedules."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

import billing_rules
from billing_rules import arrow

STATES = 10_000
SCHEDULES = 100_000
UNREADABLE = 5
"""Rows whose state nobody can read."""

PLANS = ["basic", "plus", "pro"]

Json = dict[str, Any]


def lives(today: date) -> list[Json]:
    """Subscriptions of which more than half are due by a day: to be charged, recorded, ended, or shown to their cardholder."""
    return [_life(row, today) for row in range(STATES)]


def _life(row: int, today: date) -> Json:
    def starting(days: int, **limits: Any) -> Json:
        return {"start": today - timedelta(days=days), "cycle": {"every": 30, "unit": "day"}, **limits}

    price = 9_900 + row
    imported: Json | None = {"payments": 1, "establishedBy": "payment"}
    match row % 8:
        case 0 | 1 | 2:
            schedule = starting(30)
        case 3:  # It was due ten days ago.
            schedule = starting(40)
        case 4:  # It is due in ten days.
            schedule = starting(20)
        case 5:  # The last period ends today.
            schedule, imported = starting(60, paymentCount=2), {"payments": 2, "establishedBy": "payment"}
        case 6:  # The cardholder has to come.
            schedule, imported = starting(0), None
        case _:  # Nothing is to be paid, so nothing is sent.
            schedule, price = starting(30), 0
    terms = {"price": {"amount": price, "currency": "SAR"}, "schedule": schedule}
    return billing_rules.create_subscription({"id": f"sub-{row}", "terms": terms, "imported": imported})


def bucket(row: int) -> int:
    """Any number will do that stays with a row."""
    return row * 7_919 % 1_000


def states(lives: list[Json], today: date) -> pa.Table:
    """The book as Parquet has it, with the columns of docs/how-to/spark.md."""
    rows = [json.dumps(life) for life in lives] + ["{}"] * UNREADABLE
    index = pa.array(arrow.index(pa.array(rows)))
    columns = {field.name: index.field(field.name) for field in index.type if field.name != "error"}
    unreadable = range(UNREADABLE)
    columns["id"] = pa.array([life["id"] for life in lives] + [f"unreadable-{row}" for row in unreadable])
    columns["next_action_on"] = pa.concat_arrays([columns["next_action_on"][: len(lives)], pa.array([today] * UNREADABLE)])
    columns["bucket"] = pa.array([bucket(row) for row in range(len(rows))], pa.int32())
    columns["plan"] = pa.array([PLANS[row % 3] for row in range(len(rows))])
    return pa.table(columns | {"state": pa.array(rows)})


def schedules() -> tuple[pa.Table, list[Json]]:
    """A book without states, and the inputs of the single functions. Some rows are rejected."""
    inputs = [_schedule(row) for row in range(SCHEDULES)]
    columns = {
        "id": pa.array([f"sub-{row}" for row in range(SCHEDULES)]),
        "plan": pa.array([PLANS[row % 3] for row in range(SCHEDULES)]),
        "currency": pa.array(["NOK"] * SCHEDULES),
        # Of every thousandth row the price has items.
        "price": pa.array([None if row % 1_000 == 999 else 9_900 + row for row in range(SCHEDULES)], pa.int64()),
        "start": pa.array([date.fromisoformat(one["start"]) for one in inputs]),
        "every": pa.array([one["cycle"]["every"] for one in inputs], pa.int32()),
        "unit": pa.array([one["cycle"]["unit"] for one in inputs]),
        "anchor_day": pa.array([one["anchorDay"] for one in inputs], pa.int32()),
        "end_date": pa.array([one["endDate"] and date.fromisoformat(one["endDate"]) for one in inputs], pa.date32()),
        "payment_count": pa.array([one["paymentCount"] for one in inputs], pa.int32()),
    }
    return pa.table(columns), inputs


def _schedule(row: int) -> Json:
    start = date(2024, 1, 1) + timedelta(days=row * 31 % 700)
    every, unit = [(1, "month"), (1, "month"), (3, "month"), (1, "year"), (2, "week")][row % 5]
    end = start + timedelta(days=400 + row % 600) if row % 7 == 0 else None
    return {
        "start": start.isoformat(),
        # A cycle of zero months is none.
        "cycle": {"every": 0 if row % 500 == 498 else every, "unit": unit},
        "anchorDay": 31 if unit == "month" and row % 4 == 0 else None,
        "endDate": end and end.isoformat(),
        "paymentCount": 20 if row % 11 == 0 else None,
    }
