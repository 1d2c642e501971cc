"""A short life of a subscription, computed with exact fractions.

Every payment succeeds on its day, and then the changes of the day are requested (rules R3.2, R3.5, R3.7,
R3.9, R3.10, R9.1 to R9.5):

- For the days of the running period the life knows what each item costs a full period, after
  discounts, and the minimum. A change credits the parts of what differs and charges the new ones.
- The minimum has a pair of lines if its price or its part differs.
- A charge has the discounts of the period's payment, or those that the change states. A discount
  counts the payments of the schedule before which something was to be paid, from the first due date
  on which it is agreed; the same id keeps its count.
- A net above zero is a payment of its own on the day, which a balance in the customer's favour pays
  first; with `next_payment`, and below zero, it goes to the balance.
- Quantities apply to the price in effect, to later steps and to a price that waits for the next due
  date. A new price ends the steps.
- Another cycle credits what is left of the period, and its payment is for the next number, with the
  discounts and the taxes of that.
- Taxes change with the next payment of the schedule. A change has those of its period: on the sum of
  its charges, and on the sum of its credits.
- Of each added rate the life knows what was paid for the days that are left. A credit of some of what
  is left has the tax on it, and no more than that; a credit of all has the rest. Where credits and
  charges are equal, the charges have the taxes of the credits.
"""

from fractions import Fraction

from fractions_prices import fraction_of_first, item_prices, quantities_of, rounding_of, steps_of_discounts, taxes_of
from fractions_prorations import Refused, clamped, due_dates, is_stub, months_of, months_on, rounded

PERIODS = 4


