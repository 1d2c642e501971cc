#!/usr/bin/env python3
"""Payments of prices, and changes of prices, computed with exact fractions, to compare ours with.

Only the standard library is needed (Python 3.9 or later); the seed is SEED below. To generate the
file again:

    python3 tests/oracle/fractions_prices.py tests/oracle/fractions_prices.jsonl

How a row comes about (rules R9.1 to R9.5, and those of fractions_prorations.py, whose dates and
roundings this uses):

- An item costs a Fraction, rounded once. Graduated tiers are walked unit range by unit range; volume
  finds the one tier of the quantity. A quantity of 0 is in no tier.
- Discounts reduce the full price of each item, one after another. A part of a period is the rounded
  part of what is left; the line of a discount in a stub is the difference of two such parts.
- The minimum applies if it exceeds the discounted full price; its part is the rounded part of the
  minimum less the rounded parts of the items.
- A number is counted, and has the setup, if its price is above 0, even where a stub's part of it rounds
  to 0; a free stub has no price.
- Tax is added to the sum of the charges, rounded once a rate; or it is in that sum, and the net is
  the sum divided by one and the rates, rounded once to a minor unit.
- A change credits and charges what differs, item by item. An amount is an item without a name.

A row is an object with short keys; all amounts are minor units of one currency. What is not given is
absent.

    c  currency
    s  the schedule: start, cycle (3m: three months; also d, w, y) and, if given, anchor day
    n  payment count
    o  rounding and round_to        f  first_period
    p  the price: an amount, or items. An item is [id, quantity, unit amount, per], or [id, quantity,
       mode (g, v), [up_to, unit amount, per, flat], ...]; a quantity of null is not given

of a payment row:

    S  steps: [from, price]         d  discounts: [id, percent or amount, payments, through]
    t  taxes: [included, rates]     m, u  minimum, setup        y  trial start, trial price
    x  the payments from number 1 (from number 0 with a trial price; from number 2 where a verification
       settles the first, R4.6): [amount,
       item lines, discount lines, minimum, setup, taxes by rate], without lines of 0; 0 is: as the one
       before
    P  the price per period         T  the total, with a payment count

of a row of a change, which has `a`, its day:

    b  the price after it, or       q  the quantities after it: [id, quantity]
    k  the cycle after it           N  the payment count after it
    e, w, g  effective, settle, prorate
    x  [direction, effective on, settled, credit, charge, due now, balance, next due, next amount]
    l  the lines: [kind (c credit, h charge, p period), id or null, amount], without lines of 0
"""

import json
import random
import sys
from datetime import timedelta
from fractions import Fraction

from fractions_prorations import (
    CURRENCIES,
    DAYS_OF,
    MOST,
    ROUNDINGS,
    Refused,
    clamped,
    direction_of,
    due_dates,
    is_stub,
    later_day,
    list_second,
    months_of,
    months_on,
    on_grid,
    random_amount,
    random_cycle,
    random_start,
    rounded,
)

SEED = 20261129
PAYMENT_ROWS = 11_000
CHANGE_ROWS = 9_000
LARGEST = 2**38  # of a price, so that sums over years stay in range
PERCENTS = ["5", "10", "10", "12.5", "15", "20", "25", "33", "33.33", "50", "66.67", "99.9", "100", "0.5", "7.25", "1.005"]
RATES = ["25", "25", "15", "12", "0", "19", "20", "8.25", "5.5", "9.975", "5", "10", "21", "7.7", "22"]


# -- what something costs ---------------------------------------------------------------------------


def split(amount, weights):
    """R1.5: exact shares rounded down, the units that remain to the largest remainders."""
    total = sum(weights)
    if total == 0:
        return [0 for _ in weights]
    exact = [Fraction(amount * weight, total) for weight in weights]
    parts = [int(share) for share in exact]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[: amount - sum(parts)]:
        parts[i] += 1
    return parts


