const { writeFileSync } = require("node:fs");
const { program } = require("./program.cjs");

test("every case", () => writeFileSync("jest.json", program()));