class Life:
    """A subscription, its payments all made in time."""

    def __init__(self, row, start, cycle, anchor):
        self.row, self.rounding = row, rounding_of(row)
        self.price, self.quantities = row["p"], quantities_of(row["p"], {})
        self.steps = list(row.get("S", []))
        self.patches = []  # quantities since a price was agreed for later
        self.discounts = {}  # id: (off, payments, through), in order
        self.counts = {}
        self.taxes, self.minimum, self.setup = row.get("t"), row.get("m", 0), row.get("u", 0)
        self.agree_on_discounts(row.get("d", []))
        self.waiting = None  # what applies from the next due date
        self.balance, self.number, self.extra, self.made = 0, 0, 0, []
        self.cycle, self.anchor = cycle, anchor
        dues = due_dates(start, *cycle, anchor)
        self.dues = [next(dues) for _ in range(PERIODS + 2)]

    def agree_on_discounts(self, discounts):
        self.discounts = {id_: rest for id_, *rest in discounts}
        for id_ in self.discounts:
            self.counts.setdefault(id_, 0)

    def holding(self, discounts, counts):
        """The discounts of a number, whose due date is that of the running period. One that it has already stays."""
        due, held = self.dues[self.number - 1].isoformat(), self.held
        self.held = [
            id_
            for id_, (_, most, through) in discounts.items()
            if id_ in held or (most is None or counts.get(id_, 0) < most) and (through is None or due <= through)
        ]
        return [discounts[id_][0] for id_ in self.held]

    def costs(self, price, quantities, discounts, minimum):
        """Of a full period: each item after discounts, and what the minimum adds."""
        prices = item_prices(price, quantities, self.rounding)
        left = steps_of_discounts(prices, discounts, self.rounding)
        return prices, left, (minimum if minimum > sum(left[-1]) else 0)

    def pay_schedule(self):
        """The next payment of the schedule."""
        self.number, self.extra = self.number + 1, 0
        if self.waiting is not None:
            self.set(self.waiting)
            self.waiting = None
        charges, added = self.begin_period()
        self.pay(self.dues[self.number - 1], charges, added)

    def part_of_period(self):
        """The part of a full period that the running one is charged for."""
        if self.number > 1:
            return Fraction(1)
        return fraction_of_first(self.dues[0], self.cycle, self.anchor, self.row.get("f"))

    def begin_period(self):
        """What the payment of a number is for: its net and its added tax."""
        for first, price in self.steps:
            if first == self.number:
                self.price, self.quantities = price, quantities_of(price, self.quantities)
                for patch in self.patches:
                    self.quantities.update({id_: n for id_, n in patch if id_ in ids_of(price)})
        part = self.part_of_period()
        self.period_taxes = self.taxes
        self.counts_before = dict(self.counts)
        self.period_discounts = dict(self.discounts)
        self.held = []
        holds = self.holding(self.discounts, self.counts)
        prices, left, minimum = self.costs(self.price, self.quantities, holds, self.minimum)
        parts = [[rounded(amount * part, *self.rounding) for amount in amounts] for amounts in left]
        charges = rounded(minimum * part, *self.rounding) if minimum else sum(parts[-1])
        self.paid, self.taxes_paid = charges, self.taxes_on(charges)
        if part > 0 and sum(left[0]) > 0:
            for id_ in self.discounts:
                self.counts[id_] += 1
            charges, self.setup = charges + self.setup, 0
        self.bears = {id_: amount for (id_, _), amount in zip(prices, left[-1])}
        self.bears_minimum = minimum
        return charges, taxes_of(charges, self.taxes, self.rounding)[1]

    def pay(self, due, net, tax):
        """A payment, which the balance pays first; of a change only a balance in the customer's favour."""
        total = net + tax
        uses = self.balance if self.extra == 0 else min(0, self.balance)
        amount = max(0, total + uses)
        self.carry(total - amount if self.extra == 0 or uses < 0 else 0)
        if self.extra == 0 and amount == 0 and self.number == 1 and "y" not in self.row:
            raise Refused  # a verification comes before it (R4.6)
        self.made.append([self.number, self.extra, due.isoformat(), amount, net, tax])

    def carry(self, amount):
        self.balance += amount

    def set(self, change):
        if "b" in change:
            self.quantities = quantities_of(change["b"], self.quantities)
            self.price, self.steps, self.patches = change["b"], [], []
        if "q" in change:
            self.quantities = {**self.quantities, **dict(change["q"])}
            self.patches.append(change["q"])
        if "d" in change:
            self.agree_on_discounts(change["d"])
        if "m" in change:
            self.minimum = change["m"]
        if "t" in change:
            self.taxes = change["t"]

    def part_left(self, at):
        """The part of an amount for the days of the running period from a day on."""
        begin, end = self.dues[self.number - 1], self.dues[self.number]
        stub = self.number == 1 and self.anchor is not None and is_stub(begin, self.anchor)
        first, of = self.row.get("f", "prorated") if stub else "full", (end - begin).days
        if first == "prorated":
            of = (end - clamped(*months_on(end.year, end.month, -months_of(*self.cycle)), self.anchor)).days
        left = (end - at).days
        return lambda amount: 0 if first == "free" else rounded(Fraction(amount * left, of), *self.rounding)

    def taxes_on(self, amount):
        """The added tax of each rate of the running period."""
        added = self.period_taxes is not None and not self.period_taxes[0]
        return taxes_of(amount, self.period_taxes, self.rounding)[0] if added else []

    def days_left(self, at):
        """What the rest of the running period costs, and the taxes that were paid for it."""
        part = self.part_left(at)
        net = part(self.bears_minimum) if self.bears_minimum else sum(map(part, self.bears.values()))
        if net == self.paid:
            return net, self.taxes_paid
        return net, [min(tax, paid) for tax, paid in zip(self.taxes_on(net), self.taxes_paid)]

    def unused(self, at):
        """What is left of the running period on a day, with its tax."""
        net, taxes = self.days_left(at)
        return net, sum(taxes)

    def restart(self, change, at):
        """A change to another cycle: the next number is due on the day, less what is left."""
        credit, credit_tax = self.unused(at)
        number, extra, new = self.number, self.extra + 1, change["cycle"]
        self.set(change)
        anchor = self.anchor or self.dues[0].day
        kept = months_of(*self.cycle) and months_of(*new) and clamped(at.year, at.month, anchor) == at
        self.number, self.cycle, self.anchor = number + 1, new, anchor if kept else None
        dues = due_dates(at, *new, self.anchor)
        self.dues = self.dues[:number] + [next(dues) for _ in range(PERIODS + 2)]
        charge, tax = self.begin_period()
        net, tax = charge - credit, tax - credit_tax
        if net + tax > 0:
            self.number, self.extra = number, extra
            self.pay(at, net, tax)
        else:
            self.carry(net + tax)
        self.number, self.extra = number + 1, 0

    def change(self, change, at):
        """A change on a day of the running period, whose payment is made."""
        if change.get("e") == "period_end":
            self.waiting = change
            return
        left, taxes_left = self.days_left(at)
        new = self.agree(change)
        credit, charge = self.differences(at, (self.bears, self.bears_minimum), new)
        credited, charged = self.taxes_of_change(credit, charge, left, taxes_left)
        self.bears, self.bears_minimum = new
        self.after_change(at, taxes_left, credited, charged)
        self.settle(change, at, charge - credit, sum(charged) - sum(credited))

    def settle(self, change, at, net, tax):
        """What a change costs is paid, or goes to the balance."""
        if net + tax > 0 and change.get("w") != "next_payment":
            self.extra += 1
            self.pay(at, net, tax)
        else:
            self.carry(net + tax)

    def agree(self, change):
        """What each item costs a full period after a change, and the minimum."""
        known = self.period_discounts
        self.set(change)
        if self.waiting is not None and "q" in change:
            price = self.waiting["b"]
            if not isinstance(price, int):
                new = dict(change["q"])
                self.waiting["b"] = [[i[0], new.get(i[0], i[1]), *i[2:]] for i in price]
        if "d" in change:
            known = self.period_discounts = {id_: rest for id_, *rest in change["d"]}
        prices, after, minimum = self.costs(self.price, self.quantities, self.holding(known, self.counts_before), self.minimum)
        return {id_: amount for (id_, _), amount in zip(prices, after[-1])}, minimum

    def differences(self, at, before, after):
        """What is credited and charged for the days left."""
        part, (old, old_minimum), (new, minimum) = self.part_left(at), before, after
        # One amount is credited and charged, whether it differs or not (R3.2).
        credit = sum(part(amount) for id_, amount in old.items() if id_ is None or new.get(id_) != amount)
        charge = sum(part(amount) for id_, amount in new.items() if id_ is None or old.get(id_) != amount)
        parts = [part(full) - sum(map(part, items.values())) if full else 0 for full, items in [(old_minimum, old), (minimum, new)]]
        differences = [full - sum(items.values()) if full else 0 for full, items in [(old_minimum, old), (minimum, new)]]
        if parts[0] != parts[1] or differences[0] != differences[1]:
            credit, charge = credit + parts[0], charge + parts[1]
        return credit, charge

    def taxes_of_change(self, credit, charge, left, taxes_left):
        """The added taxes of both."""
        if credit == left:
            credited = taxes_left if credit else [0 for _ in taxes_left]
        else:
            credited = [min(tax, most) for tax, most in zip(self.taxes_on(credit), taxes_left)]
        return credited, credited if credit == charge else self.taxes_on(charge)

    def after_change(self, at, taxes_left, credited, charged):
        """What is paid for the days left, and as taxes."""
        part = self.part_left(at)
        self.paid = part(self.bears_minimum) if self.bears_minimum else sum(map(part, self.bears.values()))
        self.taxes_paid = [l - c + d for l, c, d in zip(taxes_left, credited, charged)]


def ids_of(price):
    return set() if isinstance(price, int) else {item[0] for item in price}
