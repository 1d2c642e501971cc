// The libraries that are measured, by what they do.
import * as dateFns from "./dates/date-fns.mjs";
import * as dayjs from "./dates/dayjs.mjs";
import * as luxon from "./dates/luxon.mjs";
import * as plainDates from "./dates/plain.mjs";
import * as rrule from "./dates/rrule.mjs";
import * as temporal from "./dates/temporal.mjs";
import * as big from "./money/big.mjs";
import * as dinero from "./money/dinero.mjs";
import * as plainMoney from "./money/plain.mjs";

/** Each with `nextDueDate` and `dueDates`, written with care: in UTC, from the anchor. `natural` is what its documentation suggests first. */
export const DATES = [plainDates, dateFns, luxon, dayjs, temporal, rrule];

/** Each with `lines`, in whole minor units, and `natural`. */
export const MONEY = [plainMoney, dinero, big];
