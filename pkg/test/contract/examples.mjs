// Examples as programs whose comments are held against what comes of them.
//
// A statement that ends in `; // value`, on its line or the next, has that value: what begins like a value is one, anything
// else is a remark. What follows a value after a comma, a colon or a semicolon is a remark too. `…` stands for whatever else
// there is, and `throws code /path` for the first problem of a BillingError.

const startsLikeAValue = /^([[{"'`\d-]|(true|false|null|undefined)\b)/;
const throwing = /^throws ([a-z_]+)(?: (\/\S*|""))?/;

const parses = (text) => {
  try {
    new Function(`return (${text}\n)`);
    return true;
  } catch {
    return false;
  }
};

/** `…` as something that a program can hold: a field, or an item. */
const filled = (text) =>
  text.replace(/([{,]\s*)…(\s*[},])/g, "$1[more]: more$2").replace(/([[,]\s*)…(\s*[\],])/g, "$1more$2");

/** The value in a comment, as an expression; undefined where the comment is a remark. */
function valueIn(comment) {
  if (!startsLikeAValue.test(comment)) return undefined;
  const ends = [comment.length, ...[...comment.matchAll(/[,:;]? /g)].map(({ index }) => index).reverse()];
  for (const end of ends) {
    const text = filled(comment.slice(0, end));
    if (parses(text)) return text;
  }
  throw new SyntaxError(`no value: ${comment}`);
}

/** The statement that ends with a line: the fewest lines before it that are an expression, or what a constant is made of. */
function statement(lines, last) {
  for (let first = last; first >= 0; first--) {
    const text = lines.slice(first, last + 1).join("\n");
    const [, declared = "", expression] = /^(\s*(?:const|let) [^=]+? = )?([^]*)$/.exec(text);
    if (parses(expression)) return { first, declared, expression };
  }
  return undefined;
}

/** The statement that a line ends and the comment beside it or, where there is none, below. */
function commented(lines, at) {
  const [, code, comment] = /^(.*?);(?: *\/\/ (.*))?$/.exec(lines[at]) ?? [];
  if (code === undefined || code.trimStart().startsWith("//")) return {};
  const [, below] = /^ *\/\/ (.*)$/.exec(lines[at + 1] ?? "") ?? [];
  return { code, comment: comment ?? below ?? "" };
}

/** A program in which `check(run, expected)` stands for each statement with a value beside it. */
export function checked(program) {
  const lines = program.split("\n");
  let checks = 0;
  for (const at of lines.keys()) {
    const { code, comment } = commented(lines, at);
    if (code === undefined) continue;
    const refusal = throwing.exec(comment);
    const value = refusal ? JSON.stringify({ code: refusal[1], path: refusal[2] }) : valueIn(comment);
    if (value === undefined) continue;
    lines[at] = code;
    const found = statement(lines, at);
    if (!found) throw new SyntaxError(`a value beside what is no statement: ${code}`);
    lines.fill("", found.first, at + 1);
    const check = refusal ? "check.throws" : "check";
    lines[found.first] = `${found.declared}${check}(() => (${found.expression}\n), (more) => (${value}));`;
    checks += 1;
  }
  return { text: lines.join("\n"), checks };
}
