/** A calendar date, exactly "YYYY-MM-DD", 0001-01-01 to 9999-12-31. */
export type PlainDate = string;

/** The shape of a Temporal.PlainDate, which is accepted as a date. A JS Date is rejected: its day depends on a zone (`dayIn`). */
export interface PlainDateLike {
  readonly calendarId: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour?: never;
  toString(): string;
}

/** A date on input. */
export type DateInput = PlainDate | PlainDateLike;

/** Integer minor units of an ISO 4217 currency: `{ amount: 1999, currency: "NOK" }` is 19.99 kroner (R1). */
export interface Money {
  amount: number;
  currency: string;
}

/** How a result between two units is rounded (R1.4). Default `half_up`: to the nearest, ties away from zero. */
export type Rounding = "half_up" | "half_even" | "half_down" | "up" | "down" | "ceiling" | "floor";

/** The days from `start` up to, but not including, `end`. */
export interface Span {
  start: PlainDate;
  end: PlainDate;
}
