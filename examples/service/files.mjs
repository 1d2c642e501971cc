// Subscriptions as files, each version a file of its own: <folder>/<id>/<version>.json. Its first line is the subscription, the second
// the row of a payment, if that version has one. A file is linked into place whole and only where none is, so of all who would write a
// version, in whatever process or language, one wins. A database does the same by UPDATE … WHERE version = ….
import { link, mkdir, open, readdir, readFile, unlink } from "node:fs/promises";
import { join } from "node:path";
import { merged } from "./payments.mjs";

const absent = (error) => {
  if (error.code !== "ENOENT") throw error;
  return [];
};

export function createFileStore(folder) {
  /** The versions of a subscription, from the first. */
  async function versions(id) {
    const names = await readdir(join(folder, id)).catch(absent);
    const numbers = names.flatMap((name) => /^([0-9]+)\.json$/.exec(name)?.[1] ?? []);
    return numbers.map(Number).sort((one, other) => one - other);
  }

  const lines = async (id, version) => (await readFile(join(folder, id, `${version}.json`), "utf8")).split("\n");

  return {
    async read(id) {
      const version = (await versions(id)).at(-1);
      return version ? { text: (await lines(id, version))[0], version } : undefined;
    },

    async payments(id) {
      const files = await Promise.all((await versions(id)).map((version) => lines(id, version)));
      return merged(files.flatMap(([, row]) => (row ? JSON.parse(row) : [])));
    },

    async write(id, text, version, payment) {
      const place = join(folder, id, `${(version ?? 0) + 1}.json`);
      const draft = `${place}.${crypto.randomUUID()}`;
      await mkdir(join(folder, id), { recursive: true });
      const file = await open(draft, "wx");
      try {
        await file.writeFile(payment ? `${text}\n${JSON.stringify(payment)}` : text);
        // The text is on the disk before its name is.
        await file.sync();
      } finally {
        await file.close();
      }
      try {
        await link(draft, place);
        return true;
      } catch (error) {
        if (error.code !== "EEXIST") throw error;
        return false;
      } finally {
        await unlink(draft);
      }
    },
  };
}
