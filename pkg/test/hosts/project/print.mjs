import { program } from "./program.mjs";

program().then((text) => process.stdout.write(text));
