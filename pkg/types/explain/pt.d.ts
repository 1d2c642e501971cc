import type { Language } from "../explain.js";

/** Portuguese as in Brazil. */
export const pt: Language;
