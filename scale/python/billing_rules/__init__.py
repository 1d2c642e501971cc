"""Rules for recurring payments: due dates, proration, the life of a subscription.

The functions have the names of the JavaScript package in the style of Python. Values are those of its JSON: dicts whose keys are as in
JavaScript, dates as "YYYY-MM-DD" or datetime.date. Wrong input raises BillingError.

`call` reaches every other function by its JavaScript name, such as call("a55.createCharge", input). `billing_rules.arrow` has the kernels
over Arrow arrays.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from . import _billing_rules

Json = dict[str, Any]
"""An object as the JavaScript package has it."""

Day = str | date
"""A day as "YYYY-MM-DD" or a datetime.date."""


class BillingError(ValueError):
    """What every function raises for wrong input.

    `code` and `path` are those of the first error; `errors` has all of them, each with `code`, `path` and `message`.
    """

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__("; ".join(f"{error['message']} (at {error['path']})" for error in errors))
        self.errors = errors
        self.code = errors[0]["code"]
        self.path = errors[0]["path"]


def _default(value: object) -> str:
    if isinstance(value, date) and not hasattr(value, "hour"):
        return value.isoformat()
    raise TypeError(f"expected a value of JSON or a date, got {type(value).__name__}")


def call(name: str, *arguments: Any) -> Any:
    """Calls a function by its JavaScript name. Arguments and answer are values of JSON."""
    succeeded, answer = _billing_rules.call(name, json.dumps(arguments, default=_default))
    if succeeded:
        return json.loads(answer)
    raise BillingError(json.loads(answer))


def add_days(date: Day, days: int) -> str:
    """Returns the date a number of days later, or earlier if it is negative."""
    return call("addDays", date, days)


def next_due_date(schedule: Json, after: Day) -> str | None:
    """Returns the first due date after a day; None if no payment follows."""
    return call("nextDueDate", schedule, after)


def due_dates(schedule: Json, range: Json | None = None) -> list[str]:
    """Returns the due dates in a range."""
    return call("dueDates", schedule, range)


def period(schedule: Json, number: int) -> Json | None:
    """Returns the period of a payment; None if the schedule has fewer payments."""
    return call("period", schedule, number)


def period_on(schedule: Json, date: Day) -> Json | None:
    """Returns the period that contains a day; None before the start and after the last period."""
    return call("periodOn", schedule, date)


def periods(schedule: Json, range: Json | None = None) -> list[Json]:
    """Returns the periods whose due dates are in a range."""
    return call("periods", schedule, range)


def last_payment(schedule: Json) -> Json | None:
    """Returns the last payment and the limit that makes it the last."""
    return call("lastPayment", schedule)


def allocate(total: Json, weights: list[int]) -> list[Json]:
    """Splits an amount by weights without losing a unit."""
    return call("allocate", total, weights)


def period_price(input: Json) -> Json | None:
    """Returns the price of a period as a line."""
    return call("periodPrice", input)


def parse_decimal(text: str, currency: str) -> Json:
    """Returns the amount of a decimal number."""
    return call("parseDecimal", text, currency)


def format_decimal(money: Json) -> str:
    """Returns an amount as a decimal number."""
    return call("formatDecimal", money)


def currency_info(code: str) -> Json:
    """Returns the code and the exponent of a currency."""
    return call("currencyInfo", code)


def prorate(input: Json) -> Json:
    """Computes what a plan change costs."""
    return call("prorate", input)


def select_indicator(input: Json) -> Json:
    """Decides who initiates a payment, with the reason."""
    return call("selectIndicator", input)


def with_trial(terms: Json, on: Day, days: int) -> Json:
    """Returns the terms with a trial of some days."""
    return call("withTrial", terms, on, days)


def preview(terms: Json, options: Json) -> Json:
    """Returns what a checkout page shows."""
    return call("preview", terms, options)


def scheme_reminders(terms: Json, options: Json) -> list[Json]:
    """Returns the reminders that the card schemes require."""
    return call("schemeReminders", terms, options)


def plan_retry(input: Json) -> Json:
    """Decides when a declined payment is tried again."""
    return call("planRetry", input)


def create_subscription(input: Json) -> Json:
    """Creates a subscription, which you store."""
    return call("createSubscription", input)


def next_action(subscription: Json, today: Day) -> Json:
    """Returns what is due on a day."""
    return call("nextAction", subscription, today)


def apply_event(subscription: Json, event: Json) -> Json:
    """Returns the subscription after an event."""
    return call("applyEvent", subscription, event)


def quote_plan_change(subscription: Json, change: Json, on: Day) -> Json:
    """Quotes a plan change."""
    return call("quotePlanChange", subscription, change, on)


def quote_cancellation(subscription: Json, on: Day, options: Json | None = None) -> Json:
    """Quotes a cancellation."""
    return call("quoteCancellation", subscription, on, options)


def refund_plan(subscription: Json, amount: Json) -> list[Json]:
    """Splits an amount over the payments to refund."""
    return call("refundPlan", subscription, amount)


def overview(subscription: Json, on: Day, options: Json | None = None) -> Json:
    """Returns what an account page shows."""
    return call("overview", subscription, on, options)


def upcoming(subscription: Json, options: Json) -> Json:
    """Returns the payments ahead."""
    return call("upcoming", subscription, options)


def replay(created: Json, events: list[Json], through: Day) -> Json:
    """Runs a stored log of events again."""
    return call("replay", created, events, through)


def simulate(subscription: Json, script: Json) -> Json:
    """Runs the days of a script without a provider."""
    return call("simulate", subscription, script)


__all__ = [
    "BillingError",
    "Day",
    "Json",
    "call",
    "add_days",
    "next_due_date",
    "due_dates",
    "period",
    "period_on",
    "periods",
    "last_payment",
    "allocate",
    "period_price",
    "parse_decimal",
    "format_decimal",
    "currency_info",
    "prorate",
    "select_indicator",
    "with_trial",
    "preview",
    "scheme_reminders",
    "plan_retry",
    "create_subscription",
    "next_action",
    "apply_event",
    "quote_plan_change",
    "quote_cancellation",
    "refund_plan",
    "overview",
    "upcoming",
    "replay",
    "simulate",
]
