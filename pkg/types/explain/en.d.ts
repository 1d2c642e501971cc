import type { Language } from "../explain.js";

/** English. */
export const en: Language;
