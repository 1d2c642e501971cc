import type { Language } from "../explain.js";

/** Norwegian Bokmål. */
export const nb: Language;
