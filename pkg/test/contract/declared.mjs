// What the types declare, as plain values from the TypeScript compiler. Its API may change: the version is pinned.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { API, SignatureKind, SymbolFlags, TypeFlags } from "typescript/unstable/sync";

/** The functions that are JavaScript alone: no other host has them, and no vector. */
export const ofJavaScript = ["dayIn", "explain", "formatMoney", "isBillingError", "ready"];

export const providers = ["a55", "dineropay", "dintero", "nexi"];

const folder = fileURLToPath(new URL("../../types/", import.meta.url));
const fileOf = (name) => join(folder, `${name}.d.ts`);
/** The files of types. */
export const files = readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith(".d.ts"))
  .map((name) => join(folder, name));

const api = new API({ cwd: fileURLToPath(new URL("../..", import.meta.url)) });
const { program, checker } = api.updateSnapshot({ openFiles: files }).getDefaultProjectForFile(fileOf("index"));

const has = (type, flag) => (type.flags & flag) !== 0;
const descriptions = new Map();

/** A type as a value may have it: each way that is possible has its field. */
function describe(type) {
  if (!descriptions.has(type.id)) {
    const found = { absent: false, date: false, text: false, number: false, boolean: false, unknown: false };
    Object.assign(found, { words: [], numbers: [], lists: [], objects: [] });
    descriptions.set(type.id, found);
    const base = has(type, TypeFlags.TypeParameter) ? checker.getBaseConstraintOfType(type) : type;
    for (const member of base.isUnionType() ? base.getTypes() : [base]) add(found, member);
    // A field that a shape declares to keep it out.
    const isOut = ([way, possible]) => way === "absent" || possible === false || possible.length === 0;
    found.never = Object.entries(found).every(isOut);
  }
  return descriptions.get(type.id);
}

function add(found, type) {
  if (has(type, TypeFlags.Null | TypeFlags.Undefined)) found.absent = true;
  else if (has(type, TypeFlags.Any)) throw new Error("the types use `any` somewhere");
  else if (has(type, TypeFlags.Unknown)) found.unknown = true;
  else if (type.isStringLiteralType()) found.words.push(type.value);
  else if (type.isNumberLiteralType()) found.numbers.push(type.value);
  else if (has(type, TypeFlags.BooleanLike)) found.boolean = true;
  else if (has(type, TypeFlags.String)) found.text = true;
  else if (has(type, TypeFlags.Number)) found.number = true;
  else if (checker.isArrayType(type)) found.lists.push(describe(checker.getTypeArguments(type)[0]));
  else if (type.getSymbol()?.name === "PlainDateLike") found.date = true;
  else found.objects.push(object(type));
}

function object(type) {
  const [index] = checker.getIndexInfosOfType(type);
  const field = (symbol) => [symbol.name, describe(checker.getTypeOfSymbol(symbol))];
  return { fields: new Map(checker.getPropertiesOfType(type).map(field)), index: index && describe(index.valueType) };
}

/** Where an answer has objects whose type has no name, by their paths. */
function unnamed(type, path = "answer", seen = new Set()) {
  if (seen.has(type.id)) return [];
  seen.add(type.id);
  if (type.isUnionType()) return type.getTypes().flatMap((member) => unnamed(member, path, seen));
  if (checker.isArrayType(type)) return unnamed(checker.getTypeArguments(type)[0], `${path}[]`, seen);
  if (!type.isObjectType() && !type.isIntersectionType()) return [];
  if (checker.getIndexInfosOfType(type).length > 0) return [];
  const isNamed = (type.getAliasSymbol() ?? type.getSymbol())?.name.startsWith("__") === false;
  const inField = (field) => unnamed(checker.getTypeOfSymbol(field), `${path}.${field.name}`, seen);
  return [...(isNamed ? [] : [path]), ...checker.getPropertiesOfType(type).flatMap(inField)];
}

