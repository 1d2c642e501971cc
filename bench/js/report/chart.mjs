// The chart of docs/performance.md: a panel for each job, a bar for each library, on a logarithmic scale.
import { duration } from "./format.mjs";

const WIDTH = 960;
const PANEL = 470;
const NAMES = 170;
const BAR = 16;
const STEP = 24;
const HEAD = 52;
const FOOT = 30;

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const text = (x, y, content, rest = "") => `<text x="${x}" y="${y}"${rest}>${escape(content)}</text>`;

/** A panel: `bars` are names with nanoseconds, ours marked. */
function panel({ title, bars }, x, y) {
  const sorted = bars.toSorted((one, other) => one.time - other.time);
  const least = Math.floor(Math.log10(sorted[0].time) - 0.3);
  const most = Math.ceil(Math.log10(sorted.at(-1).time));
  const room = PANEL - NAMES - 90;
  const place = (time) => ((Math.log10(time) - least) / (most - least)) * room;
  const height = sorted.length * STEP;
  const parts = [text(x, y + 20, title, ' class="title"')];
  for (let power = least; power <= most; power++) {
    const at = x + NAMES + place(10 ** power);
    parts.push(
      `<line x1="${at.toFixed(1)}" x2="${at.toFixed(1)}" y1="${y + HEAD - 14}" y2="${y + HEAD + height - 6}" class="grid"/>`,
    );
    parts.push(
      text(at.toFixed(1), y + HEAD + height + 10, duration(10 ** power).replace(/\.0+ /, " "), ' class="axis"'),
    );
  }
  sorted.forEach(({ name, time, ours }, index) => {
    const top = y + HEAD - 8 + index * STEP;
    const width = place(time);
    parts.push(text(x + NAMES - 8, top + 12, name, ours ? ' class="name ours"' : ' class="name"'));
    parts.push(
      `<rect x="${x + NAMES}" y="${top}" width="${width.toFixed(1)}" height="${BAR}" class="${ours ? "bar own" : "bar"}"/>`,
    );
    parts.push(text((x + NAMES + width + 6).toFixed(1), top + 12, duration(time), ours ? ' class="ours"' : ""));
  });
  return { parts, height: HEAD + height + FOOT };
}

const OURS = "billing-rules";
const group = (title, times, left = []) => ({
  title,
  bars: Object.entries(times)
    .filter(([name]) => !left.includes(name))
    .map(([name, { median }]) => ({ name, time: median, ours: name === OURS })),
});

const COLD = {
  "billing-rules, import": OURS,
  "billing-rules/preview, import": "billing-rules/preview",
};

function coldBars(cold) {
  const names = Object.keys(cold).filter((name) => name !== "nothing" && !name.endsWith("require"));
  return names.map((name) => ({ name: COLD[name] ?? name, time: cold[name].answers.median * 1e6, ours: name in COLD }));
}

export function chart({ js, rust, cold }) {
  const panels = [
    group("JavaScript: the next due date, five years on", js.times.nextDueDate),
    group("JavaScript: 60 due dates", js.times.dueDates),
    group("JavaScript: a change of plan (others: two amounts)", js.times.prorate, ["JSON", "parsed"]),
    { title: "Cold start: the first answers of a Node process", bars: coldBars(cold) },
    group("Rust: the next due date, five years on", rust.times.next_due_date, ["before"]),
    group("Rust: read a subscription of 60 payments", rust.times.from_json, ["before"]),
  ];
  const parts = [];
  let y = 10;
  for (let index = 0; index < panels.length; index += 2) {
    const row = panels.slice(index, index + 2).map((one, column) => panel(one, 10 + column * (PANEL + 10), y));
    parts.push(...row.flatMap((one) => one.parts));
    y += Math.max(...row.map((one) => one.height));
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 16}" width="${WIDTH}" height="${y + 16}" role="img">
<title>Time of billing-rules beside other libraries</title>
<style>
text { font: 12px system-ui, sans-serif; fill: #333; }
.title { font-size: 14px; font-weight: 600; fill: #111; }
.name { text-anchor: end; }
.ours { font-weight: 600; fill: #0b5cad; }
.axis { font-size: 10px; text-anchor: middle; fill: #777; }
.grid { stroke: #ddd; }
.bar { fill: #b3b8bf; }
.own { fill: #0b5cad; }
</style>
<rect width="100%" height="100%" fill="#fff"/>
${parts.join("\n")}
${text(10, y + 6, "Medians; the scales are logarithmic. Shorter is faster.", ' class="axis" style="text-anchor: start"')}
</svg>
`;
}
