// What the tests of the examples use: the project in which the packed package is installed beside copies of the examples, and the tools
// of pkg/.
import { createRequire } from "node:module";
import { join } from "node:path";
import { env } from "node:process";
import { pathToFileURL } from "node:url";
import { nativeProgram, project } from "../../pkg/test/hosts/tools.mjs";

export { bundle } from "../../pkg/test/hosts/tools.mjs";

/** A file of an example. */
export const example = (path) => join(project, path);

/** The library, as it is installed in the project. */
export const rules = createRequire(join(project, "/"))("billing-rules");

/** The programs of the hosts; the service in Rust is told by `cargo xtask`. */
export const program = {
  node: process.execPath,
  deno: nativeProgram("@deno", "deno"),
  bun: nativeProgram("@oven", "bin/bun"),
  axum: env.BILLING_SERVICE,
};

const tools = createRequire(new URL("../../pkg/", import.meta.url));

/** An npm package of pkg/. */
export const tool = (name) => import(pathToFileURL(tools.resolve(name)));
