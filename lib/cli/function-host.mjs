/** Runs an author's own bundle on loopback while they write it. No sandbox: it is their code on their machine. */
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

const [bundle, env] = JSON.parse(process.argv[2] ?? "[]");
const made = await import(pathToFileURL(bundle).href);
if (typeof made.default?.fetch !== "function") {
  console.error("The default export has no fetch: export default defineServer({ … }).");
  process.exit(2);
}

async function answer(incoming, outgoing) {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const stopped = new AbortController();
  outgoing.once("close", () => stopped.abort());
  const { method = "GET", headers, url } = incoming;
  const body = method === "GET" || method === "HEAD" ? undefined : Buffer.concat(chunks);
  const request = new Request(`http://localhost${url}`, { method, headers, body, signal: stopped.signal });
  const response = await made.default.fetch(request, env, { waitUntil() {}, passThroughOnException() {} });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  for await (const chunk of response.body ?? []) outgoing.write(chunk);
  outgoing.end();
}

const server = createServer((incoming, outgoing) => {
  answer(incoming, outgoing).catch((error) => {
    console.error(error);
    if (!outgoing.headersSent) outgoing.writeHead(500);
    outgoing.end();
  });
});
process.once("disconnect", () => process.exit()); // never without its parent
server.listen(0, "127.0.0.1", () => process.send?.({ port: server.address().port }));
