// Bars of parts that are as wide as their days.
import { h } from "./dom.js";
import { dateShort } from "./format.js";

/** Bars over the same days, with the day of the change marked at so much of their width. */
export function tracks(day, share, bars) {
  const label = h("p", { class: "when" }, h("span", {}, "change on ", dateShort(day)));
  const all = h("div", { class: "tracks" }, label, ...bars);
  all.style.setProperty("--at", `${100 * share}%`);
  return all;
}

/** One bar: what it is for, its amount, its parts, and a note on them where they may be too narrow for words. */
export function bar(label, amount, parts, note) {
  const visible = parts.filter(({ days }) => days > 0);
  const boxes = visible.map(({ days, kind, text }) => {
    const box = h("div", { class: `part part-${kind}` }, text !== undefined && h("span", {}, text));
    box.style.flexGrow = days;
    return box;
  });
  return h(
    "div",
    { class: "bar" },
    h("p", { class: "bar-label" }, h("span", {}, ...label), h("span", {}, ...amount)),
    h("div", { class: "parts" }, ...boxes),
    note && h("p", { class: "bar-note" }, ...note),
  );
}
