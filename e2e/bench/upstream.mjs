/** The upstream of the benchmark: an MCP server on bare `node:http`, so that what stands before it shows. Prints its port. */
import { createServer } from "node:http";

const secret = `Bearer ${process.env.BENCH_SECRET}`;
const TOOL = {
  name: "echo",
  description: "Echoes",
  inputSchema: { type: "object", properties: { message: { type: "string" } } },
};

function resultOf({ method, params }) {
  if (method === "initialize") {
    return {
      protocolVersion: params.protocolVersion,
      capabilities: { tools: {} },
      serverInfo: { name: "bench", version: "1" },
    };
  }
  if (method === "tools/list") return { tools: [TOOL] };
  if (method !== "tools/call") return null;
  return { content: [{ type: "text", text: params.arguments.message }] };
}

const server = createServer((request, response) => {
  if (request.method !== "POST") return response.writeHead(405).end();
  if (request.headers.authorization !== secret) return response.writeHead(401).end();
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    const message = JSON.parse(body);
    if (message.id === undefined) return response.writeHead(202).end();
    const result = resultOf(message);
    const unknown = { error: { code: -32601, message: "Method not found" } };
    const answer = JSON.stringify({ jsonrpc: "2.0", id: message.id, ...(result ? { result } : unknown) });
    response
      .writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(answer) })
      .end(answer);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => console.log(`port ${server.address().port}`));
