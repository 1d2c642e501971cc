// Every input of the page by its name, which is also its id and its key in the address.
const inputs = [...document.querySelectorAll("input, select, textarea")];

export const fields = new Map(inputs.map((field) => [field.name, field]));
