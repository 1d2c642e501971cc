// Subscriptions in an object store, over HTTP: <base>/<id>. What S3 and its like understand: a write with If-Match takes the place of the
// version that has this ETag, one with If-None-Match: * of nothing; 412, or S3's 409, says that another was quicker.
export const createObjectStore = (base, headers = {}) => ({
  async read(id) {
    const response = await fetch(`${base}/${id}`, { headers });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`the object store answers with ${response.status}`);
    return { text: await response.text(), version: response.headers.get("etag") };
  },

  async write(id, text, version) {
    const condition = version === null ? { "if-none-match": "*" } : { "if-match": version };
    const response = await fetch(`${base}/${id}`, { method: "PUT", headers: { ...headers, ...condition }, body: text });
    if (response.status === 412 || response.status === 409) return false;
    if (!response.ok) throw new Error(`the object store answers with ${response.status}`);
    return true;
  },
});
