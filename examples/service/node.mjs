// The service under Node, whose http server has requests and responses of its own:
//
//   node node.mjs        settings as in fetch.mjs, and PORT
import { createServer } from "node:http";
import service from "./fetch.mjs";

const LONGEST = 64 * 1024;

/** Node's request as a Request; null when it is too long. */
async function toRequest(incoming) {
  const { method, url, headers } = incoming;
  const read = [];
  let length = 0;
  for await (const chunk of incoming) {
    length += chunk.length;
    if (length > LONGEST) return null;
    read.push(chunk);
  }
  const body = read.length > 0 ? Buffer.concat(read) : undefined;
  return new Request(new URL(url, "http://localhost"), { method, headers, body });
}

const server = createServer(async (incoming, outgoing) => {
  try {
    const request = await toRequest(incoming);
    if (!request) return outgoing.writeHead(413, { connection: "close" }).end();
    const response = await service.fetch(request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
  } catch (error) {
    console.error(error);
    outgoing.writeHead(400).end();
  }
});

server.listen(service.port, service.hostname, () =>
  console.log(`Listening on http://127.0.0.1:${server.address().port}/`),
);
