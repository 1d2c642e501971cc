#!/usr/bin/env python3
"""Lives in which something happens, computed with exact fractions, to compare ours with: money back, trials,
declines, pauses, skipped payments, other dates and cancellations.

Only the standard library is needed (Python 3.9 or later); the seed is SEED below. To generate the
file again:

    python3 tests/oracle/fractions_histories.py tests/oracle/fractions_histories.jsonl

fractions_history.py, fractions_open.py and fractions_money_back.py say how a life comes about. A row has the
keys of fractions_lives.py, without `r`, and:

    y  trial start, trial price
    j  the days of the retries, after which a payment is given up
    F  the declined attempts: [number, extra, attempt]
    v  the changes, and beside them what happens: [what, the day, ...]
       credited amount, paid_out amount, refunded [reference, amount], reversed [the refund from 0, amount],
       paused [first day, until, schedule], resumed schedule, skipped payments, moved [day, between],
       cancelled [when, waive], withdrawn; quote [when, unused, balance, refund, owed];
       missed: nobody lives the days until `called`
    x  the attempts at payments
"""

import json
from datetime import timedelta

from fractions_history import History
from fractions_life import ids_of
from fractions_lives import random_discounts, random_taxes, random_terms_of_life
from fractions_prices import another_price, item_prices, on_grid, small_amount, write_rows
from fractions_prorations import DAYS_OF, Refused, later_day, random_cycle

SEED = 20261201
ROWS = 6_000
THEMES = {
    "money": {"refunded": 4, "reversed": 2, "credited": 2, "paid_out": 1, "change": 3},
    "trial": {"change": 3, "credited": 1, "refunded": 1, "skipped": 1, "moved": 1},
    "declines": {"change": 4, "credited": 1, "refunded": 1},
    "missed": {"missed": 3, "change": 2, "credited": 1},
    "breaks": {"paused": 3, "resumed": 2, "skipped": 2, "change": 3, "credited": 1},
    "dates": {"moved": 4, "change": 3, "credited": 1},
    "ends": {"cancelled": 2, "withdrawn": 1, "change": 3, "credited": 1},
    "all": {"refunded": 2, "reversed": 1, "credited": 1, "change": 4, "paused": 1, "resumed": 1, "skipped": 1, "moved": 1, "cancelled": 1},
}


def random_terms_of_theme(rng, theme):
    row, start, cycle, anchor, grid = random_terms_of_life(rng, least_days=7, last_year=2300, setup=0.3, steps=0.25)
    if theme == "trial":
        row["y"] = [later_day(start, -rng.choice([3, 7, 14, 30])).isoformat()]
        if rng.random() < 0.5:
            row["y"].append(max(grid, on_grid(rng.choice([1, 100, 999]), grid)))
    if theme == "declines" and rng.random() < 0.7:
        row["j"] = rng.choice([[1], [1, 2], [2]])
    return row, start, cycle, anchor, grid


