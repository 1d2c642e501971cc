#!/usr/bin/env python3
"""Changes of plan computed with exact fractions, to compare ours with.

Only the standard library is needed (Python 3.9 or later); the seed is SEED below. To generate the
file again:

    python3 tests/oracle/fractions_prorations.py tests/oracle/fractions_prorations.csv

How a row comes about (rules R1.4, R2.2 to R2.7, R3.1 to R3.6, R3.8 and R3.9):

- Due dates are listed one after another from the anchor, month by month; the period of a day is
  found by walking along that list, and every length is a difference of two dates.
- A share of a price is a Fraction of the price; rounding looks at its distances from the multiples
  below and above it. Nothing is rounded twice. Credit is minus the rounded share, so a rounding
  named ceiling or floor is that of the share, which is never below zero.
- Both prices are multiples of round_to; one off that grid would be refused.
- A credit is never more than what was paid for the period: the old price, or what a stub cost.
- In a stub a share is of the days of the whole cycle that ends with the stub; with first_period
  full it is of the stub's own days; with free nothing is credited or charged.
- Lengths of cycles are compared as Fractions of a day, with 365.2425 days in a year.
- Another cycle that is as long as the running one (12 months and a year) is the same cycle: nothing
  restarts.
- Another cycle keeps the anchor day where it restarts on the anchor day of its month, also of a
  short month; else the anchor day becomes that of the restart.
- A change to another cycle costs the new price itself, which is not divided and so not rounded.

Columns, the question: start, every, unit (day, week, month, year), anchor_day, end_date,
payment_count, currency, from, to, at, effective, settle, prorate (true, false), rounding, round_to,
first_period; and at the end of the line new_every, new_unit, new_count for a change that names a
cycle. An empty field is not given; named cycles are written out (quarterly is 3, month).

Columns, the answer (amounts in minor units; an empty field is: there is none):

    direction           upgrade, downgrade or same
    effective_on        the day on which the change takes force
    settled             now, next_payment or none
    credit, charge, net, due_now, balance
    next_due, next_amount
                        the next payment; both empty when none follows
    r, first_number     where another cycle restarts the schedule: its new start, and the number of
                        the payment due then; empty where the schedule stays as it is

Rows that are refused are not generated: a day outside every period, period_end or an end date where
no payment follows, next_payment with another cycle, another cycle without its own payment count
where the old schedule has one, an amount past 2^53 - 1, a date outside 0001-01-01 to 9999-12-31.
"""

import csv
import math
import random
import sys
from datetime import date, timedelta
from fractions import Fraction

SEED = 20250322
ROWS = 20_000
MOST = 2**53 - 1
YEAR = Fraction(3652425, 10000)  # mean days of a year
DAYS_OF = {"day": Fraction(1), "week": Fraction(7), "month": YEAR / 12, "year": YEAR}

HEADER = (
    "start,every,unit,anchor_day,end_date,payment_count,currency,from,to,at,effective,settle,prorate,"
    "rounding,round_to,first_period,direction,effective_on,settled,credit,charge,net,due_now,balance,"
    "next_due,next_amount,new_every,new_unit,new_count,r,first_number"
).split(",")

NAMED = [(7, "day"), (1, "week"), (2, "week"), (1, "month"), (3, "month"), (6, "month"), (12, "month"), (1, "year")]
CURRENCIES = ["NOK", "SEK", "DKK", "EUR", "BRL", "USD", "SAR", "KWD", "JPY", "CLP", "COP", "KRW", "UGX", "CLF"]
ROUNDINGS = ["half_up", "half_even", "half_down", "up", "down", "ceiling", "floor"]


class Refused(Exception):
    """A row that is not asked."""


# -- dates ---------------------------------------------------------------------------------------


def clamped(year, month, day):
    """That day of a month, or the last day of the month where it has no such day."""
    if not 1 <= year <= 9999:
        raise Refused
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def months_on(year, month, months):
    """The month so many months after (or before) another."""
    passed = (month - 1) + months
    return year + passed // 12, passed % 12 + 1


def months_of(every, unit):
    return {"month": every, "year": 12 * every}.get(unit)


def later_day(day, days):
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise Refused from None


