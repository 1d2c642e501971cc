"""Kernels over Arrow arrays: a row has the answer of the function of the same name.

Inputs are arrays of any library with the PyCapsule interface of Arrow (pyarrow, Polars, DuckDB). A date, an int or a str stands for every
row. Answers are struct arrays with that interface, so `pyarrow.array(answer)` reads them without a copy. Their field `error` has the
code of a rejected row; a null in a column that is required, such as the price of a subscription with items, is `missing_field`.

A book is `start` (dates), `every` and `unit` (the cycle: 3 and "month"), and where its rows have them `anchor_day`, `end_date` and
`payment_count`. Amounts are minor units.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import _billing_rules

if TYPE_CHECKING:
    from ._billing_rules import ArrowArray, Column


def _array(value: Any) -> Any:
    """One array of a chunked one, copied only if it has several chunks."""
    if not hasattr(value, "combine_chunks"):
        return value
    return value.chunk(0) if value.num_chunks == 1 else value.combine_chunks()


def _book(*columns: Any) -> Any:
    return tuple(_array(column) for column in columns)


def next_due_date(
    start: ArrowArray,
    every: Column,
    unit: Column,
    *,
    after: Column,
    anchor_day: Column | None = None,
    end_date: Column | None = None,
    payment_count: Column | None = None,
) -> ArrowArray:
    """Returns `due_date`, the first after a day; null if no payment follows."""
    book = _book(start, every, unit, anchor_day, end_date, payment_count)
    return _billing_rules.next_due_date(book, _array(after))


def period_on(
    start: ArrowArray,
    every: Column,
    unit: Column,
    *,
    date: Column,
    anchor_day: Column | None = None,
    end_date: Column | None = None,
    payment_count: Column | None = None,
) -> ArrowArray:
    """Returns the `number`, `start` and `end` of the period that contains a day; null outside all periods."""
    book = _book(start, every, unit, anchor_day, end_date, payment_count)
    return _billing_rules.period_on(book, _array(date))


def due_on(
    start: ArrowArray,
    every: Column,
    unit: Column,
    *,
    date: Column,
    anchor_day: Column | None = None,
    end_date: Column | None = None,
    payment_count: Column | None = None,
) -> ArrowArray:
    """Returns the `number` of the payment that is due on a day; null if none is."""
    book = _book(start, every, unit, anchor_day, end_date, payment_count)
    return _billing_rules.due_on(book, _array(date))


def amounts(
    start: ArrowArray,
    every: Column,
    unit: Column,
    *,
    price: Column,
    number: Column,
    anchor_day: Column | None = None,
    end_date: Column | None = None,
    payment_count: Column | None = None,
    first_period: str | None = None,
    rounding: str | None = None,
    round_to: int = 1,
) -> ArrowArray:
    """Returns the `amount` of a payment by its number; null for a row without a number, or after the last payment."""
    book = _book(start, every, unit, anchor_day, end_date, payment_count)
    return _billing_rules.amounts(book, _array(price), _array(number), first_period, rounding, round_to)


def prorate(
    start: ArrowArray,
    every: Column,
    unit: Column,
    *,
    price: Column,
    to: Column,
    at: Column,
    anchor_day: Column | None = None,
    end_date: Column | None = None,
    payment_count: Column | None = None,
    cycle: str | dict[str, Any] | None = None,
    new_payment_count: int | None = None,
    new_anchor_day: int | None = None,
    effective: str | None = None,
    settle: str | None = None,
    prorate: bool | None = None,
    first_period: str | None = None,
    rounding: str | None = None,
    round_to: int = 1,
) -> ArrowArray:
    """Returns what a change of the price costs: `effective`, `credit`, `charge`, `due_now`, `balance`, `next_due_date` and `next_amount`.

    `cycle`, `new_payment_count` and `new_anchor_day` are those after the change.
    """
    book = _book(start, every, unit, anchor_day, end_date, payment_count)
    new_cycle = None if cycle is None else json.dumps(cycle)
    options = (new_cycle, new_payment_count, new_anchor_day, effective, settle, prorate)
    return _billing_rules.prorate(
        book, _array(price), _array(to), _array(at), options, first_period, rounding, round_to
    )


def index(states: ArrowArray) -> ArrowArray:
    """Returns the columns by which a book is searched: `id`, `status`, `next_action_on`, `price`, `currency`, and the schedule's."""
    return _billing_rules.index(_array(states))


def next_action(states: ArrowArray, *, today: Column) -> ArrowArray:
    """Returns the `action` of each stored subscription as JSON, with the `reference` of its payment."""
    return _billing_rules.next_action(_array(states), _array(today))


def apply_event(states: ArrowArray, events: Column) -> ArrowArray:
    """Returns each stored subscription after an event: its `state` and its `next_action_on`."""
    return _billing_rules.apply_event(_array(states), _array(events))


def forecast(states: ArrowArray, *, on: Column, through: Column) -> ArrowArray:
    """Returns the `payments` from a day through another: a list of `due_date`, `amount` and `currency`."""
    return _billing_rules.forecast(_array(states), _array(on), _array(through))
