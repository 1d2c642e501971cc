// The calls of tests/vectors with their arguments as a function gets them.
import { readFileSync, readdirSync } from "node:fs";
import * as billing from "billing-rules";
import { argumentsOf } from "../hosts/project/answers.mjs";
import { outcome } from "./call.mjs";

const folder = new URL("../../../tests/vectors/", import.meta.url);

/** Every call: its function, its name, its arguments and what comes of it. */
export const calls = readdirSync(folder)
  .sort()
  .flatMap((name) => {
    const file = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
    const cases = [...file.cases, ...(file.different ?? [])].filter(({ call }) => call);
    return cases.map((vector) => {
      const args = argumentsOf(billing, vector, file);
      return { name: vector.call, about: `${name}: ${vector.name}`, args, ...outcome(vector.call, args) };
    });
  });

/** Those that are answered, by function. */
export const answered = {};
for (const call of calls) if (!call.fails) (answered[call.name] ??= []).push(call);
