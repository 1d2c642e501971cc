// The months in which payments fall due, as small calendars.
import { daysInMonth, midnight } from "./days.js";
import { byId, h } from "./dom.js";
import { count, firstWeekday, monthName, weekdayLetters } from "./format.js";
import { clampedText, ending, stubText } from "./marks.js";

const MOST_MONTHS = 12;

export function showCalendar(payments) {
  const months = payments === undefined ? [] : monthsOf(payments);
  const shown = months.slice(0, MOST_MONTHS);
  byId("months").replaceChildren(...shown.map((month) => card(month, payments)));
  const more = months.length - shown.length;
  byId("months-note").textContent = more > 0 ? `${count(more, "later month", "later months")} in the table only.` : "";
}

/** The months ("2025-04") of the payments, with that of the end date when it is what ends them. */
function monthsOf({ schedule, rows, last }) {
  const dates = rows.map((row) => row.start);
  if (last?.bound === "end_date" && last.number === rows.length) dates.push(schedule.endDate);
  return [...new Set(dates.map((iso) => iso.slice(0, 7)))];
}

function card(month, payments) {
  const first = `${month}-01`;
  const weekStart = firstWeekday();
  // Monday is 1 here and Sunday 7; getUTCDay has 0 for Sunday, which falls in the same place.
  const column = ((midnight(first).getUTCDay() - weekStart + 14) % 7) + 1;
  const due = new Map(payments.rows.map((row) => [row.start, row]));
  const end = endingDay(payments);
  const days = Array.from({ length: daysInMonth(first) }, (_, index) => {
    const iso = `${month}-${String(index + 1).padStart(2, "0")}`;
    return dayCell(index + 1, due.get(iso), iso === end);
  });
  days[0].style.gridColumnStart = column;
  const rows = payments.rows.filter((row) => row.start.startsWith(month));
  // The days are for the eye; the table below says the same in words.
  return h(
    "li",
    { class: "month" },
    h("p", { class: "month-name" }, monthName(first)),
    h(
      "div",
      { class: "days", "aria-hidden": "true" },
      ...weekdayLetters(weekStart).map((letter) => h("span", { class: "weekday" }, letter)),
      ...days,
    ),
    ...rows.filter((row) => row.clampedFrom).map((row) => h("p", { class: "mark mark-clamped" }, clampedText(row))),
    rows[0]?.stub && h("p", { class: "mark" }, stubText),
    end?.startsWith(month) && h("p", { class: "mark mark-end" }, ...ending(payments)),
  );
}

function dayCell(day, row, isEnd) {
  const cell = h("span", { class: "day" }, String(day));
  cell.classList.toggle("due", row !== undefined);
  cell.classList.toggle("clamped", row?.clampedFrom !== undefined);
  cell.classList.toggle("end", isEnd);
  return cell;
}

/** The end date, or the day of the last payment, whichever ends the schedule. */
function endingDay({ schedule, last }) {
  return last?.bound === "end_date" ? schedule.endDate : last?.dueDate;
}
