// What docs/how-to/postgresql.md shows is in the files of examples/postgres, and it names each of them.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const page = read("docs/how-to/postgresql.md");
const names = readdirSync(new URL("../../examples/postgres/", import.meta.url)).filter((name) =>
  /\.(ts|sql)$/.test(name),
);
/** The lines alone, as the page has them less indented. */
const plain = (text) => text.trim().replaceAll(/\n\s*/g, "\n");

test("the code of the page is that of the example", () => {
  const files = names.map((name) => plain(read(`examples/postgres/${name}`)));
  const blocks = [...page.matchAll(/^```(?:ts|sql)\n([^]*?)^```$/gm)].map(([, block]) => plain(block));
  assert.ok(blocks.length > 2);
  for (const block of blocks)
    assert.ok(
      files.some((file) => file.includes(block)),
      block,
    );
});

test("the page names every file", () => {
  for (const name of names) assert.ok(page.includes(`\`${name}\``), name);
});
