#!/usr/bin/env python3
"""Cases of minimum terms for tests/minimum_terms.rs, by brute force over days.

Written from docs/rules.md R2 and R10 alone: no formula for the end of a term, only days that are tried one
after the other. Only the standard library is needed (Python 3.9 or later). Run it from the root of the
repository:

    python3 tests/oracle/minimum_terms.py > tests/oracle/minimum_terms.csv

Each line is: start, cycle (every and unit), anchor day, payment count, trial start, commitment (payments or a day),
notice (every, unit, to), the day of the cancellation, and the answers: the first day on which it can take effect
(empty: the schedule is over), and for some later due date the last day on which a cancellation prevents its
payment (empty: none).
"""
import calendar
import datetime
import random

CASES = 6000
DAY = datetime.timedelta(days=1)


def in_month(months, day):
    """The day of a month counted from year 0, or the last day of a shorter one."""
    year, month = divmod(months, 12)
    return datetime.date(year, month + 1, min(day, calendar.monthrange(year, month + 1)[1]))


def months_of(day):
    return day.year * 12 + day.month - 1


def later(day, every, unit):
    """R2.2: days and weeks are added; months and years keep the day of the month."""
    if unit in ("day", "week"):
        return day + every * (7 if unit == "week" else 1) * DAY
    return in_month(months_of(day) + every * (12 if unit == "year" else 1), day.day)


def due_dates(start, every, unit, anchor, count):
    """The first due dates, whatever limit there is: each from the anchor, not from the one before (R2.2, R2.3)."""
    if unit in ("day", "week"):
        step = every * (7 if unit == "week" else 1)
        return [start + n * step * DAY for n in range(count)]
    step = every * (12 if unit == "year" else 1)
    day = anchor or start.day
    if in_month(months_of(start), day) == start:
        return [in_month(months_of(start) + n * step, day) for n in range(count)]
    # A stub until the first anchor day after the start.
    first = months_of(start) if in_month(months_of(start), day) > start else months_of(start) + 1
    return [start] + [in_month(first + n * step, day) for n in range(count - 1)]


class Terms:
    def __init__(self, start, cycle, anchor, payments, trial, commitment, notice):
        self.start, self.trial, self.commitment, self.notice = start, trial, commitment, notice
        # Enough for every day that is tried.
        days = {"day": 1, "week": 7, "month": 30, "year": 365}[cycle[1]] * cycle[0]
        self.due = due_dates(start, *cycle, anchor, max(40, 9000 // days))
        self.boundaries = set(self.due)
        self.over = self.due[payments] if payments else None

    def is_committed(self, day):
        if self.commitment is None:
            return False
        kind, value = self.commitment
        return day < (self.due[value] if kind == "payments" else value)

    def can_end(self, day, on):
        """Whether a cancellation given on one day can take effect on another."""
        if day < on:
            return False
        if self.trial and on < self.start and day <= self.start:
            return True
        if self.over and day >= self.over:
            return True
        if self.is_committed(day):
            return False
        if self.notice is None:
            return True
        every, unit, to = self.notice
        if day < later(on, every, unit):
            return False
        return {"day": True, "period_end": day in self.boundaries, "month_end": day.day == 1}[to]

    def earliest_end(self, on):
        if self.over and on >= self.over:
            return None
        day = on
        while not self.can_end(day, on):
            day += DAY
        return day

    def cancel_by(self, due, on):
        """The last day before a due date, from one on, on which a cancellation can take effect by then."""
        day = due - DAY
        while day >= on:
            end = self.earliest_end(day)
            if end is not None and end <= due:
                return day
            day -= DAY
        return None


def case(dice):
    start = datetime.date(2024, 1, 1) + dice.randrange(800) * DAY
    if dice.random() < 0.3:
        start = in_month(months_of(start), 31)
    cycle = dice.choice([(1, "month")] * 5 + [(3, "month"), (1, "week"), (2, "week"), (10, "day"), (1, "year")])
    anchor = dice.randint(1, 31) if cycle[1] in ("month", "year") and dice.random() < 0.4 else None
    payments = dice.randint(1, 30) if dice.random() < 0.3 else None
    trial = start - dice.randint(1, 40) * DAY if dice.random() < 0.25 else None
    commitment = None
    if dice.random() < 0.75:
        if dice.random() < 0.6:
            commitment = ("payments", dice.randint(1, min(payments or 24, 24)))
        else:
            commitment = ("until", start + dice.randint(1, 700) * DAY)
    notice = None
    if dice.random() < 0.7:
        unit = dice.choice(["day", "week", "month", "month", "year"])
        every = dice.randint(0, {"day": 60, "week": 8, "month": 6, "year": 1}[unit])
        notice = (every, unit, dice.choice(["day", "period_end", "month_end"]))
    if cycle[1] == "year":
        if payments:
            payments = min(payments, 3)
        if commitment and commitment[0] == "payments":
            commitment = ("payments", min(commitment[1], payments or 3, 3))
    terms = Terms(start, cycle, anchor, payments, trial, commitment, notice)
    on = start + dice.randint(-40, 800) * DAY
    end = terms.earliest_end(on)
    # A due date after the day, of a payment that the schedule has.
    ahead = [due for n, due in enumerate(terms.due, 1) if n > 1 and due > on and (not payments or n <= payments)]
    due = dice.choice(ahead[:14]) if ahead else None
    by = terms.cancel_by(due, on) if due else None
    fields = [start, cycle[0], cycle[1], anchor, payments, trial, *(commitment or (None, None)), *(notice or (None,) * 3),
              on, end, due, by]
    return ",".join("" if field is None else str(field) for field in fields)


def main():
    dice = random.Random(10)
    print("start,every,unit,anchorDay,paymentCount,trialStart,committed,commitment,noticeEvery,noticeUnit,noticeTo,on,"
          "earliestEnd,dueDate,cancelBy")
    for _ in range(CASES):
        print(case(dice))


main()
