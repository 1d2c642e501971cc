import { program } from "./program.mjs";

export default { fetch: async () => new Response(await program()) };
