#!/usr/bin/env python3
"""Short lives of subscriptions, computed with exact fractions, to compare ours with.

Only the standard library is needed (Python 3.9 or later); the seed is SEED below. To generate the
file again:

    python3 tests/oracle/fractions_lives.py tests/oracle/fractions_lives.jsonl

fractions_life.py says how a life comes about.

A row has the keys of fractions_prices.py, and:

    v  the changes: a (the day), b (price), q (quantities), d (discounts), t (taxes), m (minimum),
       w (settle: next_payment), e (effective: period_end), k (cycle)
    z  the last day
    x  the payments: [number, extra, due date, amount, sum of the lines without tax and balance,
       added tax]
    r  a day in the last period, and what is unused of it then, with tax
"""

import json
from datetime import timedelta

from fractions_life import PERIODS, Life, ids_of
from fractions_prices import PERCENTS, RATES, another_price, item_prices, on_grid, random_item, random_terms, small_amount, write_rows
from fractions_prorations import DAYS_OF, Refused, months_of, random_cycle

SEED = 20261130
ROWS = 5_000


# -- questions --------------------------------------------------------------------------------------


def random_discounts(rng, grid, known):
    """Some of the known ones, and new ones."""
    discounts = [discount for discount in known if rng.random() < 0.5]
    for _ in range(rng.choice([0, 1, 1, 2])):
        off = rng.choice(PERCENTS) if rng.random() < 0.55 else max(grid, on_grid(rng.choice([1, 500, 2500, 333]), grid))
        discounts.append([f"n{rng.randint(0, 10**6)}", off, rng.choice([None, None, 1, 2]), None])
    return discounts


def random_taxes(rng):
    return [rng.choice([0, 0, 1]), rng.sample(RATES[1:], rng.choice([1, 1, 2]))]


def random_terms_of_life(rng, least_days=3, last_year=9999, setup=0.2, steps=0.15):
    """Terms with what a price has beside it; a cycle of weeks or days has at least some days."""
    row, start, cycle, anchor, grid = random_terms(rng)
    if isinstance(row["p"], int) and rng.random() < 0.6:
        row["p"] = [random_item(rng, id_, grid) for id_ in "ab"]
    if rng.random() < 0.3:  # so small that taxes are rounded much
        row["p"] = [[id_, rng.randint(0, 9), grid * rng.randint(1, 3)] for id_ in "abcd"[: rng.randint(2, 4)]]
    if months_of(*cycle) is None and cycle[0] * (7 if cycle[1] == "week" else 1) < least_days:
        raise Refused
    if start.year > last_year:
        raise Refused
    if rng.random() < 0.5:
        row["d"] = random_discounts(rng, grid, [])
    if rng.random() < 0.6:
        row["t"] = random_taxes(rng)
    if rng.random() < 0.3:
        row["m"] = max(grid, small_amount(rng, grid)) * rng.choice([1, 1, 50])
    if rng.random() < setup:
        row["u"] = max(grid, on_grid(rng.choice([100, 2500, 333]), grid))
    if rng.random() < steps:
        row["S"] = [[rng.choice([2, 3]), another_price(rng, row["p"], grid)]]
    if not row.get("d", [1]):
        del row["d"]
    return row, start, cycle, anchor, grid


def random_life(rng):
    row, start, cycle, anchor, grid = random_terms_of_life(rng)
    life = Life(row, start, cycle, anchor)
    life.pay_schedule()
    row["v"] = []
    discounts = row.get("d", [])
    for _ in range(1, PERIODS):
        begin, end = life.dues[life.number - 1], life.dues[life.number]
        days = sorted(rng.randint(0, (end - begin).days - 1) for _ in range(rng.choice([0, 1, 1, 2, 3])))
        if rng.random() < 0.5:
            days = [rng.choice([0, *days[:1]])] * len(days)  # all on one day
        for day in days:
            change, at = {"a": (begin + timedelta(days=day)).isoformat()}, begin + timedelta(days=day)
            kind = rng.random()
            items = not isinstance(life.price, int)
            if life.waiting is not None and (not items or isinstance(life.waiting["b"], int)):
                continue
            if life.waiting is not None or items and kind < 0.5:
                ids = sorted(ids_of(life.price))
                change["q"] = [[id_, rng.choice([0, 1, 4, 8, 60, 150])] for id_ in rng.sample(ids, rng.randint(1, len(ids)))]
            elif kind < 0.8:
                change["b"] = another_price(rng, life.price, grid)
                if items and rng.random() < 0.2:  # the same as one amount
                    change["b"] = sum(amount for _, amount in item_prices(life.price, life.quantities, life.rounding))
            if life.waiting is None:
                if "b" in change and rng.random() < 0.2:
                    change["e"] = "period_end"
                else:
                    if rng.random() < 0.2 or not {"b", "q"} & set(change):
                        discounts = change["d"] = random_discounts(rng, grid, discounts)
                    if rng.random() < 0.1:
                        change["m"] = max(grid, small_amount(rng, grid))
                    if rng.random() < 0.1:
                        change["t"] = random_taxes(rng)
            if change.get("e") is None and rng.random() < 0.3:
                change["w"] = "next_payment"
            if "b" in change and "e" not in change and life.waiting is None and rng.random() < 0.08:
                cycle = random_cycle(rng)
                if cycle[0] * DAYS_OF[cycle[1]] != life.cycle[0] * DAYS_OF[life.cycle[1]]:
                    change.pop("w", None)
                    change["k"] = f"{cycle[0]}{cycle[1][0]}"
            row["v"].append(json.loads(json.dumps(change)))
            if "k" in change:
                life.restart({**change, "cycle": cycle}, at)
                break
            life.change(change, at)
        life.pay_schedule()
    row["z"], row["x"] = life.dues[life.number - 1].isoformat(), life.made
    begin, end = life.dues[life.number - 1], life.dues[life.number]
    at = begin + timedelta(days=rng.choice([0, rng.randint(0, (end - begin).days - 1)]))
    row["r"] = [at.isoformat(), sum(life.unused(at))]
    if any(abs(amount) > 2**45 for payment in life.made for amount in payment[3:]):
        raise Refused
    return row


if __name__ == "__main__":
    write_rows(SEED, [(random_life, ROWS)])
