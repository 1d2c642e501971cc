import { program } from "./program.mjs";

process.stdout.write(program());
