/** An element with attributes and children; children that are undefined or false are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** What stands for a result while an input is wrong. */
export const missing = (what) => [h("span", { class: "lead" }, "–"), `Correct the marked fields to see ${what}.`];
