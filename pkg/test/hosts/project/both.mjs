// Every case against two entries, as text: of the one without waiting for anything, of the other when it is ready.
import { answers } from "./answers.mjs";
import files from "./vectors.mjs";

export async function both(full, preview) {
  const answered = answers(full, files);
  await preview.ready();
  return JSON.stringify({ full: answered, preview: answers(preview, files) });
}
