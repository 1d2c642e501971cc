#!/usr/bin/env python3
"""Due dates computed by python-dateutil, to compare ours with.

Written with python-dateutil 2.9.0.post0; the seed is SEED below. The output does not depend on the
version of Python (3.9 or later), only on these two and on this script.

To generate the file again:

    pip install python-dateutil==2.9.0.post0
    python3 tests/oracle/dateutil_schedules.py tests/oracle/dateutil_schedules.csv

How a row comes about (rules R2.2 to R2.7):

- Due date n is start + relativedelta(months=(n - 1) * cycle), never computed from due date n - 1;
  relativedelta clamps the day to the month end.
- With an anchor day other than the day of the start, payment 2 falls on the first anchored day
  after the start and the cycle counts from there; the anchored day of a month is
  relativedelta(day=anchor), which clamps. A start that lies on the anchored day of its month has no
  stub.
- Due dates are listed one after another; the next due date, the last payment and the period of a
  day are found by walking along that list. Nothing is computed backwards from a day.
- Day and week cycles, and month and year cycles on a day up to the 28th, are listed a second time
  by rrule; the two lists have to be equal, or the script stops.
- A limit on due dates does not shorten the last period.

Columns: start, every, unit (day, week, month, year), anchor_day, end_date, payment_count, after:
the question. An empty field is not given; named cycles are written out (quarterly is 3, month).

    next_due         the first due date strictly after `after`
    number_of_after  the number of the period that contains `after`
    last_number      the number of the last payment, and
    last_due         its due date, and
    bound            which limit makes it the last: end_date or payment_count (on a tie the latter)
    d2, d13, d60     due dates number 2, 13 and 60

An empty field is: there is none. A day is never later than 9999-12-31; a row whose next due date,
last payment or period would pass that day is not generated, only d2, d13 and d60 may be empty
because of it.
"""

import csv
import random
import sys
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule

SEED = 20250131
ROWS = 20_000
LAST = date.max
LISTED = [70] * 6 + [150, 400]  # due dates walked through for one row; 60 at least, for d60

HEADER = (
    "start,every,unit,anchor_day,end_date,payment_count,after,"
    "next_due,number_of_after,last_number,last_due,bound,d2,d13,d60"
).split(",")

NAMED = [(7, "day"), (14, "day"), (1, "month"), (3, "month"), (6, "month"), (12, "month")]


def step(every, unit, times):
    """`times` cycles as one relativedelta."""
    return relativedelta(**{unit + "s": every * times})


def anchored(day, anchor):
    """The anchored day in the month of `day`."""
    return day + relativedelta(day=anchor)


def listed(start, every, unit, anchor):
    """Due dates 1, 2, 3, ..., each from the anchor, up to the end of the calendar."""
    yield start
    if unit in ("day", "week"):
        base, skipped = start, 1
    elif anchor is None or anchored(start, anchor) == start:
        base, skipped = start.replace(day=1), 1
        anchor = anchor or start.day
    else:
        base, skipped = start.replace(day=1), 0
        if anchored(start, anchor) < start:
            if base.year == 9999 and base.month == 12:
                return
            base += relativedelta(months=1)
    n = skipped
    while True:
        try:
            due = base + step(every, unit, n)
        except (ValueError, OverflowError):
            return
        yield due if unit in ("day", "week") else anchored(due, anchor)
        n += 1


def by_rrule(start, every, unit, count):
    """The same list by recurrence rule, for the cycles on which clamping has no bearing."""
    freq = {"day": DAILY, "week": WEEKLY, "month": MONTHLY, "year": YEARLY}[unit]
    begin = datetime(start.year, start.month, start.day)
    return [moment.date() for moment in rrule(freq, dtstart=begin, interval=every, count=count)]


def random_start(rng):
    kind = rng.random()
    if kind < 0.70:
        year = rng.randint(1970, 2100)
    elif kind < 0.80:
        year = rng.choice([1600, 1700, 1800, 1896, 1900, 1904, 1996, 2000, 2004, 2096, 2100, 2400])
    elif kind < 0.97:
        year = rng.randint(1, 9999)
    else:
        year = rng.choice([1, 2, 3, 4, 9980, 9990, 9995, 9996, 9997, 9998])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    kind = rng.random()
    if kind < 0.12:
        return date(year, 2, 29 if leap and rng.random() < 0.8 else 28)
    first = date(year, rng.randint(1, 12), 1)
    if kind < 0.65:
        return first + relativedelta(day=rng.choice([28, 29, 29, 30, 30, 31, 31, 31]))
    return first + relativedelta(day=rng.randint(1, 31))