def exact_cost(item, quantity):
    """What a full period of an item costs, not rounded."""
    if not isinstance(item[2], str):
        return Fraction(item[2] * quantity, (item[3] if len(item) > 3 else None) or 1)
    tiers, cost, reached = item[3:], Fraction(0), 0
    for up_to, unit, *rest in tiers:
        per, flat = [*rest, None, None][:2]
        top = quantity if up_to is None else min(quantity, up_to)
        if item[2] == "g" and top > reached:
            cost += Fraction(unit * (top - reached), per or 1) + (flat or 0)
        if item[2] == "v" and reached < quantity and (up_to is None or quantity <= up_to):
            cost += Fraction(unit * quantity, per or 1) + (flat or 0)
        reached = max(reached, quantity if up_to is None else up_to)
    return cost


def quantities_of(price, before):
    """The quantity of each item: as stated, else the one before, else 1."""
    if isinstance(price, int):
        return {}
    return {item[0]: before.get(item[0], 1) if item[1] is None else item[1] for item in price}


def item_prices(price, quantities, rounding):
    """The full price of each item, in order: (id, amount). An amount is an item without an id."""
    if isinstance(price, int):
        return [(None, price)]
    prices = [(item[0], rounded(exact_cost(item, quantities[item[0]]), *rounding)) for item in price]
    if sum(amount for _, amount in prices) > LARGEST:
        raise Refused
    return prices