def due_dates(start, every, unit, anchor):
    """Due dates 1, 2, 3, ...; then Refused where the calendar ends."""
    yield start
    months = months_of(every, unit)
    if months is None:
        day = start
        while True:
            day = later_day(day, every * (7 if unit == "week" else 1))
            yield day
    anchor = anchor or start.day
    year, month = start.year, start.month
    if is_stub(start, anchor):
        if clamped(year, month, anchor) < start:
            year, month = months_on(year, month, 1)
        yield clamped(year, month, anchor)
    while True:
        year, month = months_on(year, month, months)
        yield clamped(year, month, anchor)


def is_stub(start, anchor):
    """Whether the first period is shorter than the others."""
    return anchor is not None and clamped(start.year, start.month, anchor) != start


# -- money ---------------------------------------------------------------------------------------


def rounded(value, mode, multiple):
    """A Fraction that is not below zero, rounded to a multiple."""
    below = multiple * math.floor(value / multiple)
    if value == below:
        return below
    above = below + multiple
    if mode in ("down", "floor"):
        return below
    if mode in ("up", "ceiling"):
        return above
    to_below, to_above = value - below, above - value
    if to_below != to_above:
        return below if to_below < to_above else above
    if mode == "half_even":
        return below if (below // multiple) % 2 == 0 else above
    return {"half_up": above, "half_down": below}[mode]


def direction_of(old_price, old_cycle, new_price, new_cycle):
    old_days, new_days = (every * DAYS_OF[unit] for every, unit in (old_cycle, new_cycle))
    if new_days > old_days:
        return "upgrade"
    old, new = old_price / old_days, new_price / new_days  # with equal lengths: the prices
    return "upgrade" if new > old else "downgrade" if new < old else "same"


# -- one change ----------------------------------------------------------------------------------


def answer(row):
    """The columns of the answer to a question, or Refused."""
    cycle = (row["every"], row["unit"])
    dues, number = [], None
    for due in due_dates(row["start"], *cycle, row["anchor_day"]):
        dues.append(due)
        if len(dues) >= 2 and row["at"] < due:
            number = len(dues) - 1
            break
    begin, end = dues[-2], dues[-1]

    def made(n, due, count):
        """Whether payment n, due on a day, is made at all."""
        return (count is None or n <= count) and (row["end_date"] is None or due <= row["end_date"])

    if row["at"] < row["start"] or not made(number, begin, row["payment_count"]):
        raise Refused
    follows = made(number + 1, end, row["payment_count"])

    new_cycle = (row["new_every"], row["new_unit"]) if row["new_every"] else cycle
    restart = new_cycle[0] * DAYS_OF[new_cycle[1]] != cycle[0] * DAYS_OF[cycle[1]]
    old_price, new_price = row["from"], row["to"]
    direction = direction_of(Fraction(old_price), cycle, Fraction(new_price), new_cycle)
    effective = row["effective"] or ("period_end" if direction == "downgrade" else "on_date")
    settle = row["settle"] or "now"
    if restart:
        if settle == "next_payment" or (row["payment_count"] and not row["new_count"]):
            raise Refused
    elif row["new_count"]:
        raise Refused

    nothing = dict(credit=0, charge=0, net=0, due_now=0, balance=0)
    if effective == "period_end":
        if not follows:
            raise Refused
        found = dict(effective_on=end, settled="none", next_due=end, next_amount=new_price, **nothing)
        if restart:
            found.update(r=end, first_number=number + 1)
        return dict(direction=direction, **found)

    if number == 1 and is_stub(row["start"], row["anchor_day"]):
        whole = months_of(*cycle)
        before = clamped(*months_on(end.year, end.month, -whole), row["anchor_day"])
        first = row["first_period"] or "prorated"
        of = (end - (before if first == "prorated" else begin)).days
        free = first == "free"
    else:
        of, free = (end - begin).days, False
    left = (end - row["at"]).days
    mode, multiple = row["rounding"] or "half_up", row["round_to"] or 1

    def share(price, days):
        part = 0 if free else rounded(Fraction(price * days, of), mode, multiple)
        if part > MOST:
            raise Refused
        return part

    # What the period cost: a stub by its own days, unless it is charged whole; any other period the price itself.
    whole_price = not (number == 1 and is_stub(row["start"], row["anchor_day"])) or row["first_period"] == "full"
    paid = old_price if whole_price else share(old_price, (end - begin).days)

    prorated = row["prorate"] != "false"
    credit = -min(share(old_price, left), paid) if prorated else 0
    if restart:
        charge = new_price
        anchor = (row["anchor_day"] or row["start"].day) if months_of(*cycle) else None
        second = list_second(row["at"], new_cycle, anchor)
        if not made(1, row["at"], row["new_count"]):
            raise Refused
        next_due = second if made(2, second, row["new_count"]) else None
    else:
        charge = share(new_price, left) if prorated else 0
        next_due = end if follows else None
    net = credit + charge
    settled = settle
    if settle == "next_payment" and next_due is None:
        settled = "none" if net < 0 else "now"
    due_now = max(0, net) if settled == "now" else 0
    balance = net - due_now
    if new_price + balance > MOST:
        raise Refused
    next_amount = max(0, new_price + balance) if next_due else None
    found = dict(direction=direction, effective_on=row["at"], settled=settled, credit=credit, charge=charge)
    found.update(net=net, due_now=due_now, balance=balance, next_due=next_due, next_amount=next_amount)
    if restart:
        found.update(r=row["at"], first_number=number + 1)
    return found


def list_second(start, cycle, old_anchor):
    """Due date 2 of a schedule that restarts."""
    kept = old_anchor and clamped(start.year, start.month, old_anchor) == start
    dues = due_dates(start, *cycle, old_anchor if kept else None)
    next(dues)
    return next(dues)


# -- questions -----------------------------------------------------------------------------------


def random_amount(rng):
    kind = rng.random()
    if kind < 0.07:
        return 0
    if kind < 0.22:
        return rng.randint(1, 200)
    if kind < 0.42:
        return rng.choice([4900, 9900, 9990, 10000, 12345, 14900, 19999, 25000, 100000, 120000, 365000])
    if kind < 0.95:
        return min(MOST, int(2 ** rng.uniform(0, 53)))
    return MOST - rng.choice([0, 0, 1, 2, 5, 99, rng.randint(0, 10**6)])


def on_grid(amount, multiple):
    """The nearest multiple; that below for the largest amounts."""
    near = multiple * ((amount + multiple // 2) // multiple)
    return near if near <= MOST else near - multiple


def random_start(rng):
    kind = rng.random()
    if kind < 0.90:
        year = rng.randint(1990, 2060)
    elif kind < 0.97:
        year = rng.choice([1600, 1900, 1999, 2000, 2096, 2100, 2400])
    else:
        year = rng.choice([3, 1000, 1582, 5000, 9900])
    kind = rng.random()
    month = 2 if kind < 0.12 else rng.randint(1, 12)
    day = rng.choice([28, 29, 29, 30, 30, 31, 31]) if rng.random() < 0.5 else rng.randint(1, 31)
    return clamped(year, month, day)


def random_cycle(rng):
    kind = rng.random()
    if kind < 0.70:
        return rng.choices(NAMED, weights=[1, 2, 2, 12, 4, 3, 2, 6])[0]
    unit = rng.choices(["day", "week", "month", "year"], weights=[5, 3, 6, 2])[0]
    return (rng.randint(1, 36) if kind < 0.97 else rng.randint(37, 1000)), unit


def question(rng):
    row = dict.fromkeys(HEADER)
    start = row["start"] = random_start(rng)
    every, unit = row["every"], row["unit"] = random_cycle(rng)
    stub = False
    if unit in ("month", "year") and rng.random() < 0.5:
        anchored = rng.choice([1, 28, 29, 30, 31]) if rng.random() < 0.6 else rng.randint(1, 31)
        row["anchor_day"] = anchored
        stub = is_stub(start, anchored)

    # The period, and the day in it.
    number = 1 if stub and rng.random() < 0.65 else rng.choice([1, 1, 2, 3, rng.randint(1, 12), rng.randint(1, 40)])
    reach = number + rng.choice([0, 0, 0, 1, 1, rng.randint(0, 12)])
    dues = []
    for due in due_dates(start, every, unit, row["anchor_day"]):
        dues.append(due)
        if len(dues) == reach + 1:
            break
    begin, end = dues[number - 1], dues[number]
    days = (end - begin).days
    place = rng.choice([0, 0, 0, days - 1, days - 1, 1, days // 2] + [rng.randint(0, days - 1)] * 5)
    row["at"] = begin + timedelta(days=min(place, days - 1))

    # The limits.
    kind = rng.random()
    if kind < 0.20 or 0.35 <= kind < 0.42:
        row["end_date"] = later_day(dues[reach - 1], rng.choice([0, 0, 1, rng.randint(0, 20)]))
    if 0.20 <= kind < 0.42:
        row["payment_count"] = reach if rng.random() < 0.8 else reach + rng.randint(0, 3)

    # The change.
    row["currency"] = rng.choice(CURRENCIES)
    row["from"], row["to"] = random_amount(rng), random_amount(rng)
    kind = rng.random()
    if kind < 0.07:
        row["to"] = row["from"]
    elif kind < 0.20:
        row["to"] = min(MOST, max(0, row["from"] + rng.choice([-100, -2, -1, 1, 2, 100])))
    elif kind < 0.35:
        row["to"] = min(MOST, row["from"] * rng.choice([2, 3, 10, 12]))
    row["effective"] = rng.choices([None, "on_date", "period_end"], weights=[40, 47, 13])[0]
    row["settle"] = rng.choices([None, "now", "next_payment"], weights=[50, 10, 40])[0]
    row["prorate"] = rng.choices([None, "true", "false"], weights=[85, 7, 8])[0]
    if rng.random() < 0.75:
        row["rounding"] = rng.choice(ROUNDINGS)
    row["round_to"] = rng.choices([None, 1, 5, 10, 100], weights=[70, 5, 8, 8, 9])[0]
    for price in ("from", "to"):
        row[price] = on_grid(row[price], row["round_to"] or 1)
    if rng.random() < (0.45 if stub else 0.05):
        row["first_period"] = rng.choice(["prorated", "full", "free"])
    return row


def other_cycle(rng, row):
    """Another cycle, to which the same question changes."""
    kind = rng.random()
    length = row["every"] * DAYS_OF[row["unit"]]
    while True:
        cycle = random_cycle(rng)
        if cycle[0] * DAYS_OF[cycle[1]] != length:
            break
    row["new_every"], row["new_unit"] = cycle
    if row["payment_count"] or kind < 0.25:
        row["new_count"] = rng.choice([1, 1, 2, 3, 12, rng.randint(1, 60)])
    row["settle"] = rng.choice([None, None, None, "now"])
    if kind > 0.6 and row["effective"] == "period_end":
        row["effective"] = "on_date"
    if rng.random() < 0.3:  # about the same price a day, on either side of it or on it
        ratio = cycle[0] * DAYS_OF[cycle[1]] / length
        step = row["round_to"] or 1
        near = math.floor(row["from"] * ratio / step) + rng.choice([-1, 0, 0, 1, 1])
        row["to"] = min(MOST // step, max(0, near)) * step


def same_cycle_by_another_name(rng, row):
    """The running cycle, named again as it is or in another unit."""
    every, unit = row["every"], row["unit"]
    names = [(every, unit)]
    if unit == "year" and every * 12 <= 1000:
        names.append((every * 12, "month"))
    if unit == "month" and every % 12 == 0:
        names.append((every // 12, "year"))
    if unit == "week" and every * 7 <= 1000:
        names.append((every * 7, "day"))
    if unit == "day" and every % 7 == 0:
        names.append((every // 7, "week"))
    row["new_every"], row["new_unit"] = names[-1] if rng.random() < 0.8 else names[0]


def random_row(rng, other):
    row = question(rng)
    if other:
        other_cycle(rng, row)
    elif rng.random() < 0.04:
        same_cycle_by_another_name(rng, row)
    row.update(answer(row))
    return ["" if row[name] is None else row[name] for name in HEADER]


def main():
    if len(sys.argv) != 2:
        raise SystemExit("usage: fractions_prorations.py OUTPUT.csv")
    rng = random.Random(SEED)
    rows = []
    while len(rows) < ROWS:
        other = len(rows) % 20 >= 17  # 15 of 100
        try:
            rows.append(random_row(rng, other))
        except Refused:
            pass
    with open(sys.argv[1], "w", encoding="ascii", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
