/** A calendar date, exactly "YYYY-MM-DD", 0001-01-01 to 9999-12-31. */
export type PlainDate = string;

/** The shape of a Temporal.PlainDate, which serves as a date on input. A JS Date is refused: its day depends on a zone. */
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

/** Where a result between two units goes (R1.4). Default `half_up`: to the nearest, ties away from zero. */
export type Rounding = "half_up" | "half_even" | "half_down" | "up" | "down" | "ceiling" | "floor";

/** The days from `start` up to `end`; `end` is not part of it. */
export interface Span {
  start: PlainDate;
  end: PlainDate;
}
