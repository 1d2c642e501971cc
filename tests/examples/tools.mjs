// What the tests of the examples use: the project in which the packed package is installed beside copies of the examples, and the tools
// of pkg/.
import { createRequire } from "node:module";
import { arch, env, platform } from "node:process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Both are told by `cargo xtask test`. */
export const { EXAMPLES: project, AXUM: axum } = env;

const tools = createRequire(new URL("../../pkg/", import.meta.url));

/** An npm package of pkg/. */
export const tool = (name) => import(pathToFileURL(tools.resolve(name)));

/** The library, as it is installed in the project. */
export const rules = createRequire(join(project, "/"))("billing-rules");

export const example = (path) => join(project, path);

/** Deno's and Bun's programs, each in a package for its platform: the scripts that would put them in place are not run. */
const programs = {
  deno: () => {
    const system = platform === "linux" ? `linux-${arch}-glibc` : `${platform}-${arch}`;
    return tools.resolve(`@deno/${system}/deno${platform === "win32" ? ".exe" : ""}`);
  },
  bun: () => {
    const system = platform === "win32" ? "windows" : platform;
    return tools.resolve(`@oven/bun-${system}-${arch === "arm64" ? "aarch64" : arch}/bin/bun${platform === "win32" ? ".exe" : ""}`);
  },
};
export const program = (name) => programs[name]();
