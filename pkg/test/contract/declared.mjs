// What index.d.ts declares, told by the TypeScript compiler as plain values. Its API may change: the version is pinned.
import { fileURLToPath } from "node:url";
import { API, SignatureKind, SymbolFlags, TypeFlags } from "typescript/unstable/sync";

const file = fileURLToPath(new URL("../../index.d.ts", import.meta.url));
const api = new API({ cwd: fileURLToPath(new URL("../..", import.meta.url)) });
const { program, checker } = api.updateSnapshot({ openFiles: [file] }).getDefaultProjectForFile(file);

const has = (type, flag) => (type.flags & flag) !== 0;
const descriptions = new Map();

/** A type as a value may have it: each way that is possible has its field. */
function describe(type) {
  if (!descriptions.has(type.id)) {
    const found = { absent: false, date: false, text: false, number: false, boolean: false, unknown: false };
    Object.assign(found, { words: [], numbers: [], lists: [], objects: [] });
    descriptions.set(type.id, found);
    for (const member of type.isUnionType() ? type.getTypes() : [type]) add(found, member);
    // A field that a shape declares to keep it out.
    const isOut = ([way, possible]) => way === "absent" || possible === false || possible.length === 0;
    found.never = Object.entries(found).every(isOut);
  }
  return descriptions.get(type.id);
}

function add(found, type) {
  if (has(type, TypeFlags.Null | TypeFlags.Undefined)) found.absent = true;
  else if (has(type, TypeFlags.Any)) throw new Error("index.d.ts says `any` somewhere");
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

const tagged = (symbol, tag) => symbol.getJsDocTags(checker).filter(({ name }) => name === tag).map(({ text }) => text);

function described(name, symbol, signature) {
  return {
    name,
    parameters: signature.getParameters().map((parameter) => [parameter.name, describe(checker.getTypeOfSymbol(parameter))]),
    answer: describe(checker.getReturnTypeOfSignature(signature)),
    documentation: symbol.getDocumentationComment(checker),
    throws: tagged(symbol, "throws"),
    examples: tagged(symbol, "example"),
  };
}

const signatureOf = (symbol) => checker.getSignaturesOfType(checker.getTypeOfSymbol(symbol), SignatureKind.Call)[0];

/** What exists at runtime: the names, and those of a namespace's members. */
export const values = {};
/** What an error may have as its code. */
export let codes;
/** Every function, a provider's by both names. */
export const functions = [];
/** What the types give as examples, and by its name each namespace: the examples of functions build on them. */
export const given = { types: [] };

for (const symbol of checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)))) {
  const { name } = symbol;
  if (name === "ErrorCode") codes = describe(checker.getDeclaredTypeOfSymbol(symbol)).words;
  if ((symbol.flags & SymbolFlags.Interface) !== 0) given.types.push(...tagged(symbol, "example"));
  if ((symbol.flags & (SymbolFlags.Function | SymbolFlags.Variable | SymbolFlags.Class)) === 0) continue;
  const signature = signatureOf(symbol);
  if (signature) functions.push(described(name, symbol, signature));
  const namespace = (symbol.flags & SymbolFlags.Variable) !== 0;
  const members = namespace ? checker.getPropertiesOfType(checker.getTypeOfSymbol(symbol)) : [];
  for (const member of members) functions.push(described(`${name}.${member.name}`, member, signatureOf(member)));
  if (namespace) given[name] = tagged(symbol, "example");
  values[name] = namespace ? members.map((member) => member.name) : null;
}

/** What the compiler finds wrong. */
export const mistakes = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];

api.close();
