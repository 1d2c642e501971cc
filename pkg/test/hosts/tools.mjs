// What the hosts have in common: the project with the installed package, and the tools.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** An empty project in which the packed package is installed; `cargo xtask` made it. */
export const project = process.env.BILLING_RULES_PROJECT;

const modules = fileURLToPath(new URL("../../node_modules/", import.meta.url));

/** A file of a development dependency. */
export const dependency = (path) => join(modules, path);

export const version = (name) => JSON.parse(readFileSync(dependency(`${name}/package.json`), "utf8")).version;

/** A program that npm brings as a package for the platform, of the scope's, without the script that would put it in place. */
export function nativeProgram(scope, path) {
  const names = [path, `${path}.exe`];
  const places = readdirSync(dependency(scope)).flatMap((name) =>
    names.map((file) => dependency(`${scope}/${name}/${file}`)),
  );
  const found = places.find(existsSync);
  if (!found) throw new Error(`there is no ${path} in the packages of ${scope}`);
  return found;
}

/** Bundles a program of the project's. */
export const bundle = (entry, { outfile, ...options }) =>
  build({
    absWorkingDir: project,
    bundle: true,
    entryPoints: [entry],
    format: "esm",
    logLevel: "warning",
    outfile,
    platform: "neutral",
    ...options,
  });
