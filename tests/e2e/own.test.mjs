// The engine over four strict fakes, through a year: lives with what each provider allows besides.
import assert from "node:assert/strict";
import { test } from "node:test";
import { nextAction } from "../../pkg/src/index.js";
import { PROVIDERS, failures, foretold, ledgerIsJournal, payments, standing, summary } from "./check.mjs";
import { FROM, THROUGH, internal, own } from "./lives.mjs";
import { TROUBLE, plus, run } from "./world.mjs";

const year = { from: FROM, through: THROUGH };

test("what each provider allows besides", async () => {
  await Promise.all(
    PROVIDERS.map(async (name, index) => {
      const lives = [...own(name, 100), ...(name === "a55" ? internal(20) : [])];
      const world = await run({
        name,
        lives,
        ...year,
        seed: 200 + index,
        trouble: { ...TROUBLE, silent: 0, slow: 0.2 },
      });
      try {
        assert.deepEqual(world.bench.refused(), []);
        const charges = ledgerIsJournal(world);
        let [overpayments, wishes] = [0, 0];
        for (const life of lives) {
          const row = world.store.read(life.id);
          overpayments += row.subscription.overpayments.length;
          wishes += (row.wishes ?? []).filter(({ event }) => event).length;
          // In the end it is known of every attempt what became of it.
          assert.notEqual(nextAction(row.subscription, plus(THROUGH, 1)).type, "resolve", life.id);
          if (life.rough) continue;
          const events = (row.wishes ?? []).flatMap(({ event }) => event ?? []);
          const { subscription, made } = foretold(life, { ...year, fail: failures(world.declined, life.id), events });
          if (life.terms.recurrence === "internal") {
            // A55 makes the payments; the backend asks every day, and may ask in vain. The status is A55's word.
            assert.deepEqual(
              payments(world.store, life.id).map(({ amount }) => amount),
              made.map(({ amount }) => amount),
              life.id,
            );
            payments(world.store, life.id).forEach(({ on }, at) =>
              assert.ok(made[at].on <= on && on <= plus(made[at].on, 3), `${life.id}: ${on}`),
            );
            continue;
          }
          assert.deepEqual(payments(world.store, life.id), made, `${name}: ${life.id}`);
          assert.deepEqual(standing(row.subscription), standing(subscription), `${name}: ${life.id}`);
        }
        summary(name, world, { lives: lives.length, payments: charges, overpayments, wishes });
      } finally {
        await world.close();
      }
    }),
  );
});