def random_cycle(rng):
    kind = rng.random()
    if kind < 0.55:
        return rng.choices(NAMED, weights=[2, 2, 8, 4, 3, 5])[0]
    unit = rng.choices(["day", "week", "month", "year"], weights=[3, 2, 6, 3])[0]
    return (rng.randint(1, 30) if kind < 0.95 else rng.randint(31, 1000)), unit


def random_row(rng):
    """One row, or None where something would pass the end of the calendar."""
    start = random_start(rng)
    every, unit = random_cycle(rng)
    monthly = unit in ("month", "year")
    anchor = None
    if monthly and rng.random() < 0.45:
        anchor = rng.choice([28, 29, 29, 30, 30, 31, 31, 31]) if rng.random() < 0.6 else rng.randint(1, 31)

    most = rng.choice(LISTED)
    dues = []
    for due in listed(start, every, unit, anchor):
        dues.append(due)
        if len(dues) == most:
            break
    finished = len(dues) < most  # the list reaches the end of the calendar
    if len(dues) < 3:
        return None
    if not monthly or (start.day <= 28 and anchor in (None, start.day)):
        if by_rrule(start, every, unit, len(dues)) != dues:
            raise SystemExit(f"relativedelta and rrule differ: {start} every {every} {unit}")

    end = count = None
    kind = rng.random()
    reach = min(len(dues) - 2, rng.choice([1, 2, 3, 12, 24, 60, 400]))
    if kind < 0.30 or 0.50 <= kind < 0.65:
        place = rng.randint(1, reach)
        end = dues[place - 1] + timedelta(days=rng.choice([0, 0, 0, -1, 1, rng.randint(0, 40)]))
        end = max(start, end)
        if rng.random() < 0.05:
            end = start
        if end >= dues[-2]:
            return None
    if 0.30 <= kind < 0.65:
        count = rng.randint(1, reach)
        if end is not None and rng.random() < 0.3:  # a tie
            count = sum(1 for due in dues if due <= end)

    paid = dues
    last_number = last_due = bound = None
    if end is not None:
        paid = []
        for due in dues:
            if due > end:
                break
            paid.append(due)
        bound = "end_date"
    if count is not None and count <= len(paid):
        paid = paid[:count]
        bound = "payment_count"
    if bound is not None:
        last_number, last_due = len(paid), paid[-1]

    # A day to ask about: on, next to or between due dates, before the start, or after the end.
    near = rng.randint(1, min(len(dues) - 2, rng.choice([2, 5, 15, 70, 400])))
    if bound is not None and rng.random() < 0.5:
        near = min(len(dues) - 2, max(1, len(paid) + rng.choice([-1, 0, 0, 1, 2])))
    after = None
    if rng.random() < 0.9:
        shift = rng.choice([0, 0, -1, 1, rng.randint(-40, 40), rng.randint(-400, 400)])
        try:
            after = dues[near - 1] + timedelta(days=shift)
        except OverflowError:
            return None

    next_due = number = None
    if after is not None:
        if after >= dues[-2]:
            return None
        for due in paid:
            if due > after:
                next_due = due
                break
        for n, (begin, finish) in enumerate(zip(dues, dues[1:]), start=1):
            if n > len(paid):
                break
            if begin <= after < finish:
                number = n
                break

    def nth(n):
        if n <= len(paid):
            return paid[n - 1]
        if bound is None and not finished:
            raise AssertionError("not listed far enough")
        return None

    row = [start, every, unit, anchor, end, count, after, next_due, number]
    row += [last_number, last_due, bound, nth(2), nth(13), nth(60)]
    assert all(value <= LAST for value in row if isinstance(value, date))
    return ["" if value is None else value for value in row]


def main():
    if len(sys.argv) != 2:
        raise SystemExit("usage: dateutil_schedules.py OUTPUT.csv")
    rng = random.Random(SEED)
    rows = []
    while len(rows) < ROWS:
        row = random_row(rng)
        if row is not None:
            rows.append(row)
    with open(sys.argv[1], "w", encoding="ascii", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
