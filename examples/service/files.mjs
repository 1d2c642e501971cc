// Subscriptions as files, each version a file of its own: <folder>/<id>/<version>.json. A file is linked into place whole and only where
// none is, so of all who would write a version, in whatever process or language, one wins. A database does the same by
// UPDATE … WHERE version = ….
import { link, mkdir, open, readdir, readFile, unlink } from "node:fs/promises";
import { join } from "node:path";

const absent = (error) => {
  if (error.code !== "ENOENT") throw error;
  return [];
};

export function createFileStore(folder) {
  return {
    async read(id) {
      const names = await readdir(join(folder, id)).catch(absent);
      const version = Math.max(0, ...names.map((name) => Number(/^([0-9]+)\.json$/.exec(name)?.[1] ?? 0)));
      return version ? { text: await readFile(join(folder, id, `${version}.json`), "utf8"), version } : undefined;
    },

    async write(id, text, version) {
      const place = join(folder, id, `${(version ?? 0) + 1}.json`);
      const draft = `${place}.${crypto.randomUUID()}`;
      await mkdir(join(folder, id), { recursive: true });
      const file = await open(draft, "wx");
      try {
        await file.writeFile(text);
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
