#!/usr/bin/env python3
"""Digests of quotes, computed again from the cases that state them.

Written from docs/rules.md R8.3 alone. Only the standard library is needed (Python 3.9 or later). Run it
from the root of the repository:

    python3 tests/oracle/digests.py            compare; exit 1 if any digest is not as the page says
    python3 tests/oracle/digests.py --write    write the right digests into the vectors, then compare

It looks at every digest in the `gives` of a case in tests/vectors/*.json (not at those in arguments) and at
the examples of R8.3. A digest whose case does not state enough to build the text is a fault too.
"""
import hashlib
import json
import pathlib
import re
import sys

LEAST = 50  # with fewer digests in the vectors, something has not been found
UNITS = {"day": (1, "days"), "week": (7, "days"), "month": (1, "months"), "year": (12, "months")}
WORDS = {"weekly": (1, "week"), "biweekly": (2, "week"), "monthly": (1, "month"), "quarterly": (3, "month"),
         "semiannually": (6, "month"), "yearly": (1, "year")}
# What the example of a preview leaves out of its answer, computed by hand.
PREVIEWED = {"trial": {"start": "2025-01-31"}, "dueNow": {"amount": 0, "currency": "NOK"},
             "nextCharge": {"dueDate": "2025-02-14", "amount": {"amount": 9900, "currency": "NOK"}}}


def need(of, key, or_null=False):
    if key not in of or of[key] is None and not or_null:
        raise LookupError(f"`{key}` is not stated")
    return of[key]


def amount(of, key):
    return f"{need(need(of, key), 'amount')} {need(of[key], 'currency')}"


def payment(of, key):
    due = need(of, key, or_null=True)
    return None if due is None else f"{need(due, 'dueDate')} {amount(due, 'amount')}"


def schedule(of):
    cycle = need(of, "cycle")
    every, unit = need(WORDS, cycle) if isinstance(cycle, str) else (need(cycle, "every"), need(cycle, "unit"))
    length, plural = need(UNITS, unit)
    return [("start", need(of, "start")), ("cycle", f"{every * length} {plural}"),
            *((key, of.get(key)) for key in ("anchorDay", "endDate", "paymentCount"))]


def per(of):
    return f"{amount(of, 'unitAmount')} {of.get('per', 1)}"


def items(of, known):
    """The lines of the items of a price. `known` has the quantity of an item that states none."""
    lines = []
    for item in need(of, "items"):
        name = need(item, "id")
        quantity = item.get("quantity", known(name))
        if "tiers" not in item:
            lines.append(("item", f"{quantity} {per(item)} {name}"))
            continue
        lines.append(("item", f"{quantity} {need(item, 'mode')} {name}"))
        for tier in item["tiers"]:
            up_to = "end" if tier.get("upTo") is None else tier["upTo"]
            lines.append(("tier", f"{up_to} {per(tier)} {tier['flat']['amount'] if tier.get('flat') else 0}"))
    return lines


def price(of, known=lambda _: 1):
    """The lines of a price: one amount, or items."""
    return items(of, known) if "items" in of else [("price", f"{need(of, 'amount')} {need(of, 'currency')}")]


def after(change, before):
    """The lines of the price after a change of the price before it."""
    known = {item["id"]: item.get("quantity", 1) for item in (before or {}).get("items", [])}
    to = change.get("to") or before
    if to is None:
        raise LookupError("the price before the change is not stated")
    new = change.get("quantities") or {}
    if "items" in to:
        whole = [{**item, "quantity": new.get(item["id"], item.get("quantity", known.get(item["id"], 1)))}
                 for item in to["items"]]
        to = {"items": whole}
    return price(to)


def minimum_term(of):
    """The lines of a commitment and a notice."""
    commitment, notice = of.get("commitment") or {}, of.get("notice") or {}
    length = None
    if notice:
        units, plural = need(UNITS, need(notice, "unit"))
        length = f"{need(notice, 'every') * units} {plural}"
    return [("commitmentPayments", commitment.get("payments")), ("commitmentUntil", commitment.get("until")),
            ("notice", length), ("noticeTo", notice.get("to"))]


def decimal(text):
    """A percentage without the zeros that say nothing."""
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    return f"{int(whole)}{'.' if decimals else ''}{decimals}"


def steps(all_of):
    lines = []
    for step in all_of:
        of, first = need(step, "price"), need(step, "from")
        lines += [("step", first), *items(of, lambda _: "-")] if "items" in of else [("step", f"{first} {amount(step, 'price')}")]
    return lines


def discounts(all_of):
    def line(of):
        off = need(of, "off")
        off = f"{decimal(off['percent'])}%" if off.get("percent") else amount(off, "amount")
        return "discount", f"{off} {of.get('payments') or '-'} {of.get('through') or '-'} {need(of, 'id')}"
    return [line(of) for of in all_of]


def taxes(of):
    rates = [("rate", f"{decimal(need(rate, 'rate'))} {need(rate, 'id')}") for rate in need(of, "rates")]
    return [("taxes", "included" if need(of, "included") else "added"), *rates]


def beside(of, change):
    """The lines of what is agreed beside the price. What a change ends is `none`."""
    def listed(key, name, write):
        return [(name, "none")] if change and of.get(key) == [] else write(of.get(key) or [])

    of_taxes = of.get("taxes")
    ends = change and of_taxes is not None and not need(of_taxes, "rates")
    fees = [] if change else [(key, amount(of, key)) for key in ("setup", "trialPrice") if of.get(key)]
    return [*listed("steps", "step", steps), *fees, *listed("discounts", "discount", discounts),
            *([("taxes", "none")] if ends else taxes(of_taxes) if of_taxes else []),
            *([("minimum", amount(of, "minimum"))] if of.get("minimum") else [])]


