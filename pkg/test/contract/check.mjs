// What the comments of examples are held against with: see examples.mjs.
import assert from "node:assert/strict";
import { isBillingError } from "billing-rules";

const more = Symbol("whatever else there is");

/** What was found, without what an expectation leaves open; as it is where it is another thing altogether. */
function told(found, expected) {
  if (expected === more) return more;
  if (Array.isArray(found) && Array.isArray(expected)) {
    const open = expected.at(-1) === more;
    const items = open ? [...found.slice(0, expected.length - 1), more] : found;
    return items.map((item, index) => told(item, expected[index]));
  }
  const objects = [found, expected].every(
    (value) => value !== null && typeof value === "object" && !Array.isArray(value),
  );
  if (!objects) return found;
  const keys = more in expected ? Object.keys(expected) : Object.keys(found);
  const fields = keys.filter((key) => key in found).map((key) => [key, told(found[key], expected[key])]);
  return Object.fromEntries(more in expected ? [...fields, [more, more]] : fields);
}

let count = 0;

/** How many checks there have been. */
export const checks = () => count;

/** The value of a statement, which is as its comment says. */
export function check(run, expectedOf) {
  const found = run();
  const expected = expectedOf(more);
  count += 1;
  assert.deepEqual(told(found, expected), expected);
  return found;
}

/** The same of a statement that throws. */
check.throws = (run, expectedOf) => {
  const { code, path } = expectedOf();
  count += 1;
  assert.throws(run, (error) => {
    assert.ok(isBillingError(error), `${error}`);
    assert.deepEqual([error.code, path === undefined ? path : error.path], [code, path === '""' ? "" : path]);
    return true;
  });
};
