// Prints what was measured, and with `--write FOLDER` writes the page and its chart there.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { chart } from "./report/chart.mjs";
import { tables } from "./report/tables.mjs";

const [folder, rustc, before, write, docs] = process.argv.slice(2);
const parts = ["js", "rust", "cold", "size", "scale"].filter((part) => existsSync(`${folder}/${part}.json`));
const results = Object.fromEntries(
  parts.map((part) => [part, JSON.parse(readFileSync(`${folder}/${part}.json`, "utf8"))]),
);
if (results.rust) results.rust.before = before;

/** The versions of the libraries, as the lock files have them. */
function versions() {
  const { packages } = JSON.parse(readFileSync(new URL("package-lock.json", import.meta.url), "utf8"));
  const npm = Object.keys(packages[""].dependencies).map(
    (name) => `${name} ${packages[`node_modules/${name}`].version}`,
  );
  const manifest = readFileSync(new URL("../rust/Cargo.toml", import.meta.url), "utf8");
  const crates = [...manifest.matchAll(/^([a-z_]+) = .*?"=([\d.]+)"/gm)].map(
    ([, name, version]) => `${name} ${version}`,
  );
  return `npm: ${npm.join(", ")}.\nCrates: ${crates.join(", ")}.`;
}

const page = () => `# Performance

\`cargo xtask bench\` writes this page. It measures the package as npm would install it, and the crate, against the libraries that do a part
of their work. Everything compared in a table runs in one process, in turns of 10 ms; a figure is the median of 41 turns, and the
quartiles say how far half of them lie around it. Times are of one machine. Ratios carry over to others, times do not.

Measured on ${new Date().toISOString().slice(0, 10)} on ${cpus().length} cores of ${cpus()[0].model.trim()}, with Node ${process.version} and ${rustc}.

${versions()}

![Times of billing-rules and other libraries](performance.svg)

${tables(results)}
`;

if (write === "--write") {
  writeFileSync(`${docs}/performance.md`, page());
  writeFileSync(`${docs}/performance.svg`, chart(results));
} else {
  console.log(`\n${tables(results)}`);
}