def others(of, name):
    """The lines of the changes that a quote replaces or alters."""
    lines = []
    for other in need(of, name):
        to = other.get("to")
        if to and "items" not in to:
            lines.append((name, f"{need(other, 'on')} {amount(other, 'to')}"))
        else:
            lines += [(name, need(other, "on")), *(items(to, lambda _: "-") if to else [])]
        lines += [("quantity", f"{count} {item}") for item, count in (other.get("quantities") or {}).items()]
        lines += beside(other, True)
    return lines


def digest_of(call, asked, answer, quote=None, before=None):
    """The text of R8.3, hashed. `asked` is the change or the terms; `quote` has the answer as its `proration`, and
    `before` is the price before the change. A line with the value None is left out."""
    if call in ("prorate", "quotePlanChange"):
        lines = [("plan_change", 1), ("asOf", need(answer, "asOf")), ("effective", need(answer, "effective")),
                 *after(asked, asked.get("from", before)), *beside(asked, True), *schedule(need(answer, "schedule")),
                 ("firstNumber", need(answer, "firstNumber")), ("dueNow", amount(answer, "dueNow")),
                 ("nextPayment", payment(answer, "nextPayment")), ("balance", amount(answer, "balance")),
                 ("settle", need(answer, "settle")), ("prorate", "false" if asked.get("prorate") is False else None),
                 *(others(quote, "replaces") + others(quote, "alters") if quote else [])]
    elif call == "preview":
        trial = need(answer, "trial", or_null=True)
        lines = [("preview", 1), ("asOf", need(answer, "asOf")), ("trialStart", trial and need(trial, "start")),
                 *price(need(asked, "price")), *beside(asked, False), *(schedule(asked["schedule"]) if asked.get("schedule") else []),
                 ("recurrence", "internal" if asked.get("recurrence") == "internal" else None), *minimum_term(asked),
                 ("dueNow", amount(answer, "dueNow")), ("nextCharge", payment(answer, "nextCharge"))]
    elif call == "quoteCancellation":
        lines = [("cancellation", 1), *((key, need(answer, key)) for key in ("asOf", "effective")),
                 *((key, amount(answer, key)) for key in ("unused", "balance", "refund", "owed")),
                 ("shortened", payment(answer, "shortened") if answer.get("shortened") else None)]
    else:
        raise LookupError(f"a text for `{call}` is not stated")
    return sha256("".join(f"{name} {value}\n" for name, value in lines if value is not None))


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def expected(case):
    """The digest of what a case gives, or what it does not state."""
    call, answer = case.get("call"), case["gives"]
    try:
        if call != "quotePlanChange":
            return digest_of(call, case["args"][0], answer)
        change = case["args"][0 if "of" in case or "stored" in case else 1]  # after the subscription, if that is there
        return digest_of(call, change, need(answer, "proration"), answer)
    except LookupError as why:
        return str(why)


def digests(node, case=None):
    """Each digest below a node, in the order of the file, with the case that gives it (None: an argument)."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        if key == "digest" and isinstance(value, str):
            yield value, case
        elif isinstance(value, (dict, list)):
            yield from digests(value, node if key == "gives" else case)


def vectors(path, write):
    """Each digest that a file gives, as where it is, what it should be and what it is."""
    old = path.read_bytes().decode("utf-8")
    found = [(digest, case, case and expected(case)) for digest, case in digests(json.loads(old))]
    place = re.compile(r'(?<="digest": ")[^"]*')
    assert place.findall(old) == [digest for digest, _, _ in found], f"{path.name} has another layout"
    now = [right if write and re.fullmatch("[0-9a-f]{64}", right or "") else digest for digest, _, right in found]
    if now != [digest for digest, _, _ in found]:
        path.write_bytes(place.sub(lambda _, rest=iter(now): next(rest), old).encode("utf-8"))
    return [(f"{path.name}: {case['name']}", right, there) for (_, case, right), there in zip(found, now) if case]


def examples(page):
    """The same of the examples of R8.3; the texts of the first and the last are on the page itself."""
    section = page.split("**R8.3 ")[1].split("**R8.4 ")[0]
    text, given = re.search(r"```text\n(.*?)```.*\nprorate\(.*?\)\n= (\{.*?\})\n", section, re.DOTALL).groups()
    yield "docs/rules.md: prorate", sha256(text), json.loads(given)["digest"]
    terms, given = re.search(r"\npreview\((\{.*\}), \{.*?\}\)\n= (\{.*?\})\n", section).groups()
    right = digest_of("preview", json.loads(terms), {**json.loads(given), **PREVIEWED})
    yield "docs/rules.md: preview", right, json.loads(given)["digest"]
    given_by = r"```text\n(cancellation .*?)```.*\nquoteCancellation\(.*?\) = (\{.*?\})\n"
    text, given = re.search(given_by, section, re.DOTALL).groups()
    yield "docs/rules.md: quoteCancellation", sha256(text), json.loads(given)["digest"]


def main():
    write, files = sys.argv[1:] == ["--write"], sorted(pathlib.Path("tests/vectors").glob("*.json"))
    answers = [answer for path in files for answer in vectors(path, write)]
    faults = [] if len(answers) >= LEAST else [f"only {len(answers)} digests in tests/vectors"]
    answers += examples(pathlib.Path("docs/rules.md").read_text(encoding="utf-8"))
    faults += [f"{where}: {right} / {there}" for where, right, there in answers if right != there]
    print("\n".join(faults) or f"{len(answers)} digests, all as the page says")
    sys.exit(1 if faults else 0)


main()
