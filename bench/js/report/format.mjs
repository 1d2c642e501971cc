/** A number with so many significant digits that its order and its first two digits show. */
export const figure = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

/** Nanoseconds in a unit that fits. */
export function duration(nanoseconds) {
  const [unit, divisor] = nanoseconds < 1e3 ? ["ns", 1] : nanoseconds < 1e6 ? ["µs", 1e3] : ["ms", 1e6];
  return `${figure(nanoseconds / divisor)} ${unit}`;
}

/** How far the quartiles are from the median, in percent. */
export const spread = ({ median, low, high }) => `-${percent(1 - low / median)} +${percent(high / median - 1)} %`;

const percent = (part) => (100 * part).toFixed(0);

export const times = (ratio) => `${figure(ratio)}×`;

/** A table in Markdown: the first column to the left, the others to the right. */
export function table(head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => row[column].length)));
  const line = (row) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join(" | ")} |`;
  const rule = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
