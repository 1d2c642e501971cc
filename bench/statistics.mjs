/** The middle one of some measurements, whose number is odd. */
export const median = (values) => [...values].sort((one, other) => one - other)[(values.length - 1) / 2];

/** A table of texts: the first column to the left, the others to the right. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const cell = (text, column) => (column === 0 ? text.padEnd(widths[0]) : text.padStart(widths[column] + 3));
  return rows.map((row) => row.map(cell).join("").trimEnd()).join("\n");
}
