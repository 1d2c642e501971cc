// The tables, a function for each part that was measured.
import { duration, figure, spread, table, times } from "./format.mjs";
import { scale } from "./scale.mjs";
import { PRORATE } from "./floors.mjs";
import { TARGETS } from "./targets.mjs";

const OURS = "billing-rules";

/** Rows of a group, each beside the first. */
function rows(group, name = (title) => title) {
  const own = group[OURS].median;
  return Object.entries(group).map(([title, time]) => [
    name(title),
    duration(time.median),
    spread(time),
    times(time.median / own),
  ]);
}

/** A table of one group. */
const single = (group, head = "") => table([head, "median", "quartiles", "to ours"], rows(group));

/** Whether the usual way gives the right dates of a schedule, and if not, the first wrong one. */
function verdict({ dates }, peer, schedule) {
  const { wrong } = dates.find((row) => row.peer === peer && row.name === schedule);
  if (!wrong) return "right";
  return wrong.found ? `${wrong.found} for ${wrong.right}` : `ends before ${wrong.right}`;
}

/** A table of libraries for dates: their times, and what their usual way gives. */
function dates(results, one, list) {
  const schedules = [...new Set(results.dates.map(({ name }) => name))];
  const known = new Set(results.dates.map(({ peer }) => peer));
  const row = ([title, time]) => {
    const other = results.times[list][title];
    const verdicts =
      title === OURS
        ? schedules.map(() => "right")
        : schedules.map((name) => (known.has(title) ? verdict(results, title, name) : "no months to add"));
    const ratio = (group, { median }) => times(median / results.times[group][OURS].median);
    return [
      title,
      duration(time.median),
      spread(time),
      ratio(one, time),
      duration(other.median),
      spread(other),
      ratio(list, other),
      ...verdicts,
    ];
  };
  const peers = Object.entries(results.times[one]).filter(([title]) => title !== "before");
  return { schedules, rows: peers.map(row) };
}

/** Two tables, as one would be too wide: the times, and the dates by the usual way. */
function datesText(results, one, list, head) {
  const { schedules, rows } = dates(results, one, list);
  const timesOnly = rows.map((row) => row.slice(0, 7));
  const verdicts = rows.map(([title, , , , , , , ...verdicts]) => [title, ...verdicts]);
  return `${table(["", ...head], timesOnly)}

The usual way adds a cycle to the date before; with rrule it names the frequency alone. The dates it gives, or the first that is wrong:

${table(["", ...schedules], verdicts)}`;
}

/** Whether the usual way gives exact cents, by the title of a library. */
function cents(results, title) {
  if (title === OURS) return "exact";
  const found = results.money.find(({ peer }) => peer === title);
  if (!found) return "";
  return found.wrong === 0 ? "exact" : `${found.wrong} of ${found.lines} lines differ`;
}

function money(results) {
  return table(
    ["", "median", "quartiles", "to ours", "cents, by the usual way"],
    rows(without(results.times.prorate, "parsed")).map((row) => [...row, cents(results, row[0])]),
  );
}

/** The title of a function's row, from its group's name. */
const titled = (name) => {
  const [title, payments] = name.split(" ");
  return `\`${title}\`${payments ? `, ${payments} payments` : ""}`;
};

/** Functions beside the same thing: what they cost, it costs, and the ratio. */
function pairs(all, names, other, head) {
  const row = (name) => {
    const { [OURS]: own, [other]: against } = all[name];
    return [
      titled(name),
      duration(own.median),
      spread(own),
      duration(against.median),
      spread(against),
      times(own.median / against.median),
    ];
  };
  return table(["", "ours", "quartiles", head, "quartiles", "ratio"], names.map(row));
}

/** What parsing the answer alone costs of a call, and of a copy of its arguments and its answer. */
function floors(all) {
  const row = (name) => {
    const { [OURS]: own, JSON: copied, parsed } = all[name];
    return [titled(name), figure(parsed.median / own.median), figure(parsed.median / copied.median)];
  };
  return table(["its answer parsed", "of the call", "of J"], FLOORS.map(row));
}

const LIFE = ["nextAction", "applyEvent"].flatMap((name) =>
  [0, 6, 12, 60, 600].map((payments) => `${name} ${payments}`),
);
const RUST_LIFE = [
  "next_action 0",
  "next_action 12",
  "next_action 60",
  "apply_event 0",
  "apply_event 12",
  "apply_event 60",
];
const BESIDE_JSON = ["period", "periodOn", "prorate", ...LIFE, "chargeRequest", "preview", "simulate"];
const FLOORS = ["nextAction 12", "applyEvent 12", "chargeRequest", "preview", "simulate"];
const BESIDE_BEFORE = [
  "next_due_date",
  "due_dates",
  "prorate",
  "from_json",
  "to_json",
  "preview",
  "simulate",
  ...RUST_LIFE,
];

