// The tables of whole books.
import { duration, figure, table, times } from "./format.mjs";

const power = (rows) => `10^${Math.round(Math.log10(rows))}`;
const time = (seconds) => `${figure(seconds)} s`;

/** The next due dates of a million rows, a row each. */
const columns = ({ native, js, duckdb }) =>
  table(
    ["", "ours", "beside", "ratio"],
    [
      ["Rust, beside chrono", native],
      ["JavaScript, beside plain JS", js],
      ...duckdb.map(({ rows, kernel, query }) => [`DuckDB, ${power(rows)} rows`, { ours: query, theirs: kernel }]),
    ].map(([name, { ours, theirs }]) => [name, duration(ours), duration(theirs), times(ours / theirs)]),
  );

const forecasts = (rows) =>
  table(
    ["revenue of the next month", "seconds", "rows a second"],
    rows.map(({ rows, seconds }) => [`${power(rows)} schedules`, time(seconds), `${Math.round(rows / seconds)}`]),
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

Next due dates over columns: processor time of a row. DuckDB's query reads Parquet and is beside its kernel alone.

${columns(results)}

Spark ${results.spark.version} on a cluster of two executors on this machine, \`local-cluster[2,1,1024]\`, from Parquet: seconds by the clock, with
the start of the tasks. The night writes its files; of thirty subscriptions one is due.

${forecasts(results.spark.forecast)}

${nights(results.spark.night)}`;
