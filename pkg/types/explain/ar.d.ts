import type { Language } from "../explain.js";

/** Arabic, with the digits 0 to 9. */
export const ar: Language;
