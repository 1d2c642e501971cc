// For pages and other hosts that are asked from outside.
import { program } from "./program.mjs";

globalThis.program = program;
