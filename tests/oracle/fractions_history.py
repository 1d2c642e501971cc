"""A subscription with all that happens to it, computed with exact fractions (rules R2.9, R3.12, R5.9 to R5.13 and R9).

It is lived day by day. The payments of a day are made before what is requested on it.

- A number that is skipped counts for steps and discounts and gives no service; the set-up fee goes on to
  the next. A change in its days has no lines.
- The days of a pause are neither days left nor days of the period.
- A stub before another due date costs its days of the full period that ends there. Days between that are
  free count nowhere. A payment on an earlier day has the credit of the days that were paid for.
- A payment that the end cuts short costs its price less the credit of the days cut off.
- A change whose payment is declined is as if it had not been requested, but for its number.
"""

import copy
from datetime import timedelta
from fractions import Fraction

from fractions_life import Life
from fractions_money_back import MoneyBack
from fractions_open import OpenPayments
from fractions_prices import split, taxes_of
from fractions_prorations import Refused, clamped, due_dates, is_stub, months_of, months_on, rounded

DUES = 16


class Declined(Exception):
    """The payment of a change."""


class History(MoneyBack, OpenPayments, Life):
    """A subscription from its first day on."""

    Refused = Refused

    def __init__(self, row, start, cycle, anchor, is_declined):
        super().__init__(row, start, cycle, anchor)
        self.begin_books()
        self.is_declined = is_declined
        if months_of(*cycle):
            self.anchor = anchor or start.day
        dues = due_dates(start, *cycle, self.anchor)
        self.dues = [next(dues) for _ in range(DUES)]
        self.open, self.pause = None, None
        self.skips, self.kept, self.stubs = set(), [], {}
        self.served, self.begin, self.until, self.holes = False, start, start, []
        self.of, self.free, self.is_skipped, self.is_failing = 1, False, False, False
        self.ends, self.over, self.stops, self.waives, self.was_cut = None, None, False, False, False
        self.bears, self.bears_minimum, self.pays_for = {}, 0, 0
        if len(row.get("y", [])) > 1:
            fee, added = row["y"][1], taxes_of(row["y"][1], self.taxes, self.rounding)[1]
            self.made.append([0, 0, row["y"][0], fee + added, fee, added])
            self.collected["0-0-1"] = [fee + added, 0]

    # -- the running period ----------------------------------------------------------------------------

    def part_of_period(self):
        if self.number + 2 > len(self.dues):
            raise Refused
        self.begin, self.until = self.dues[self.number - 1], self.dues[self.number]
        self.holes, self.free, self.served, self.is_skipped = [], False, True, False
        days = (self.until - self.begin).days
        self.of = self.stubs.get(self.number, days)
        if self.number == 1 and months_of(*self.cycle) and is_stub(self.begin, self.anchor):
            first = self.row.get("f", "prorated")
            self.free = first == "free"
            if first == "prorated":
                self.of = (self.until - self.cycle_before(self.until)).days
        return Fraction(0) if self.free else Fraction(days, self.of)

    def begin_period(self):
        counts = dict(self.counts)
        costs = super().begin_period()
        if self.number in self.stubs:  # it counts for no discount
            self.counts = counts
        return costs

    def leave_period(self):
        self.freeze()
        self.served = False

    def served_days(self, begin, until):
        """The days of service between two days."""
        days = max(0, (until - begin).days)
        return days - sum(max(0, (min(until, b) - max(begin, a)).days) for a, b in self.holes)

    def days_from(self, day):
        return self.served_days(max(day, self.begin), self.until)

    def paused_days(self, since, at):
        """The days of a running pause, between two days."""
        return self.served_days(max(since, self.pause[0]), min(at, self.until)) if self.pause else 0

    def part_left(self, at):
        left, of = self.days_from(at), self.of - self.paused_days(self.begin, at)
        return lambda amount: 0 if self.free or of <= 0 else rounded(Fraction(amount * left, of), *self.rounding)

    def days_left(self, at):
        net, taxes = super().days_left(at)
        if net <= self.paid:
            return net, taxes
        return self.paid, self.taxes_paid

    def unused(self, at):
        """What a credit of all that is left is, without and with tax. The period is over then."""
        net, taxes = self.credit_of_all(at) if self.served else (0, [])
        self.freeze()
        return net, sum(taxes)

    def credit_of_all(self, at):
        """What is unused without tax, and its taxes. What money back leaves contains its tax."""
        net, taxes = self.days_left(at)
        unused = self.take_unused(at)
        if unused == net + sum(taxes):
            return net, taxes
        if not taxes:
            return unused, []
        rates = [Fraction(rate) / 100 for rate in self.period_taxes[1]]
        net = min(net, rounded(unused / (1 + sum(rates)), self.rounding[0], 1))
        return net, split(unused - net, [int(rate * 10**9) for rate in rates])

    # -- days ------------------------------------------------------------------------------------------

    def advance(self, day):
        """Lives through the end of a day."""
        while self.over is None:
            due = self.open.next_try if self.open else self.dues[self.number]
            blocked = self.pause is not None and not self.open and due >= self.pause[0]
            if blocked and self.pause[1] is not None and self.pause[1] <= day:
                self.resume(self.pause[1], self.pause[2])
            elif self.ends is not None and self.end_day() <= day and (self.stops or self.ends <= due):
                self.stop(self.end_day())
            elif blocked or due > day or self.stops:
                return
            elif self.open:
                self.attempt(due)
            elif self.number + 1 in self.skips or any(a <= due < b for a, b in self.kept):
                self.pass_over()
            else:
                self.open_next(due)

    def pass_over(self):
        """The next number is skipped."""
        setup = self.setup
        self.leave_period()
        self.number, self.extra = self.number + 1, 0
        self.begin_period()
        self.setup, self.served, self.is_skipped = setup, False, True
        self.bears, self.bears_minimum = {}, 0

    def is_due(self, day):
        """Whether nobody has made the payment that is due on the day."""
        return self.open is None and self.over is None and self.dues[self.number] == day

    # -- changes ---------------------------------------------------------------------------------------

    def request(self, change, at):
        """A change of plan on its day, and the outcome of its payment."""
        before = copy.deepcopy({key: value for key, value in vars(self).items() if key not in ("row", "made", "is_declined")})
        if not self.follows() and not self.open and change.get("w"):
            change = {key: value for key, value in change.items() if key != "w"}
        try:
            if self.number == 0:
                self.change_trial(change)
            elif self.is_due(at):
                self.set(self.waiting or {})
                self.waiting = None
                self.set(change)
            elif self.open:
                if "cycle" in change or change.get("e") == "period_end":
                    raise Refused
                self.reprice(change, at)
            elif "cycle" in change:
                self.restart(change, at)
            elif self.is_skipped and change.get("e") != "period_end":
                self.agree(change)
            else:
                self.change(change, at)
        except Declined:
            vars(self).update(before)
            self.extra += 1

    def follows(self):
        """Whether a payment of the schedule follows."""
        return not self.stops and (self.ends is None or self.dues[self.number] < self.ends)

    def change_trial(self, change):
        self.set(change)
        if "cycle" in change:
            self.cycle = change["cycle"]
            self.move(1, self.dues[0])

    def restart(self, change, at):
        self.pays_for = self.number + 1
        self.stubs.pop(self.number + 1, None)
        super().restart(change, at)
        if self.anchor is None and months_of(*self.cycle):
            self.anchor = at.day
        self.served = True

    def pay(self, due, net, tax):
        """The payment of a change, which a balance in the customer's favour pays first."""
        uses = min(0, self.balance)
        amount = max(0, net + tax + uses)
        self.made.append([self.number, self.extra, due.isoformat(), amount, net, tax])
        if amount and self.is_declined(self.number, self.extra, 1):
            raise Declined
        self.carry(net + tax - amount if uses < 0 else 0)
        self.collected[f"{self.number}-{self.extra}-1"] = [amount, self.pays_for]

    def change(self, change, at):
        """Where money went back, or less was paid than the days cost, every item is credited and charged."""
        self.pays_for = self.number
        if change.get("e") == "period_end" or not self.is_short(at):
            if change.get("e") != "period_end":
                self.take_unused(at)
            super().change(change, at)
            self.served |= change.get("e") != "period_end"
            return
        is_whole = not (self.gross(at) > 0 and self.off(at) > 0)
        before = (self.bears, self.bears_minimum, dict(self.quantities))
        left, (credit, credited) = self.days_left(at), self.credit_of_all(at)
        self.bears, self.bears_minimum = self.agree(change)
        if is_whole and before == (self.bears, self.bears_minimum, self.quantities):
            self.paid, self.taxes_paid = left  # nothing is altered
            return
        self.after_change(at, [], [], [])
        charge = self.paid
        self.taxes_paid = credited if credit == charge else self.taxes_on(charge)
        self.settle(change, at, charge - credit, sum(self.taxes_paid) - sum(credited))

    def is_short(self, at):
        part = self.part_left(at)
        cost = part(self.bears_minimum) if self.bears_minimum else sum(map(part, self.bears.values()))
        return self.paid < cost or self.gross(at) > 0 and self.off(at) > 0

    # -- other dates -----------------------------------------------------------------------------------

    def cycle_before(self, day):
        every, unit = self.cycle
        if months_of(every, unit):
            return clamped(*months_on(day.year, day.month, -months_of(every, unit)), self.anchor)
        return day - timedelta(days=every * (7 if unit == "week" else 1))

    def move(self, number, day):
        """The schedule restarts on a day with a number."""
        if months_of(*self.cycle):
            if self.anchor is None or clamped(day.year, day.month, self.anchor) != day:
                self.anchor = day.day
        dues = due_dates(day, *self.cycle, self.anchor)
        self.dues = self.dues[: number - 1] + [next(dues) for _ in range(DUES)]

    def reschedule(self, day, between, at):
        number, due = self.number + 1, self.dues[self.number]
        if day == due or day < at or number in self.skips or self.stubs.get(number) or self.open or self.until != due:
            raise Refused
        if not self.number and "y" in self.row and day.isoformat() <= self.row["y"][0]:
            raise Refused
        if self.number and day > due and between != "free":
            self.move(number + 1, day)
            before = self.cycle_before(day)
            if due < before:
                raise Refused
            self.stubs[number] = (day - before).days
            self.steps = [[first + (first >= number), price] for first, price in self.steps]
            return
        self.move(number, day)
        if self.number and day > due:
            self.holes.append((due, day))
            self.until = day

    def pause_from(self, begin, until, how):
        self.pause = (begin, until, how)

    def resume(self, day, how):
        begin, self.pause = self.pause[0], None
        days = (day - begin).days
        if days <= 0:
            return
        first, until = max(begin, self.begin), min(day, self.until)
        if how == "keep":
            self.of -= self.served_days(first, until) if first < until else 0
            if first < until:
                self.holes.append((first, until))
        else:
            number = self.number + 1
            while number in self.skips:
                self.dues[number - 1] += timedelta(days=days)
                number += 1
            later = self.dues[number - 1] + timedelta(days=days)
            if begin <= self.until:
                self.holes.append((begin, day))
                self.until += timedelta(days=days)
            self.move(number, later)
        self.kept.append((begin, day))

    def skip(self, payments):
        if self.pause or self.ends or self.open or not self.made and "y" not in self.row:
            raise Refused
        first = self.number + 1
        while first in self.skips:
            first += 1
        self.skips |= set(range(first, first + payments))

    # -- the end ---------------------------------------------------------------------------------------

    def cancel(self, when, at, waives=False):
        self.ends, self.stops, self.waives = None, False, waives
        if when == "period_end" and (self.served and not self.is_failing and at < self.until or self.number == 0):
            self.ends, self.stops = self.until if self.number else self.dues[0], True
        elif when in ("now", "period_end"):
            self.stop(at)
        else:
            self.ends = when
            if self.open:
                self.cut_from(when if self.begin < when < self.until else None)

    def end_day(self):
        """The first day without service."""
        return self.until if self.stops and self.number else self.ends

    def withdraw(self):
        if self.ends is None:
            raise Refused
        self.ends, self.stops = None, False
        if self.open:
            self.cut_from(None)

    def stop(self, at):
        """The first day without service: a debt is collected."""
        self.at_end = self.find_end(at)
        if self.open and not self.open.tries and not self.open.is_changed:
            self.number, self.extra = self.open.before
        self.over, self.open, self.pause = at, None, None
        debt = max(0, self.balance)
        self.at_end["waived"] = self.waives
        self.balance -= debt if self.waives else min(debt, self.at_end["unused"])
        if self.balance > 0:
            while self.number and self.number + 1 in self.skips and self.dues[self.number] <= at:
                self.number, self.extra = self.number + 1, 0
            self.extra += 1
            self.made.append([self.number, self.extra, at.isoformat(), self.balance, 0, 0])
            self.collected[f"{self.number}-{self.extra}-1"] = [self.balance, self.number]
            self.balance = 0

    def quoted(self, when, at):
        """What a cancellation on a day costs, as lived until it takes effect."""
        if self.over is not None or when == "now":
            return self.quote(at)
        then = copy.deepcopy({key: value for key, value in vars(self).items() if key != "is_declined"})
        other = History.__new__(History)
        vars(other).update(then)
        other.is_declined = lambda *_: False
        other.cancel(when, at)
        if other.over is None:
            other.advance(other.end_day())
        return other.quote(other.over)
