"""Payments of the schedule that are open for some days, computed with exact fractions: declined and tried again,
or not made yet (rules R3.11, R5.9, R5.13, R6.1, R9.1 and R9.4).

An open payment knows from which day on each item costs what a full period. An item that does not change
is charged whole. Another one is charged at the old price for the days gone, and at the new one for those
left. Each stretch of days between two changes has its own line of the minimum.
"""

from datetime import timedelta
from fractions import Fraction

from fractions_prices import taxes_of
from fractions_prorations import rounded


class OpenPayment:
    """A payment that is due and not made."""

    def __init__(self, due, setup, overlap, runs, day):
        self.due, self.setup, self.overlap = due, setup, overlap
        self.runs = runs  # from which day on: what each item costs a full period, and the minimum
        self.tries, self.next_try, self.first_try = 0, day, None
        self.net, self.tax, self.uses, self.carried = 0, 0, None, 0
        self.is_changed, self.base = False, None  # what the days cost at which the payment stays
        self.cut = None  # the day from which on the end cuts days off


class OpenPayments:
    """The payments of the schedule."""

    def reserved(self):
        """What an open payment that was attempted uses of the balance."""
        return self.open.uses if self.open and self.open.tries else 0

    def open_next(self, day):
        """The next number falls due; it is made on a day."""
        due = self.dues[self.number]
        overlap = self.unused(due) if self.served and self.until > due else (0, 0)
        self.leave_period()
        before = (self.number, self.extra)
        self.number, self.extra = self.number + 1, 0
        if self.waiting is not None:
            self.set(self.waiting)
            self.waiting = None
        setup = self.setup
        self.begin_period()
        self.served = False
        self.open = OpenPayment(due, setup - self.setup, overlap, [(due, self.bears, self.bears_minimum, self.quantities)], day)
        self.open.before = before
        if self.ends is not None and due < self.ends < self.until:
            self.open.cut = self.ends
        self.reckon()

    def share(self, amount, days):
        return 0 if self.free else rounded(Fraction(amount * days, self.of), *self.rounding)

    def charges(self, runs):
        """What the period costs without tax."""
        untils = [begin for begin, *_ in runs[1:]] + [self.until]
        days = [self.served_days(begin, until) for (begin, *_), until in zip(runs, untils)]
        total = 0
        for id_ in {id_ for _, items, *_ in runs for id_ in items}:
            if id_ is not None and len({(items.get(id_), units.get(id_)) for _, items, _, units in runs}) == 1:
                total += self.share(runs[0][1][id_], sum(days))
            else:
                total += sum(self.share(items.get(id_, 0), count) for (_, items, *_), count in zip(runs, days))
        for (_, items, minimum, _), count in zip(runs, days):
            if minimum:
                total += self.share(minimum, count) - sum(self.share(amount, count) for amount in items.values())
        return total

    def reckon(self):
        """What the open payment costs, and what of it is for the days that are left."""
        pay = self.open
        begin, self.bears, self.bears_minimum, _ = pay.runs[-1]
        charges = self.charges(pay.runs)
        pay.net = charges + pay.setup - pay.overlap[0]
        pay.tax = taxes_of(charges + pay.setup, self.period_taxes, self.rounding)[1] - pay.overlap[1]
        if len(pay.runs) == 1:
            self.paid = charges
        else:
            days = self.days_from(begin)
            prices = [self.bears_minimum] if self.bears_minimum else self.bears.values()
            self.paid = sum(self.share(amount, days) for amount in prices)
        self.taxes_paid = self.taxes_on(self.paid)
        if pay.cut is not None:
            net, taxes = self.days_left(pay.cut)
            pay.net, pay.tax, self.paid = pay.net - net, pay.tax - sum(taxes), self.paid - net
            self.taxes_paid = [paid - tax for paid, tax in zip(self.taxes_paid, taxes)]

    def cut_from(self, day):
        """The end cuts the days from a day on off, or none; what is left to the next payment is without them."""
        pay = self.open
        if pay.tries or day == pay.cut:
            return
        left = (self.bears, self.bears_minimum, self.paid, self.taxes_paid)
        before, pay.cut = pay.cut, day
        self.reckon()
        if pay.base is not None:
            self.bears, self.bears_minimum, self.paid, self.taxes_paid = left
            self.leave_days(before, 1)
            self.leave_days(day, -1)

    def leave_days(self, day, sign):
        """Adds the days from one on to what is left to the next payment, or subtracts them."""
        if day is None:
            return
        part, costs = self.part_left(day), (self.bears, self.bears_minimum)
        net = part(self.bears_minimum) if self.bears_minimum else sum(map(part, self.bears.values()))
        self.open.carried += sign * (self.gross_of(costs, day) - self.gross_of(self.open.base, day))
        self.paid += sign * net
        self.taxes_paid = [paid + sign * tax for paid, tax in zip(self.taxes_paid, self.taxes_on(net))]

    def attempt(self, day):
        """The open payment is made, or declined."""
        pay = self.open
        if not pay.tries:
            pay.uses = max(self.balance, -(pay.net + pay.tax))
        amount = max(0, pay.net + pay.tax + pay.uses)
        pay.tries += 1
        self.was_cut |= pay.cut is not None
        if pay.first_try is None:
            pay.first_try = day
        if self.number == 1 and amount == 0 and "y" not in self.row:
            raise self.Refused  # a verification comes before it (R4.6)
        self.made.append([self.number, 0, pay.due.isoformat(), amount, pay.net, pay.tax])
        if amount and self.is_declined(self.number, 0, pay.tries):
            self.decline(pay)
            return
        self.carry(pay.net + pay.tax - amount + pay.carried)
        self.collected[f"{self.number}-0-{pay.tries}"] = [amount, self.number]
        self.served, self.is_failing, self.open = True, False, None
        if pay.cut is not None:
            self.until = pay.cut

    def decline(self, pay):
        self.is_failing = True
        retries = self.row.get("j", [1, 3, 5, 7])
        if pay.tries <= len(retries):
            pay.next_try = max(pay.first_try + timedelta(days=retries[pay.tries - 1]), pay.next_try + timedelta(days=1))
            return
        # It is given up: the set-up fee goes to the next number.
        self.setup += pay.setup
        self.open, self.bears, self.bears_minimum = None, {}, 0
        self.paid, self.taxes_paid = 0, self.taxes_on(0)

    def gross_of(self, costs, at):
        items, minimum = costs
        part = self.part_left(at)
        net = part(minimum) if minimum else sum(map(part, items.values()))
        return net + sum(self.taxes_on(net))

    def reprice(self, change, at):
        """A change of plan while the payment is open."""
        pay, until = self.open, self.until
        self.until = pay.cut or until
        left, taxes_left = self.days_left(at)
        old = (self.bears, self.bears_minimum)
        new = self.agree(change)
        credit, charge = self.differences(at, old, new)
        credited, charged = self.taxes_of_change(credit, charge, left, taxes_left)
        net = charge - credit + sum(charged) - sum(credited)
        # Without a later payment a net above zero is due with this one.
        if change.get("w") == "next_payment" and (net < 0 or self.follows()):
            pay.carried += net
            pay.base = pay.base or old
            pay.is_changed = True
            self.bears, self.bears_minimum = new
            self.after_change(at, taxes_left, credited, charged)
            self.until = until
            return
        self.until = until
        pay.is_changed = True
        if pay.base is not None:  # what the days from here on cost was left to the next payment
            self.until = pay.cut or until
            pay.carried -= self.gross_of(old, at) - self.gross_of(pay.base, at)
            self.until, pay.base = until, None
        pay.runs = [run for run in pay.runs if run[0] < at]
        new = (*new, self.quantities)
        if not pay.runs or pay.runs[-1][1:] != new:
            pay.runs.append((at, *new))
        self.reckon()
        if pay.tries:
            pay.uses = max(self.balance, -(pay.net + pay.tax))
