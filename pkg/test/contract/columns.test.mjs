// What pkg/types/columns.d.ts declares is what the entry has, and its examples hold.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import * as columns from "billing-rules/columns";
import { check } from "./check.mjs";
import { checked } from "./examples.mjs";

const types = readFileSync(new URL("../../types/columns.d.ts", import.meta.url), "utf8");

test("every name is declared, and every declared name is there", () => {
  const declared = [...types.matchAll(/^export (?:function|const) (\w+)/gm)].map(([, name]) => name);
  const [, others] = types.match(/^export \{ ([^}]*) \} from/m);
  assert.deepEqual(Object.keys(columns).sort(), [...declared, ...others.split(", ")].sort());
});

const functions = [...types.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport function (\w+)/g)];

for (const [, comment, name] of functions) {
  test(`the example of ${name} holds`, () => {
    const [, example] = comment.replaceAll(/^ \* ?/gm, "").split("@example\n");
    const { text, checks } = checked(example.replaceAll(" as const", ""));
    assert.ok(checks > 0, "an example states a value");
    const names = Object.keys(columns);
    new Function("check", ...names, text)(check, ...names.map((name) => columns[name]));
  });
}

test("every function has an example", () => {
  assert.deepEqual(
    functions.map(([, , name]) => name).sort(),
    Object.keys(columns)
      .filter((name) => types.includes(`export function ${name}(`))
      .sort(),
  );
});
