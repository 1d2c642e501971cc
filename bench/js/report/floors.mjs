// Floors: what is left of a cost when all that could go is gone. Those that the bench does not take are measured apart, as each says.

/** What a call of `prorate` consists of: the least of 1500 turns of 200 calls. */
export const PRORATE = `Measured apart, as the least of many turns, a call of it costs 4.7 µs: 3.3 in WebAssembly, 0.7 of them for the SHA-256 of its digest,
and 1.4 to read the arguments, to parse the list and to name the answer. A call that does nothing costs 0.04 µs.`;

/** Of a call: the same with a module that returns a list without computing it. */
export const prorateInJs = {
  share: 0.3,
  why: `a call whose WebAssembly only returns a list that was written down costs 0.30 of one that computes it. The digest takes two fifths of
  the rest: SHA-256 and the text that it is of. The libraries return two amounts, without dates, reasons, the next payment and a digest.`,
};

/** Of the instructions that callgrind counts without those of SHA-256, 6 973. */
export const prorateInRust = {
  share: 0.61,
  why: `without the string of the digest and its 64 letters, 0.61 of the instructions are left. These are the checks of the input, the period, two
  lines with their days and reasons, the next payment, and the memory of the answer.`,
};

export const cold = {
  why: `a process that reads and compiles the same wasm, and calls nothing, needs as much as the floor says. V8 checks all of a module
  before the first call. \`require\` saves the loader of modules, and \`./preview\` has a sixth of the wasm.`,
};

/** Kilobytes with brotli, by `cargo xtask sizes`. */
export const full = {
  least: () => 189,
  why: `without any provider it weighs 189 kB, and without a life, too, 69 kB. The four providers weigh 129 kB together. The limit was
  set before items, discounts, taxes, minimum terms, reminders and money that goes back. A build for size alone saves a tenth.`,
};

/** Kilobytes with brotli: `MAX_PREVIEW` in xtask/src/weight.rs has the parts. */
export const preview = {
  least: () => 43.3,
  why: `without all of R9 and R10 it weighs 43.3 kB. By part: items and tiers 6.4, commitment and notice 4.0, taxes 2.8, discounts 2.8, the
  minimum of a period 1.4, reminders 1.2, steps 0.7, the set-up fee 0.2.`,
};
