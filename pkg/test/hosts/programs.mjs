// Hosts that are programs of their own.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundle, dependency, nativeProgram, project, version } from "./tools.mjs";

const run = (program, ...args) =>
  execFileSync(program, args, {
    cwd: project,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "pipe"],
  });

const node = process.execPath;

/** Each answers with the text of `program`. */
export const programs = [
  {
    name: "Node, import",
    version: process.version,
    run: () => run(node, "print.mjs"),
  },
  {
    name: "Node, require",
    version: process.version,
    run: async () => {
      await bundle("print.mjs", { outfile: "print.cjs", format: "cjs", external: ["billing-rules"] });
      return run(node, "print.cjs");
    },
  },
  {
    name: "Deno",
    version: version("deno"),
    run: () => run(nativeProgram("@deno", "deno"), "run", "--no-prompt", "--no-lock", "print.mjs"),
  },
  {
    name: "Bun",
    version: version("bun"),
    run: () => run(nativeProgram("@oven", "bin/bun"), "print.mjs"),
  },
  {
    name: "Jest",
    version: version("jest"),
    run: async () => {
      await bundle("program.mjs", { outfile: "program.cjs", format: "cjs", external: ["billing-rules"] });
      const config = JSON.stringify({ testMatch: ["**/jest.test.cjs"], transform: {} });
      run(node, dependency("jest/bin/jest.js"), "--config", config, "--rootDir", project);
      return readFileSync(join(project, "jest.json"), "utf8");
    },
  },
  {
    name: "Node, bundled by esbuild",
    version: version("esbuild"),
    run: async () => {
      await bundle("print.mjs", { outfile: "bundled/node.cjs", format: "cjs", platform: "node" });
      return run(node, "bundled/node.cjs");
    },
  },
];
