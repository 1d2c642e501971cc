// One service in six hosts: the same requests have the same answers, to the byte.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newFolder, overFiles, ownStore, removeFolder, startAll } from "./hosts.mjs";
import { DAY_HEADER, order, run } from "./script.mjs";
import { example } from "./tools.mjs";

const names = [...Object.keys(overFiles), ...Object.keys(ownStore)];
const folders = [];
const hosts = {};
let reference;

before(async () => {
  const inFolder = (start) => () => {
    folders.push(newFolder());
    return start(folders.at(-1));
  };
  const all = await startAll([...Object.values(overFiles).map(inFolder), ...Object.values(ownStore)]);
  for (const host of all) hosts[host.name] = host;
  reference = { answers: await run(() => hosts.Node), stored: await hosts.Node.stored() };
});

after(async () => {
  await Promise.all(Object.values(hosts).map((host) => host.stop()));
  folders.forEach(removeFolder);
});

const post = (host, path, on, body) =>
  fetch(new URL(path, host.url), {
    method: "POST",
    headers: on ? { [DAY_HEADER]: on } : {},
    body: body && JSON.stringify(body),
  });

test("every request of the script has the status that it says, and JSON", () => {
  for (const { request, status, expected, type, body } of reference.answers) {
    assert.equal(status, expected, `${request}: ${body}`);
    assert.equal(type, "application/json");
    assert.ok(JSON.parse(body));
  }
});

test("each payment is a row, with its lines and its outcome", () => {
  const rows = (id) => {
    const asked = reference.answers.findLast(({ request }) => request.startsWith(`GET /subscriptions/${id}/payments`));
    return JSON.parse(asked.body);
  };
  const shown = ({ reference, payment, succeeded, declined }) => [
    reference,
    payment.kind,
    payment.dueDate,
    payment.lines.length,
    succeeded?.on ?? null,
    declined?.on ?? null,
  ];
  assert.deepEqual(rows("sub-1").map(shown), [
    ["sub-1-1-0-1", "initial", "2025-01-10", 1, "2025-01-10", null],
    ["sub-1-1-1-1", "plan_change", "2025-01-20", 2, "2025-01-20", null],
    ["sub-1-2-0-1", "recurring", "2025-02-01", 1, "2025-06-02", "2025-02-02"],
    ["sub-1-2-0-2", "recurring", "2025-02-01", 1, "2025-02-03", "2025-06-03"],
    ["sub-1-2-1-1", "unscheduled", "2025-03-11", 1, "2025-03-11", null],
  ]);
  assert.deepEqual(rows("sub-3").map(shown), [
    ["sub-3-1-0-1", "initial", "2024-02-29", 1, "2024-02-29", null],
    ["sub-3-2-0-1", "recurring", "2024-03-07", 1, "2024-03-07", null],
    ["sub-3-3-0-1", "recurring", "2024-03-14", 1, "2024-03-14", null],
  ]);
  for (const { reference, payment } of [...rows("sub-1"), ...rows("sub-3")]) {
    assert.equal(payment.reference, reference);
    assert.equal(
      payment.lines.reduce((sum, { amount }) => sum + amount.amount, 0),
      payment.amount.amount,
    );
  }
});

// Node's are what the others' are held against.
for (const name of names.slice(1)) {
  test(`${name} answers and stores what Node does`, async () => {
    const answers = await run(() => hosts[name]);
    for (const [number, answer] of answers.entries()) assert.deepEqual(answer, reference.answers[number]);
    assert.deepEqual(await hosts[name].stored(), reference.stored);
  });
}

for (const name of names) {
  test(`of many who would make one payment at ${name}, one begins it`, async () => {
    const host = hosts[name];
    const signUps = Array.from({ length: 4 }, () =>
      post(host, "/subscriptions", "2025-01-10", order("race", "monthly", "2025-01-10")),
    );
    assert.deepEqual((await statuses(signUps)).sort(), [201, 409, 409, 409]);
    const attempts = Array.from({ length: 8 }, () => post(host, "/subscriptions/race/attempts", "2025-01-10"));
    assert.deepEqual((await statuses(attempts)).sort(), [201, ...Array(7).fill(409)]);
  });

  test(`without a header ${name} goes by its clock`, async () => {
    const { dayIn } = await import(example("service/day.mjs"));
    // Again, should midnight have been between.
    let day, status;
    do {
      day = dayIn("UTC");
      ({ status } = await post(hosts[name], "/subscriptions", null, order(`today-${day}`, "course", day)));
    } while (dayIn("UTC") !== day);
    assert.equal(status, 201);
  });
}

const statuses = async (responses) => (await Promise.all(responses)).map(({ status }) => status);
