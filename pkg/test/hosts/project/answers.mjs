// Every case of tests/vectors against an entry of the package, on any host: it needs JavaScript alone.

/** Of an answer, the fields that a case states: for sources that do not know the rest. */
const part = (answer, stated) => Object.fromEntries(Object.keys(stated).map((key) => [key, answer[key]]));

const isObject = (value) => value !== null && typeof value === "object";

/** The same at any depth: of objects the fields stated, of lists every item. */
function deepPart(answer, stated) {
  if (Array.isArray(answer) && Array.isArray(stated) && answer.length === stated.length) {
    return answer.map((item, index) => deepPart(item, stated[index]));
  }
  if (![answer, stated].every((value) => isObject(value) && !Array.isArray(value))) return answer;
  const known = Object.keys(stated).filter((key) => key in answer);
  return Object.fromEntries(known.map((key) => [key, deepPart(answer[key], stated[key])]));
}

/** Whether two values of JSON are the same, in whatever order their fields stand. */
function same(one, other) {
  if (!isObject(one) || !isObject(other)) return Object.is(one, other);
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  if (Array.isArray(one) !== Array.isArray(other) || keys.length !== others.length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]));
}

/** A stored state with other values at some places, each told as a JSON Pointer. */
function changed(state, places) {
  const copy = structuredClone(state);
  for (const [place, value] of Object.entries(places)) {
    const path = place.split("/").slice(1);
    path.slice(0, -1).reduce((from, key) => from[key], copy)[path.at(-1)] = value;
  }
  return copy;
}

/**
 * The arguments of a case's call: where it is of a `stored` state, that comes first, and where it is `of` a subscription, that as
 * it is `after` some steps.
 */
export function argumentsOf(
  billing,
  { of, after = [], args = [], stored, with: places = {} },
  { subscriptions, stored: states },
) {
  if (stored) return [changed(states[stored], places), ...args];
  if (!of) return args;
  let subscription = billing.createSubscription(typeof of === "string" ? subscriptions[of] : of);
  for (const step of after) {
    subscription = step.type
      ? billing.applyEvent(subscription, step)
      : billing.simulate(subscription, step).subscription;
  }
  return [subscription, ...args];
}

/** What a call comes to: `{ gives }` or `{ fails }`, each as the Rust API has it. */
function outcome(billing, run, args) {
  try {
    return { gives: run(...args) };
  } catch (error) {
    if (!billing.isBillingError(error)) throw error;
    return { fails: error.errors };
  }
}

/** Of what a call comes to, what a case states of it. */
function stated({ gives, fails }, { partial, gives: expected }) {
  if (fails) return { fails: fails.map(({ code, path }) => ({ code, path })) };
  if (!partial || !expected) return { gives };
  return { gives: partial === true ? part(gives, expected) : deepPart(gives, expected) };
}

/**
 * Runs the cases of the files, each `{ name, content }`. Gives a line for each, with the answer in full, or null where the entry does
 * not have what the case is about; and which cases do not come to what they state.
 */
export function answers(billing, files) {
  const begun = performance.now();
  const lines = [];
  const failures = [];
  for (const { name: file, content } of files) {
    const { cases, different = [] } = content;
    for (const vector of [...cases, ...different].filter(({ call }) => call)) {
      const { name, call, needs, gives, fails } = vector;
      const run = call.split(".").reduce((from, key) => from?.[key], billing);
      // A checkout page has no life.
      const isOfLife = vector.of || vector.stored;
      if (!run || (needs && !billing[needs]) || (isOfLife && !billing.createSubscription)) {
        lines.push(null);
        continue;
      }
      const found = outcome(billing, run, argumentsOf(billing, vector, content));
      lines.push(`${file} ${call} ${JSON.stringify(found)}`);
      if (!same(stated(found, vector), fails ? { fails } : { gives })) failures.push(`${file}: ${name}`);
    }
  }
  return { lines, failures, time: performance.now() - begun };
}