function js(results) {
  return `## From JavaScript

Due dates, monthly from 31 January 2021: the next one after a day in 2026, and the first 60. Each library is used with care, in UTC and from
the anchor.

${datesText(results, "nextDueDate", "dueDates", ["next due date", "quartiles", "to ours", "60 due dates", "quartiles", "to ours"])}

A change of plan. Ours returns the lines with their dates and reasons, the next payment and a digest. The libraries compute the two amounts
alone. "JSON" copies the arguments and the answer by \`JSON.parse(JSON.stringify(…))\`. Exact cents are those of the exact quotient, rounded
half up; dinero.js hands out the remainder instead of rounding each line.

${money(results)}

Every function beside such a copy of its arguments and its answer.

${pairs(results.times, BESIDE_JSON, "JSON", "JSON copy")}

An answer crosses as JSON text, so \`JSON.parse\` of its answer is a floor of a call:

${floors(results.times)}

The answer of \`prorate\` crosses as a list without names. ${PRORATE}`;
}

function rust(results) {
  return `## In Rust

Due dates, monthly from 31 January 2021: the next one after a day in 2026, and one of a list of 60. Each crate is used with care, from the
anchor; time has no months to add, so they are counted by hand.

${datesText(results, "next_due_date", "due_dates", ["next due date", "quartiles", "to ours", "a date of 60", "quartiles", "to ours"])}

A change of plan. rust_decimal computes the two amounts alone; its \`round\` rounds ties to the even cent. The SHA-256 is that of the digest.

${money({ ...results, times: { prorate: without(results.times.prorate, "before") } })}

Reading the subscription after 60 payments.

${single(without(results.times.from_json, "before"))}

Writing it.

${single(without(results.times.to_json, "before"))}

Every function beside the library as it was at commit ${results.before}.

${pairs(results.times, BESIDE_BEFORE, "before", "before")}`;
}

const without = (group, name) => Object.fromEntries(Object.entries(group).filter(([title]) => title !== name));

function cold(results) {
  const own = results["billing-rules, import"].answers.median;
  const least = results.nothing.ended.median;
  const rows = Object.entries(results).map(([name, { answers, ended }]) => [
    name,
    `${answers.median.toFixed(1)} ms`,
    spread(answers),
    times(answers.median / own),
    `${(ended.median - least).toFixed(1)} ms`,
  ]);
  return `## Cold start

A fresh Node process loads the package, computes one due date and one change of plan, and ends. "Nothing" has its answers written down; its
process needs ${least.toFixed(0)} ms in all.

${table(["", "first answers", "quartiles", "to ours", "process, over nothing"], rows)}`;
}

function size(results) {
  const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  const rows = Object.entries(results.bundles).map(([name, { raw, gzip, brotli }]) => [
    name,
    ...[raw, gzip, brotli].map(kilobytes),
  ]);
  return `## Size

A due date and a change of plan, bundled and minified by esbuild: what a page loads.

${table(["", "raw", "gzip", "brotli"], rows)}`;
}

function targets(results) {
  const measured = TARGETS.map((target) => ({ ...target, value: target.found(results) }));
  const known = measured.filter(({ value }) => value !== undefined);
  const isMet = ({ value, most }) => value <= most;
  const rows = known.map((target) => {
    const { work, unit, most, value, floor } = target;
    const least = isMet(target) || !floor ? "" : figure(floor.least(results));
    return [work, unit, figure(most), figure(value), isMet(target) ? "met" : "not met", least];
  });
  const reasons = known
    .filter((target) => target.floor && !isMet(target))
    .map(({ work, unit, floor }) => `- ${work} (${unit}): ${floor.why.replaceAll(/\s+/g, " ")}`);
  return `## Targets

Ratios of medians of this run. J is \`JSON.parse(JSON.stringify(…))\` of the arguments and the answer, D the same dates by plain JS on
\`Date.UTC\`, used with care. A floor is what is left when all that could go is gone.

${table(["", "of", "at most", "now", "", "floor"], rows)}${reasons.length > 0 ? `\n\nWhy some are not met, and what their floors are:\n\n${reasons.join("\n")}` : ""}`;
}

const PARTS = { js, rust, cold, size, scale };

/** The text of all that was measured. */
export function tables(results) {
  const parts = Object.entries(PARTS).filter(([part]) => results[part]);
  return [...parts.map(([part, text]) => text(results[part])), targets(results)].join("\n\n");
}
