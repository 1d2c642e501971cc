// The page's state in its address: only what differs from how the page opens.
import { fields } from "./fields.js";

/** What was pasted stays here: it may be a customer's, and is too long for an address. */
const shared = new Map([...fields].filter(([, field]) => field.type !== "textarea"));
const initial = new Map([...shared].map(([name, field]) => [name, field.value]));

export function readAddress() {
  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = shared.get(name);
    if (field === undefined) continue;
    field.value = value;
    // A select has no option for a value that it does not know.
    if (field.selectedIndex === -1) field.value = initial.get(name);
  }
}

export function writeAddress() {
  const changed = [...shared].filter(([name, field]) => field.value !== initial.get(name));
  const query = new URLSearchParams(changed.map(([name, field]) => [name, field.value])).toString();
  history.replaceState(null, "", query === "" ? location.pathname : `?${query}`);
}