const tagged = (symbol, tag) =>
  symbol
    .getJsDocTags(checker)
    .filter(({ name }) => name === tag)
    .map(({ text }) => text);

function described(name, symbol, signature) {
  const answer = checker.getReturnTypeOfSignature(signature);
  return {
    name,
    parameters: signature
      .getParameters()
      .map((parameter) => [parameter.name, describe(checker.getTypeOfSymbol(parameter))]),
    answer: describe(answer),
    unnamed: unnamed(answer),
    documentation: symbol.getDocumentationComment(checker),
    throws: tagged(symbol, "throws"),
    examples: tagged(symbol, "example"),
  };
}

const signatureOf = (symbol) => checker.getSignaturesOfType(checker.getTypeOfSymbol(symbol), SignatureKind.Call)[0];
const exportsOf = (entry) =>
  checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(fileOf(entry))));
const isValue = ({ flags }) => (flags & (SymbolFlags.Function | SymbolFlags.Class)) !== 0;

/** The examples in the comment at the head of a file. */
function headExamples(name) {
  const [head] = readFileSync(fileOf(name), "utf8").split("*/");
  return head
    .replaceAll(/^ \* ?/gm, "")
    .split(/^@example/m)
    .slice(1);
}

/** Symbols as a reader finds them: by the order of the files in the index, and in a file from its head. */
function inOrder(symbols) {
  const index = readFileSync(fileOf("index"), "utf8");
  const place = ({ name, declarations: [{ path }] }) => {
    const file = index.indexOf(`"./${relative(folder, path).replaceAll("\\", "/").replace(".d.ts", ".js")}"`);
    return [file, readFileSync(path, "utf8").search(new RegExp(`^export .*\\b${name}\\b`, "m"))];
  };
  const placed = symbols.map((symbol) => ({ symbol, at: place(symbol) }));
  return placed
    .sort(({ at: [file, line] }, { at: [other, below] }) => file - other || line - below)
    .map(({ symbol }) => symbol);
}

/** What exists at runtime: the names, and those of a namespace's members. */
export const values = {};
/** The names that each provider's own entry has at runtime. */
export const subpaths = Object.fromEntries(
  providers.map((name) => [
    name,
    exportsOf(name)
      .filter(isValue)
      .map(({ name }) => name),
  ]),
);
/** The names of types. */
export const types = [];
/** What an error may have as its code. */
export let codes;
/** What a line may be for. */
export let kindsOfLines;
/** Every function, a provider's by both names. */
export const functions = [];
/** What the types give as examples, and by its name each namespace: the examples of functions build on them. */
export const given = { types: [] };

for (const symbol of inOrder(exportsOf("index"))) {
  const { name } = symbol;
  if (name === "LineKind") kindsOfLines = describe(checker.getDeclaredTypeOfSymbol(symbol)).words;
  if (name === "ErrorCode") codes = describe(checker.getDeclaredTypeOfSymbol(symbol)).words;
  if ((symbol.flags & (SymbolFlags.Interface | SymbolFlags.TypeAlias)) !== 0) types.push(name);
  if ((symbol.flags & SymbolFlags.Interface) !== 0) given.types.push(...tagged(symbol, "example"));
  if ((symbol.flags & SymbolFlags.Alias) !== 0) {
    // A namespace: the functions of a module of its own, each by its declaration.
    const members = checker.getExportsOfModule(checker.getAliasedSymbol(symbol));
    for (const member of members) functions.push(described(`${name}.${member.name}`, member, signatureOf(member)));
    given[name] = headExamples(`${name}/functions`);
    values[name] = members.map((member) => member.name);
  } else if (isValue(symbol)) {
    const signature = signatureOf(symbol);
    if (signature) functions.push(described(name, symbol, signature));
    values[name] = null;
  }
}

/** What the compiler finds wrong. */
export const mistakes = files.flatMap((file) => [
  ...program.getSyntacticDiagnostics(file),
  ...program.getSemanticDiagnostics(file),
]);

api.close();
