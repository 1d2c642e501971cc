// Subscriptions in an object store, over HTTP. What S3 and its like understand: a write with If-Match takes the place of the version that
// has this ETag, one with If-None-Match: * of nothing; 412, or S3's 409, says that another was quicker.
//
// <base>/<id> has three lines: the subscription, how many rows of payments there are, and the last of them. Before a write adds another
// row, the last one moves to <base>/<id>/payments/<number>: so a row is in the same write as the subscription, and none is ever lost.
import { merged } from "../service/payments.mjs";

export function createObjectStore(base, headers = {}) {
  async function get(name) {
    const response = await fetch(`${base}/${name}`, { headers });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`the object store answers with ${response.status}`);
    return { body: await response.text(), etag: response.headers.get("etag") };
  }

  async function put(name, body, condition) {
    const response = await fetch(`${base}/${name}`, { method: "PUT", headers: { ...headers, ...condition }, body });
    if (response.status === 412 || response.status === 409) return false;
    if (!response.ok) throw new Error(`the object store answers with ${response.status}`);
    return true;
  }

  async function read(id) {
    const object = await get(id);
    if (!object) return undefined;
    const [text, rows, last] = object.body.split("\n");
    return { text, version: { etag: object.etag, rows: Number(rows), last } };
  }

  return {
    read,

    async payments(id) {
      const { rows = 0, last } = (await read(id))?.version ?? {};
      const numbers = Array.from({ length: Math.max(rows - 1, 0) }, (_, index) => index + 1);
      const earlier = await Promise.all(numbers.map((number) => get(`${id}/payments/${number}`)));
      return merged([...earlier.map(({ body }) => body), ...(last ? [last] : [])].map((row) => JSON.parse(row)));
    },

    async write(id, text, version, payment) {
      const { etag, rows, last } = version ?? { rows: 0, last: "" };
      // False where another has moved it already.
      if (payment && rows > 0) await put(`${id}/payments/${rows}`, last, { "if-none-match": "*" });
      const lines = payment ? [text, rows + 1, JSON.stringify(payment)] : [text, rows, last];
      return put(id, lines.join("\n"), version === null ? { "if-none-match": "*" } : { "if-match": etag });
    },
  };
}
