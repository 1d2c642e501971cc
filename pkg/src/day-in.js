// The day in a time zone, by the host's own table of zones.
import { zone as inZone } from "./intl.js";
import { reading, text } from "./read.js";

/** Reads an instant, a Date of any realm or milliseconds, as milliseconds. */
function time(value, path, report) {
  if (value === null || value === undefined) return report("missing_field", path, "expected `instant`, got nothing");
  if (typeof value === "number") {
    return Number.isSafeInteger(value) ? value : report("not_an_integer", path, "expected milliseconds as an integer");
  }
  let found;
  try {
    found = Date.prototype.getTime.call(value);
  } catch {
    return report("wrong_type", path, "expected a Date or milliseconds since 1970");
  }
  return Number.isNaN(found) ? report("invalid_date", path, "expected a valid Date") : found;
}

function zoned(value, path, report) {
  const name = text(value, path, report);
  try {
    return name === undefined ? undefined : inZone(name);
  } catch {
    return report("unknown_value", path, "expected the name of a time zone, such as `Europe/Oslo`");
  }
}

/** The largest and the smallest time that a Date has. */
const LAST = 8.64e15;

export const dayIn = (zone, instant) =>
  reading((report) => {
    const [format, at] = [zoned(zone, "/zone", report), time(instant, "/instant", report)];
    if (format === undefined || at === undefined) return undefined;
    const parts = Math.abs(at) > LAST ? [] : format.formatToParts(at);
    const { era, year, month, day } = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
    const isDay = era?.startsWith("A") && year.length <= 4;
    if (isDay) return `${year.padStart(4, "0")}-${month}-${day}`;
    return report("out_of_range", "/instant", "expected an instant from 0001-01-01 to 9999-12-31");
  });