def steps_of_discounts(prices, discounts, rounding):
    """What is left of each item: before the discounts, then after each of them."""
    left = [[amount for _, amount in prices]]
    for off in discounts:
        before = left[-1]
        if isinstance(off, str):
            taken = [rounded(amount * Fraction(off) / 100, *rounding) for amount in before]
        else:
            grid = rounding[1]
            taken = [grid * units for units in split(min(off, sum(before)) // grid, before)]
        left.append([max(0, amount - less) for amount, less in zip(before, taken)])
    return left


def taxes_of(charges, taxes, rounding):
    """The tax of each rate, and what of it is added."""
    if taxes is None or not taxes[1]:
        return [], 0
    rates = [Fraction(rate) / 100 for rate in taxes[1]]
    if not taxes[0]:
        found = [rounded(charges * rate, *rounding) for rate in rates]
        return found, sum(found)
    tax = charges - rounded(charges / (1 + sum(rates)), rounding[0], 1)
    return split(tax, [int(rate * 10**9) for rate in rates]), 0


# -- payments ---------------------------------------------------------------------------------------


def rounding_of(row):
    mode, grid = (row.get("o") or "half_up 1").split(" ")
    return mode, int(grid)


def price_of(row, number):
    """The price of a payment number by the steps, with its quantities."""
    price, quantities = row["p"], quantities_of(row["p"], {})
    for first, other in row.get("S", []):
        if first <= number:
            price, quantities = other, quantities_of(other, quantities)
    return price, quantities


def fraction_of_first(start, cycle, anchor, first):
    """The part of a full period that period 1 is charged for."""
    if anchor is None or not is_stub(start, anchor) or first == "full":
        return Fraction(1)
    if first == "free":
        return Fraction(0)
    dues = due_dates(start, *cycle, anchor)
    next(dues)
    second = next(dues)
    before = clamped(*months_on(second.year, second.month, -months_of(*cycle)), anchor)
    return Fraction((second - start).days, (second - before).days)


def without_zeros(lines):
    return [amount for amount in lines if amount]


def payments(row, start, cycle, anchor, count):
    """The payments from number 1 on, as far as they are wanted."""
    rounding = rounding_of(row)
    made, counted, setup = [], 0, row.get("u", 0)
    dues = due_dates(start, *cycle, anchor)
    for number in range(1, count + 1):
        due = next(dues)
        part = fraction_of_first(start, cycle, anchor, row.get("f")) if number == 1 else Fraction(1)
        prices = item_prices(*price_of(row, number), rounding)
        holds = [
            off
            for _, off, most, through in row.get("d", [])
            if (most is None or counted < most) and (through is None or due.isoformat() <= through)
        ]
        left = steps_of_discounts(prices, holds, rounding)
        parts = [[rounded(amount * part, *rounding) for amount in amounts] for amounts in left]
        minimum = row.get("m", 0)
        minimum = rounded(minimum * part, *rounding) - sum(parts[-1]) if minimum > sum(left[-1]) else 0
        fee = 0
        if part > 0 and sum(left[0]) > 0:
            counted += 1
            fee, setup = setup, 0
        charges = sum(parts[-1]) + minimum + fee
        taxes, added = taxes_of(charges, row.get("t"), rounding)
        lines_off = [now - was for was, now in zip(sum(parts[:-1], []), sum(parts[1:], []))]
        made.append([charges + added, without_zeros(parts[0]), without_zeros(lines_off), minimum, fee, taxes])
    return made


def shortened(payment):
    """Without what is nothing at the end."""
    payment = list(payment)
    while len(payment) > 1 and payment[-1] in (0, []):
        payment.pop()
    return payment


def answer_of_payments(row, start, cycle, anchor, listed):
    rounding = rounding_of(row)
    made = payments(row, start, cycle, anchor, row.get("n", listed))
    if "y" in row and len(row["y"]) > 1:
        taxes, added = taxes_of(row["y"][1], row.get("t"), rounding)
        made.insert(0, [row["y"][1] + added, [row["y"][1]], [], 0, 0, taxes])
    if "n" in row:
        row["T"] = sum(payment[0] for payment in made)
    last = 1 + max([0] + [first for first, _ in row.get("S", [])])
    full = max(sum(amount for _, amount in item_prices(*price_of(row, last), rounding)), row.get("m", 0))
    row["P"] = full + taxes_of(full, row.get("t"), rounding)[1]
    if "y" not in row and made[0][0] == 0:
        horizon = row.get("n", 60 if months_of(*cycle) else 400)
        if any(payment[0] for payment in payments(row, start, cycle, anchor, horizon)):
            made = made[1:]  # R4.6: a verification settles it
    shown, row["x"] = [shortened(payment) for payment in made[:listed]], []
    for i, payment in enumerate(shown):
        row["x"].append(0 if i and payment == shown[i - 1] else payment)


# -- changes ----------------------------------------------------------------------------------------


def answer_of_change(row, start, cycle, anchor, at, new_cycle):
    rounding = rounding_of(row)
    old_quantities = quantities_of(row["p"], {})
    if "q" in row:
        new_price, new_quantities = row["p"], {**old_quantities, **dict(row["q"])}
    else:
        new_price, new_quantities = row["b"], quantities_of(row["b"], old_quantities)
    old, new = item_prices(row["p"], old_quantities, rounding), item_prices(new_price, new_quantities, rounding)
    old_total, new_total = sum(amount for _, amount in old), sum(amount for _, amount in new)

    dues, number = [], None
    for due in due_dates(start, *cycle, anchor):
        dues.append(due)
        if len(dues) >= 2 and at < due:
            number = len(dues) - 1
            break
    begin, end = dues[-2], dues[-1]
    count = row.get("n")
    if count is not None and number > count:
        raise Refused
    follows = count is None or number < count
    restart = new_cycle[0] * DAYS_OF[new_cycle[1]] != cycle[0] * DAYS_OF[cycle[1]]
    direction = direction_of(Fraction(old_total), cycle, Fraction(new_total), new_cycle)
    effective = row.get("e") or ("period_end" if direction == "downgrade" else "on_date")
    settle = row.get("w", "now")
    if restart and (settle == "next_payment" or (count and "N" not in row)) or not restart and "N" in row:
        raise Refused
    if effective == "period_end":
        if not follows:
            raise Refused
        row["x"] = [direction, end.isoformat(), "none", 0, 0, 0, 0, end.isoformat(), new_total]
        return

    first = row.get("f", "prorated")
    stub = number == 1 and anchor is not None and is_stub(start, anchor)
    of = (end - begin).days
    if stub and first == "prorated":
        of = (end - clamped(*months_on(end.year, end.month, -months_of(*cycle)), anchor)).days
    free, left = stub and first == "free", (end - at).days

    def part(amount, days):
        return rounded(Fraction(amount * days, of), *rounding)

    lines, prorated = [], row.get("g", True) and not free
    for id_, amount in old:
        same = id_ is not None and (id_, amount) in new and not restart
        if prorated and not same:
            paid = part(amount, (end - begin).days) if stub and first == "prorated" else amount
            lines.append(["c", id_, -min(part(amount, left), paid)])
    for id_, amount in new:
        same = id_ is not None and (id_, amount) in old and not restart
        if restart:
            lines.append(["p", id_, amount])
        elif prorated and not same:
            lines.append(["h", id_, part(amount, left)])
    credit = sum(amount for kind, _, amount in lines if kind == "c")
    net = sum(amount for _, _, amount in lines)
    next_due = end if follows else None
    if restart:
        second = list_second(at, new_cycle, (anchor or start.day) if months_of(*cycle) else None)
        next_due = second if row.get("N") is None or row["N"] >= 2 else None
    settled = settle
    if settle == "next_payment" and next_due is None:
        settled = "none" if net < 0 else "now"
    due_now = max(0, net) if settled == "now" else 0
    balance = net - due_now
    later = [next_due.isoformat(), max(0, new_total + balance)] if next_due else [None, None]
    row["x"] = [direction, at.isoformat(), settled, credit, net - credit, due_now, balance, *later]
    row["l"] = [line for line in lines if line[2]]


# -- questions --------------------------------------------------------------------------------------


def small_amount(rng, grid):
    kind = rng.random()
    amount = random_amount(rng) if kind < 0.3 else rng.choice([999, 1000, 1750, 4900, 9900, 10000, 25000])
    return on_grid(amount % 2**rng.randint(8, 30) if kind < 0.3 else amount + rng.choice([0, 0, 0, 1, 7]), grid)


def random_item(rng, id_, grid):
    quantity = None if rng.random() < 0.2 else rng.choice([0, 1, 2, 3, 5, 8, 12, 50, 75, 143, rng.randint(0, 5000)])
    per = rng.choice([None] * 6 + [3, 100, 1000])
    if rng.random() < 0.7:
        item = [id_, quantity, small_amount(rng, grid)]
        return item + [per] if per else item
    tiers, up_to = [], 0
    for _ in range(rng.choice([0, 1, 1, 2])):
        up_to += rng.choice([1, 5, 10, 50, 100, rng.randint(1, 300)])
        tiers.append([up_to])
    tiers.append([None])
    for tier in tiers:
        tier.append(0 if rng.random() < 0.15 else small_amount(rng, grid) if rng.random() < 0.3 else grid * rng.randint(1, 90))
        per = rng.choice([None] * 4 + [7, 100])
        flat = on_grid(rng.choice([1, 500, 5000]), grid) if rng.random() < 0.25 else None
        tier += [per, flat] if flat else [per] if per else []
    return [id_, quantity, rng.choice("gv"), *tiers]


def random_price(rng, grid, ids="abc"):
    if rng.random() < 0.3:
        return small_amount(rng, grid)
    ids = rng.sample(ids, rng.choice([1, 1, 1, 2, 2, 3]))
    return [random_item(rng, id_, grid) for id_ in ids]


def another_price(rng, price, grid):
    """A price that shares some items with another."""
    if isinstance(price, int) or rng.random() < 0.15:
        return random_price(rng, grid)
    items = []
    for item in price:
        kind = rng.random()
        if kind < 0.35:
            items.append(list(item))
        elif kind < 0.6:
            items.append([item[0], rng.choice([None, 1, 4, 9, rng.randint(0, 200)]), *item[2:]])
        elif kind < 0.85:
            items.append(random_item(rng, item[0], grid))
    if not items or rng.random() < 0.2:
        new = next(id_ for id_ in "defg" if id_ not in [item[0] for item in items])
        items.append(random_item(rng, new, grid))
    return items


def random_terms(rng):
    start, cycle = random_start(rng), random_cycle(rng)
    anchor = None
    if cycle[1] in ("month", "year") and rng.random() < 0.4:
        anchor = rng.choice([1, 15, 28, 29, 30, 31, rng.randint(1, 31)])
    row = {"c": rng.choice(["NOK", "JPY", "KWD", "EUR"] * 4 + CURRENCIES)}
    row["s"] = " ".join(map(str, [start, f"{cycle[0]}{cycle[1][0]}"] + ([anchor] if anchor else [])))
    grid = rng.choices([1, 5, 10, 100], weights=[80, 5, 7, 8])[0]
    mode = rng.choice(ROUNDINGS) if rng.random() < 0.5 else "half_up"
    if grid > 1 or mode != "half_up":
        row["o"] = f"{mode} {grid}"
    if rng.random() < (0.4 if anchor else 0.05):
        row["f"] = rng.choice(["prorated", "full", "free"])
    row["p"] = random_price(rng, grid)
    return row, start, cycle, anchor, grid


def random_payments(rng):
    row, start, cycle, anchor, grid = random_terms(rng)
    listed = rng.choice([1, 2, 2, 3, 4])
    if rng.random() < 0.25:
        row["n"] = listed + rng.choice([0, 0, 1, 5])
    if rng.random() < 0.25:
        firsts = sorted(rng.sample(range(2, 5), rng.choice([1, 1, 1, 2])))
        row["S"], price = [], row["p"]
        for first in firsts:
            price = another_price(rng, price, grid)
            row["S"].append([first, price])
    if rng.random() < 0.5:
        row["d"] = []
        for id_ in "xyz"[: rng.choice([1, 1, 2, 3])]:
            off = rng.choice(PERCENTS) if rng.random() < 0.55 else max(grid, on_grid(rng.choice([1, 500, 2500, 10000, 333]), grid))
            most = rng.choice([None, None, 1, 2, 3])
            through = None if rng.random() < 0.8 else later_day(start, rng.choice([0, 31, 60, 365])).isoformat()
            row["d"].append([id_, off, most, through])
    if rng.random() < 0.5:
        row["t"] = [rng.randint(0, 1), rng.sample(RATES[1:], rng.choice([1, 1, 1, 2, 3]))]
    if rng.random() < 0.3:
        row["m"] = max(grid, small_amount(rng, grid))
    if rng.random() < 0.25:
        row["u"] = max(grid, on_grid(rng.choice([100, 2500, 9900, 333]), grid))
    if rng.random() < 0.2:
        row["y"] = [later_day(start, -rng.choice([1, 7, 14, 30])).isoformat()]
        if rng.random() < 0.7:
            row["y"].append(max(grid, on_grid(rng.choice([1, 100, 999]), grid)))
    answer_of_payments(row, start, cycle, anchor, listed)
    return row


def random_change(rng):
    row, start, cycle, anchor, grid = random_terms(rng)
    number = 1 if rng.random() < 0.5 else rng.randint(2, 8)
    dues = []
    for due in due_dates(start, *cycle, anchor):
        dues.append(due)
        if len(dues) == number + 1:
            break
    begin, end = dues[-2], dues[-1]
    at = begin + timedelta(days=rng.choice([0, (end - begin).days // 2] + [rng.randint(0, (end - begin).days - 1)] * 4))
    row["a"] = at.isoformat()
    new_cycle = cycle
    if rng.random() < 0.12:
        new_cycle = random_cycle(rng)
        row["k"] = f"{new_cycle[0]}{new_cycle[1][0]}"
    if rng.random() < 0.2:
        row["n"] = number + rng.choice([0, 1, 3])
        if "k" in row:
            row["N"] = rng.choice([1, 2, 12])
    if not isinstance(row["p"], int) and "k" not in row and rng.random() < 0.5:
        ids = rng.sample([item[0] for item in row["p"]], rng.randint(1, len(row["p"])))
        row["q"] = [[id_, rng.choice([0, 1, 4, 8, 60, 150, rng.randint(0, 5000)])] for id_ in ids]
    else:
        row["b"] = another_price(rng, row["p"], grid)
    effective = rng.choices([None, "on_date", "period_end"], weights=[30, 60, 10])[0]
    if effective:
        row["e"] = effective
    if rng.random() < 0.3:
        row["w"] = rng.choice(["now", "next_payment"])
    if rng.random() < 0.06:
        row["g"] = False
    answer_of_change(row, start, cycle, anchor, at, new_cycle)
    return row


def write_rows(seed, kinds):
    """Writes rows of some kinds, each a function of the dice and how many rows of it, to the file that the command names."""
    if len(sys.argv) != 2:
        raise SystemExit(f"usage: {sys.argv[0]} OUTPUT.jsonl")
    rng = random.Random(seed)
    rows = []
    for kind, wanted in kinds:
        reached = len(rows) + wanted
        while len(rows) < reached:
            try:
                rows.append(kind(rng))
            except Refused:
                pass
    with open(sys.argv[1], "w", encoding="ascii") as file:
        for row in rows:
            file.write(json.dumps(row, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    write_rows(SEED, [(random_payments, PAYMENT_ROWS), (random_change, CHANGE_ROWS)])
