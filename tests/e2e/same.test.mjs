// The engine over four strict fakes, through a year: the same lives at all four.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bill, checkout, report, start, tell } from "../../examples/node/backend/engine.mjs";
import { nextAction, eventFromOutcome } from "../../pkg/src/index.js";
import { PROVIDERS, foretold, journal, ledgerIsJournal, payments, standing, summary, twice } from "./check.mjs";
import { FROM, THROUGH, common } from "./lives.mjs";
import { TROUBLE, run } from "./world.mjs";

const year = { from: FROM, through: THROUGH };

test("the same lives at all four", async () => {
  const lives = common(100);
  const expected = new Map(
    lives.map((life) => {
      const fail = [];
      for (let number = 1; number <= 60; number += 1) {
        for (let attempt = 1; attempt <= life.declines(number, 0); attempt += 1)
          fail.push({ number, extra: 0, attempt });
      }
      return [life.id, foretold(life, { ...year, fail })];
    }),
  );
  await Promise.all(
    PROVIDERS.map(async (name, index) => {
      const world = await run({ name, lives, ...year, seed: 100 + index, trouble: TROUBLE });
      try {
        assert.deepEqual(world.bench.refused(), []);
        for (const { id } of lives) {
          const row = world.store.read(id);
          const { subscription, made } = expected.get(id);
          assert.deepEqual(payments(world.store, id), made, `${name}: ${id}`);
          assert.deepEqual(standing(row.subscription), standing(subscription), `${name}: ${id}`);
        }
        // Not only the same money: on the same days.
        const days = (list) => list.map(({ reference, on }) => `${reference} ${on}`).sort();
        const written = lives.flatMap(({ id }) => journal(world.store, id));
        assert.deepEqual(days(world.bench.ledger()), days(written), name);
        summary(name, world, { lives: lives.length, payments: ledgerIsJournal(world) });
      } finally {
        await world.close();
      }
    }),
  );
});

/** The reverse, so that the tests above are known to see it: how many references are charged more than once. */
async function doubled(name, mend) {
  const lives = common(25).map((life) => ({ ...life, declines: () => 0 }));
  const engine = { bill, checkout, report, ...mend };
  const world = await run({ name, lives, ...year, seed: 7, trouble: { ...TROUBLE, kill: 0.05 }, engine });
  try {
    if (Object.keys(mend).length > 0 && twice(world) > 0) assert.throws(() => ledgerIsJournal(world));
    else ledgerIsJournal(world);
    return twice(world);
  } finally {
    await world.close();
  }
}

/** Stores that an attempt begins only after its answer has come. */
async function hasty(store, provider, id, now) {
  const row = store.read(id);
  const { type, payment } = nextAction(row.subscription, now.day);
  if (type !== "charge") return bill(store, provider, id, now);
  const { reference } = payment;
  const outcome = await provider.charge(payment, row);
  store.update(id, (row, payments) => {
    start(payment, now, payments);
    const begun = tell(row, { type: "attempt_started", reference, on: now.day }, payments);
    const event = eventFromOutcome(payment, outcome, now.day);
    return event ? tell(begun, event, payments) : begun;
  });
  return type;
}

/** Sends again what it does not know the outcome of. */
const insistent = (store, provider, id, now) =>
  bill(
    store,
    {
      ...provider,
      resolve: (payment, row, began) =>
        payment.indicator === "M1" ? provider.charge(payment, row) : provider.resolve(payment, row, began),
    },
    id,
    now,
  );

test("stored after it was sent, or sent again unasked, a payment is charged twice where nobody deduplicates", async () => {
  const [right, late, again] = [
    await doubled("dineropay", {}),
    await doubled("dineropay", { bill: hasty }),
    await doubled("dineropay", { bill: insistent }),
  ];
  console.log(`dineropay: charged twice ${right}, stored late ${late}, sent again ${again}`);
  assert.equal(right, 0);
  assert.ok(late > 0 && again > 0);
  // Nexi deduplicates by the reference.
  if (PROVIDERS.includes("nexi")) assert.equal(await doubled("nexi", { bill: insistent }), 0);
});
