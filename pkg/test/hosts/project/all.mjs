// Every case against two entries, as text: of the one without waiting for anything, of the other when it is ready; and the columns.
import { answers } from "./answers.mjs";
import { bookOf } from "./book.mjs";
import { explained } from "./explained.mjs";
import files from "./vectors.mjs";

/** The functions of the providers' own entries that are not those of the default entry. */
function others(full, providers) {
  const names = (provider) =>
    Object.keys({ ...full[provider], ...providers[provider] }).map((name) => [provider, name]);
  // What is imported of CommonJS has the whole of it as its default.
  const all = Object.keys(providers)
    .flatMap(names)
    .filter(([, name]) => name !== "default");
  return all
    .filter(([provider, name]) => full[provider][name] !== providers[provider][name])
    .map((found) => found.join("."));
}

export async function all(full, preview, { columns, providers, explain, languages }) {
  const answered = answers(full, files);
  await preview.ready();
  await columns.ready();
  // The entry that needs no wasm has no days, and the others have its functions.
  const texts = [full, preview, { ...full, ...explain }].map((entry) => explained(entry, languages));
  return JSON.stringify({
    full: answered,
    preview: answers(preview, files),
    book: bookOf(columns, full),
    others: others(full, providers),
    texts,
  });
}
