import { program } from "./program.mjs";

export default { fetch: () => new Response(program()) };
