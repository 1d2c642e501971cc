// What the package is to reach, as ratios of medians of one run. J is JSON.parse(JSON.stringify(…)) of the arguments and the answer, D the
// same dates by plain JS on Date.UTC with care.

import * as floors from "./floors.mjs";

const median = (part, group, name) => (results) => results[part]?.times[group][name].median;

/** The ratio of two medians; undefined where their part was not measured. */
const ratio =
  (one, other, times = 1) =>
  (results) => {
    const value = one(results);
    return value === undefined ? undefined : value / (times * other(results));
  };

const ours = (part, group) => median(part, group, "billing-rules");
const beside = (part, group, other) => ratio(ours(part, group), median(part, group, other));
const json = (group) => beside("js", group, "JSON");

/** A floor that is a part of what was found. */
const part = ({ why, share }, found) => ({ why, least: (results) => share * found(results) });

const withoutDigest = (results) => {
  const whole = ours("rust", "prorate")(results);
  return whole === undefined ? undefined : whole - median("rust", "prorate", "SHA-256 of its digest")(results);
};

const OURS = "billing-rules, import";
const WASM = "billing-rules, its wasm compiled";
const cold =
  (job) =>
  ({ cold }) =>
    cold && cold[job].answers.median / cold["luxon and big.js"].answers.median;

const kilobytes = (module) => (results) => results.size && results.size.modules[module].brotli / 1000;

/** What a row costs in DuckDB, in nanoseconds of its query or its kernel alone: of the smallest book, or of the largest. */
const duckdb = (at, name) => (results) => results.scale?.duckdb.at(at)[name];
const columns = (host) =>
  ratio(
    ({ scale }) => scale?.[host].ours,
    ({ scale }) => scale[host].theirs,
  );

const row = (work, most, unit, found, floor) => ({ work, most, unit, found, floor });

const life = (payments) => [
  row(`\`nextAction\` after ${payments} payments`, 1.3, "J", json(`nextAction ${payments}`)),
  row(`\`applyEvent\` after ${payments} payments`, payments === 0 ? 2.2 : 1.4, "J", json(`applyEvent ${payments}`)),
];

/** What a function costs after 600 payments, of what it costs after 6. */
const grown = (name) => ratio(ours("js", `${name} 600`), ours("js", `${name} 6`));

export const TARGETS = [
  row("`nextDueDate`, five years on", 0.35, "D", beside("js", "nextDueDate", "plain JS")),
  row("`dueDates` of 60", 0.12, "D", beside("js", "dueDates", "plain JS")),
  row("`period`", 0.7, "J", json("period")),
  row("`periodOn`", 0.7, "J", json("periodOn")),
  row("`prorate`", 0.6, "J", json("prorate")),
  row(
    "`prorate`",
    2.5,
    "dinero.js, its two lines alone",
    beside("js", "prorate", "dinero.js"),
    part(floors.prorateInJs, beside("js", "prorate", "dinero.js")),
  ),
  ...[0, 12, 60].flatMap(life),
  row("`nextAction` after 600 payments", 1.5, "itself after 6", grown("nextAction")),
  row("`applyEvent` after 600 payments", 2, "itself after 6", grown("applyEvent")),
  row("`callLines` of `nextAction`, 12 payments", 1.2, "J of the lines", json("callLines nextAction")),
  row("`callLines` of `applyEvent`, 12 payments", 2.2, "J of the lines", json("callLines applyEvent")),
  row("`chargeRequest`", 1.8, "J", json("chargeRequest")),
  row("`preview` of 12 payments", 2.5, "J", json("preview")),
  row("`simulate` of a year", 1.5, "J", json("simulate")),
  row("Rust: `next_due_date`", 1.2, "jiff", beside("rust", "next_due_date", "jiff")),
  row("Rust: `next_due_date`", 3, "chrono", beside("rust", "next_due_date", "chrono")),
  row("Rust: `due_dates`, a date", 0.8, "jiff", beside("rust", "due_dates", "jiff")),
  row("Rust: `due_dates`, a date", 1.5, "chrono", beside("rust", "due_dates", "chrono")),
  row(
    "Rust: `prorate` less its SHA-256",
    3,
    "rust_decimal, its two lines alone",
    ratio(withoutDigest, median("rust", "prorate", "rust_decimal")),
    part(floors.prorateInRust, ratio(withoutDigest, median("rust", "prorate", "rust_decimal"))),
  ),
  row("Rust: `prorate`", 7, "rust_decimal, its two lines alone", beside("rust", "prorate", "rust_decimal")),
  row(
    "Rust: `from_json` after 60 payments",
    0.65,
    "serde_json::Value",
    beside("rust", "from_json", "serde_json::Value"),
  ),
  row("Rust: `to_json` after 60 payments", 0.85, "serde derive", beside("rust", "to_json", "serde derive")),
  row("Rust: `preview` of 12 payments", 0.15, "before", beside("rust", "preview", "before")),
  row("Rust: `simulate` of a year", 0.4, "before", beside("rust", "simulate", "before")),
  row("First answers of a fresh process", 0.5, "luxon and big.js", cold(OURS), { ...floors.cold, least: cold(WASM) }),
  row("Columns, Rust: next due dates", 0.4, "chrono", columns("native")),
  row("Columns, JavaScript: next due dates", 0.05, "plain JS", columns("js")),
  row("DuckDB, largest book: the query", 5, "its kernel alone", ratio(duckdb(-1, "query"), duckdb(-1, "kernel"))),
  row("DuckDB, largest book: a row", 1.15, "one of the smallest", ratio(duckdb(-1, "query"), duckdb(0, "query"))),
  row("The wasm of `.`, brotli", 210, "kB", kilobytes("billing_rules.wasm"), floors.full),
  row("The wasm of `./preview`, brotli", 60, "kB", kilobytes("billing_rules_preview.wasm"), floors.preview),
];
