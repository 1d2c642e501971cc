// The tables of whole books.
import { duration, figure, table, times } from "./format.mjs";

const power = (rows) => `10^${Math.round(Math.log10(rows))}`;
const time = (seconds) => `${figure(seconds)} s`;

/** The next due dates of a million rows, a row each. */
const columns = ({ native, js }) =>
  table(
    ["", "ours", "beside", "ratio"],
    [
      ["Rust, beside chrono", native],
      ["JavaScript, beside plain JS", js],
    ].map(([name, { ours, theirs }]) => [name, duration(ours), duration(theirs), times(ours / theirs)]),
  );

const duckdb = (books) =>
  table(
    ["book", "query", "floor", "kernel", "kernel, large batches", "query to kernel"],
    books.map(({ rows, query, floor, kernel, batches }) => [
      `${power(rows)} rows`,
      ...[query, floor, kernel, batches].map(duration),
      times(query / kernel),
    ]),
  );

const forecasts = (rows) =>
  table(
    ["revenue of the next month", "seconds", "million rows a second"],
    rows.map(({ rows, seconds }) => [`${power(rows)} schedules`, time(seconds), figure(rows / seconds / 1e6)]),
  );

const nights = (rows) =>
  table(
    ["night", "decided", "seconds"],
    rows.map(({ rows, read, decided, seconds }) => [
      `${power(rows)} states, ${read === "due" ? "by `next_action_on`" : "every one"}`,
      `${decided}`,
      time(seconds),
    ]),
  );

export const scale = (results) => `## Whole books

Next due dates over columns: processor time of a row.

${columns(results)}

In DuckDB, on one thread: a query that reads Parquet, calls the function and counts; its floor is the same query with a function that returns
a column it received. The kernel is our function alone, in the vectors of 2048 rows that DuckDB passes, and in batches of 65536.

${duckdb(results.duckdb)}

Spark ${results.spark.version} on a cluster of two executors on this machine, \`local-cluster[2,1,1024]\`, from Parquet: seconds by the clock, with
the start of the tasks. The night writes its files; of thirty subscriptions one is due.

${forecasts(results.spark.forecast)}

${nights(results.spark.night)}`;
