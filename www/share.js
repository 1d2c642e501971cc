// The page's state in its address: only what differs from how the page opens.
import { fields } from "./fields.js";

const initial = new Map([...fields].map(([name, field]) => [name, field.value]));

export function readAddress() {
  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = fields.get(name);
    if (field === undefined) continue;
    field.value = value;
    // A select has no option for a value that it does not know.
    if (field.selectedIndex === -1) field.value = initial.get(name);
  }
}

export function writeAddress() {
  const changed = [...fields].filter(([name, field]) => field.value !== initial.get(name));
  const query = new URLSearchParams(changed.map(([name, field]) => [name, field.value])).toString();
  history.replaceState(null, "", query === "" ? location.pathname : `?${query}`);
}
