const { writeFileSync } = require("node:fs");
const { program } = require("./program.cjs");

test("every case", async () => writeFileSync("jest.json", await program()));