class Questions:
    """What happens in a life, by chance."""

    def __init__(self, rng):
        self.rng, self.theme = rng, rng.choice(list(THEMES))
        self.row, start, cycle, anchor, self.grid = random_terms_of_theme(rng, self.theme)
        self.row["F"], self.row["v"] = [], []
        self.life = History(self.row, start, cycle, anchor, self.is_declined)
        self.day = start
        if "y" in self.row:
            self.day = type(start).fromisoformat(self.row["y"][0])
        self.discounts, self.is_idle = self.row.get("d", []), False

    def is_declined(self, number, extra, tries):
        if self.theme != "declines" or number == 1 and extra == 0 or tries > len(self.row.get("j", [1])) + 1:
            return False
        declined = self.rng.random() < 0.4
        if declined:
            self.row["F"].append([number, extra, tries])
        return declined

    def days(self):
        life = self.life
        return max(1, (life.dues[life.number] - (life.dues[life.number - 1] if life.number else self.day)).days)

    def answer(self):
        rng, life = self.rng, self.life
        life.advance(self.day)
        for _ in range(rng.randint(2, 7)):
            self.day = later_day(self.day, rng.choice([0, 0, rng.randint(0, 3), rng.randint(0, self.days()), self.days()]))
            life.advance(self.day)
            if life.number > 10:
                raise Refused
            what = rng.choices(*zip(*THEMES[self.theme].items()))[0]
            getattr(self, what)()
            if rng.random() < 0.3:
                self.quote()
        self.quote()
        self.day = later_day(self.day, rng.randint(0, 2 * self.days()))
        life.advance(self.day)
        self.quote()
        self.row["z"], self.row["x"] = self.day.isoformat(), life.made
        if any(abs(amount) > 2**45 for payment in life.made for amount in payment[3:]) or life.number > 12:
            raise Refused
        if not self.row["F"]:
            del self.row["F"]
        return self.row

    def add(self, what, *rest):
        self.row["v"].append([what, self.day.isoformat(), *rest])

    def some(self, most):
        rng = self.rng
        return rng.choice([most, (most + 1) // 2, rng.randint(1, most), rng.randint(1, most), 1]) if most > 0 else None

    # -- what happens ----------------------------------------------------------------------------------

    def quote(self):
        life, rng = self.life, self.rng
        when = "now"
        if life.over is None and not life.open and not life.pause and life.ends is None:
            when = rng.choice(["now", "now", "period_end", later_day(self.day, rng.randint(1, 2 * self.days()))])
            if when == "period_end" and not life.served and life.number:
                when = "now"
        self.add("quote", when if isinstance(when, str) else when.isoformat(), *life.quoted(when, self.day))

    def change(self):
        life, rng, grid = self.life, self.rng, self.grid
        if life.over is not None or life.pause or life.skips and max(life.skips) > life.number:
            return
        if life.ends is not None and life.end_day() <= self.day:
            return
        if life.is_due(self.day) and (life.waiting is not None or any(first == life.number + 1 for first, _ in life.steps)):
            return
        change, kind, items = {"a": self.day.isoformat()}, rng.random(), not isinstance(life.price, int)
        if life.waiting is not None and (not items or isinstance(life.waiting["b"], int)):
            return
        if life.waiting is not None or items and kind < 0.5:
            ids = sorted(ids_of(life.price))
            change["q"] = [[id_, rng.choice([0, 1, 4, 8, 60, 150])] for id_ in rng.sample(ids, rng.randint(1, len(ids)))]
        else:
            change["b"] = another_price(rng, life.price, grid)
        if life.waiting is None:
            if "b" in change and rng.random() < 0.15 and not life.open and not life.is_due(self.day) and life.number and life.follows():
                change["e"] = "period_end"
            else:
                if rng.random() < 0.2:
                    known = [[*rest, rng.choice([None, 1, 2, 3]), None] if rng.random() < 0.3 else [*rest, most, None] for *rest, most, _ in self.discounts]
                    self.discounts = change["d"] = random_discounts(rng, grid, known)
                if rng.random() < 0.1:
                    change["m"] = max(grid, small_amount(rng, grid))
                if rng.random() < 0.1:
                    change["t"] = random_taxes(rng)
        if change.get("e") is None and rng.random() < 0.3:
            change["w"] = "next_payment"
        cycle = None
        if "b" in change and "e" not in change and not life.open and not life.is_due(self.day) and life.waiting is None and rng.random() < 0.08:
            cycle = random_cycle(rng)
            if cycle[0] * DAYS_OF[cycle[1]] != life.cycle[0] * DAYS_OF[life.cycle[1]]:
                change.pop("w", None)
                change["k"] = f"{cycle[0]}{cycle[1][0]}"
        self.row["v"].append(json.loads(json.dumps(change)))
        life.request({**change, "cycle": cycle} if "k" in change else change, self.day)

    def is_kept(self):
        due = self.life.dues[self.life.number - 1]
        return any(begin <= due < until for begin, until in self.life.kept)

    def credited(self):
        amount = self.rng.choice([1, 7, 100, 2500, 99999])
        self.life.credit(amount)
        self.add("credited", amount)

    def paid_out(self):
        amount = self.some(self.life.paid_for())
        if amount:
            self.life.pay_out(amount)
            self.add("paid_out", amount)

    def refunded(self):
        life, rng = self.life, self.rng
        left = [reference for reference, (amount, _) in life.collected.items() if amount > 0]
        if left:
            reference = rng.choice(left[-2:])
            amount = self.some(life.collected[reference][0])
            life.refund(reference, amount, self.day)
            self.add("refunded", reference, amount)

    def reversed(self):
        left = [i for i, back in enumerate(self.life.backs) if back["amount"] > 0]
        if left:
            which = self.rng.choice(left)
            amount = None if self.rng.random() < 0.5 else self.some(self.life.backs[which]["amount"])
            self.life.reverse(which, amount)
            self.add("reversed", which, amount)

    def paused(self):
        life, rng = self.life, self.rng
        if life.pause or life.over is not None or life.ends is not None or life.open or not life.number or life.waiting or life.stubs.get(life.number + 1) or life.until != life.dues[life.number]:
            return
        begin = later_day(self.day, rng.choice([0, 0, rng.randint(0, self.days())]))
        until = rng.choice([None, later_day(begin, rng.randint(1, 2 * self.days()))])
        how = rng.choice(["keep", "shift"])
        life.pause_from(begin, until, how)
        self.add("paused", begin.isoformat(), until and until.isoformat(), how)
        life.advance(self.day)

    def resumed(self):
        life = self.life
        if life.pause and life.pause[0] <= self.day and life.over is None:
            how = self.rng.choice(["keep", "shift"])
            life.resume(self.day, how)
            self.add("resumed", how)
            life.advance(self.day)

    def skipped(self):
        life = self.life
        if life.over is None and not life.pause and life.ends is None and not life.open and not life.stubs.get(life.number + 1) and life.until == life.dues[life.number]:
            payments = self.rng.choice([1, 1, 2])
            if not life.number and not sum(amount for _, amount in item_prices(life.price, life.quantities, life.rounding)):
                return  # it has no card yet
            life.skip(payments)
            self.add("skipped", payments)

    def moved(self):
        life, rng = self.life, self.rng
        if life.over is not None or life.pause or life.ends is not None or life.open or life.waiting or life.number + 1 in life.skips:
            return
        due = life.dues[life.number]
        day = later_day(due, rng.choice([-1, 1]) * rng.randint(1, self.days()))
        between = rng.choice(["prorated", "free"]) if day > due and life.number else None
        if day < self.day or life.stubs.get(life.number + 1) or life.number and life.until != due:
            return
        life.reschedule(day, between, self.day)
        self.add("moved", day.isoformat(), between)
        life.advance(self.day)

    def cancelled(self):
        life, rng = self.life, self.rng
        if life.over is not None or life.pause or life.ends is not None and life.was_cut:
            return
        when = rng.choice(["now", "period_end", later_day(self.day, rng.randint(1, 2 * self.days()))])
        if life.open and when == "period_end":
            return
        waives = rng.random() < 0.2
        life.cancel(when, self.day, waives)
        self.add("cancelled", when if isinstance(when, str) else when.isoformat(), *["waive"] * waives)
        due = life.dues[life.number]
        if life.over is None and not life.open and not life.stops and not self.is_idle and self.day <= due < when and rng.random() < 0.6:
            self.day = due
            life.advance(due)
            self.quote()

    def withdrawn(self):
        life = self.life
        if life.ends is not None and life.over is None and not life.was_cut:
            life.withdraw()
            self.add("withdrawn")

    def missed(self):
        life, rng = self.life, self.rng
        if life.open or life.over is not None or life.pause or life.ends is not None or not life.served:
            return
        due, end = life.dues[life.number], life.dues[life.number + 1]
        call = due + timedelta(days=rng.randint(1, max(1, (end - due).days - 1)))
        if call >= end:
            return
        life.advance(due - timedelta(days=1))
        self.day = due - timedelta(days=1)
        self.add("missed")
        self.is_idle = True
        for _ in range(rng.randint(1, 4)):
            later = self.day + timedelta(days=rng.choice([0, rng.randint(0, (call - self.day).days)]))
            self.day = max(later, due)
            if self.day > due and not life.open and life.over is None:
                life.open_next(call)
            if life.open:
                life.advance(self.day - timedelta(days=self.day == call))
            whats = ["change", "change", "cancelled", "withdrawn", "credited"]
            for what in ["change", "cancelled", "withdrawn"] if rng.random() < 0.25 else [rng.choice(whats)]:
                getattr(self, what)()
            if life.over is not None:
                break
        if life.over is None and not life.open:
            life.open_next(call)
        self.day, self.is_idle = call, False
        self.add("called")
        life.advance(call)


if __name__ == "__main__":
    write_rows(SEED, [(lambda rng: Questions(rng).answer(), ROWS)])
