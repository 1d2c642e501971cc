"""Money that goes back and comes again in a life, computed with exact fractions (rules R5.9 and R5.12).

Money back comes off what is unused of its period with tax, then off the balance that was paid for; the
rest is forgiven. What came off a period is spread over the days left. A change then credits all that is
left, at most what is unused, and what it loses by that is spread no more.

A reversal lives the money back of each period again, with what is left of it. What that changes in
credits that were given goes to the balance.
"""

from fractions import Fraction

from fractions_prorations import Refused, rounded


class MoneyBack:
    """The balance, the payments that can be refunded, and what came off each period."""

    def begin_books(self):
        self.given = 0  # of the balance
        self.collected = {}  # by reference: what can go back, the number that it paid for
        self.backs, self.pool, self.pools = [], [], []
        self.at_end, self.paid_out = None, 0

    def carry(self, amount):
        self.balance += amount
        self.given = max(0, self.given - max(0, amount))
        self.given = min(self.given, max(0, -self.balance))

    def credit(self, amount):
        self.balance -= amount
        self.given = min(self.given + amount, max(0, -self.balance))

    def paid_for(self):
        """The balance that was paid for, and that no open payment uses."""
        reserved = max(0, -self.reserved())
        return max(0, -self.balance - reserved - max(0, self.given - reserved))

    def pay_out(self, amount):
        if not 0 < amount <= self.paid_for():
            raise Refused
        self.balance += amount
        self.paid_out += amount if self.at_end else 0

    # -- what is unused of the running period ----------------------------------------------------------

    def spread(self, amount, days, of):
        return 0 if of <= 0 else min(amount, rounded(Fraction(amount * days, of), *self.rounding))

    def left(self, event):
        """The days left on the day of an event, as far as they are days of service."""
        return event["days"] if "days" in event else self.days_from(event["on"])

    def weighs(self, spread, days, paused=lambda since: 0):
        """What comes off so many days, of amounts that are spread over those since an event each."""
        return sum(self.spread(amount, days, self.left(since) - paused(since["on"])) for amount, since in spread)

    def off(self, at):
        """What money back takes off the days left."""
        spread, _ = self.run(self.pool)
        return self.weighs(spread, self.days_from(at), lambda since: self.paused_days(since, at))

    def gross(self, at):
        """What the days left cost, with tax, before money back."""
        if not self.served:
            return 0
        net, taxes = self.days_left(at)
        return net + sum(taxes)

    def unused_gross(self, at):
        return max(0, self.gross(at) - self.off(at))

    def take_unused(self, at):
        """All the days left are credited: at most what is unused. Money back weighs on them no more."""
        amount = self.unused_gross(at)
        if self.pool:
            self.pool.append({"credit": self.gross(at), "amount": amount, "on": at})
        return amount

    def run(self, pool):
        """Lives the money back of a period: what is spread over its days then, and what of the balance it changed."""
        spread, changed = [], 0
        for event in pool:
            off = self.weighs(spread, self.left(event))
            if "back" in event:
                changed += self.take_off(event["back"], max(0, event["base"] - off))
                spread.append((event["back"]["off"], event))
                continue
            amount = max(0, event["credit"] - off)
            changed += amount - event["amount"]
            event["amount"], spread = amount, []
        self.carry(-changed)
        return spread, changed

    def take_off(self, back, unused):
        """Money back comes off what is unused. Gives what that changes of the balance."""
        more = min(back["amount"], unused) - back["off"]
        forgiven = min(more, back["forgiven"])
        back["off"] += more
        back["forgiven"] -= forgiven
        back["balance"] -= more - forgiven
        return more - forgiven

    def freeze(self):
        """A period is over: the days that its money back was spread over stay."""
        for event in self.pool:
            event["days"] = self.days_from(event["on"])
        self.pools.append(self.pool)
        self.pool = []

    # -- events ----------------------------------------------------------------------------------------

    def refund(self, reference, amount, at):
        payment = self.collected[reference]
        if not 0 < amount <= payment[0]:
            raise Refused
        payment[0] -= amount
        back = {"amount": amount, "off": 0, "balance": 0, "forgiven": amount, "payment": payment, "after_end": self.at_end is not None}
        self.backs.append(back)
        if self.at_end:
            self.settle_end()
        elif payment[1] == self.number and self.gross(at):
            self.pool.append({"back": back, "on": at, "base": self.gross(at)})
            self.run(self.pool)
        taken = min(self.paid_for(), back["forgiven"])
        self.balance += taken
        back["balance"] += taken
        back["forgiven"] -= taken

    def reverse(self, which, amount):
        back = self.backs[which]
        amount = back["amount"] if amount is None else amount
        if not 0 < amount <= back["amount"]:
            raise Refused
        back["amount"] -= amount
        back["payment"][0] += amount
        rest, freed = amount, 0
        for part in ["forgiven", "balance", "off"]:
            restored = min(rest, back[part])
            back[part] -= restored
            rest -= restored
            freed += restored if part == "balance" else 0
        self.balance -= freed
        for pool in [*self.pools, self.pool]:
            freed += self.run(pool)[1]
        if self.at_end:
            freed += self.settle_end()
        for later in self.backs[which + 1 :]:
            taken = max(0, min(freed, later["forgiven"]))
            later["forgiven"] -= taken
            later["balance"] += taken
            self.balance += taken
            freed -= taken

    # -- the end ---------------------------------------------------------------------------------------

    def find_end(self, at):
        return {"on": at, "base": self.gross(at), "unused": self.unused_gross(at), "balance": self.balance, "given": self.given}

    def settle_end(self):
        """After the end money comes off what was unused then, less the debt that it was set against."""
        end = self.at_end
        unused = max(0, end["base"] - self.off(end["on"]))
        debt = max(0, end["balance"])
        changed = 0 if end["waived"] else min(unused, debt) - min(end["unused"], debt)
        end["unused"], left = unused, max(0, unused - debt)
        for back in self.backs:
            if back["after_end"]:
                changed += self.take_off(back, left)
                left = max(0, left - back["off"])
        self.carry(-changed)
        return changed

    def quote(self, at):
        """Unused, balance, refund and owed of a cancellation on a day."""
        end = self.at_end or self.find_end(at)
        since = self.paid_out + sum(back["amount"] for back in self.backs if back["after_end"])
        debt, paid_for = max(0, end["balance"]), max(0, -end["balance"] - end["given"])
        refund = max(0, end["unused"] + paid_for - debt - since)
        return [end["unused"], end["balance"], refund, max(0, debt - end["unused"])]
