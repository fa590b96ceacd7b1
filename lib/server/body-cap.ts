import { IncomingMessage, type ServerResponse } from "node:http";

/**
 * Ends a request whose body grows past `maxBytes`, whoever reads it: Next takes a body in whole before it lets the edge
 * route's own refusal out. Counts as bytes arrive, answers 413 and closes the connection.
 */
export function capBody(request: IncomingMessage, response: ServerResponse, maxBytes: number): void {
  let size = 0;
  request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    size += chunk?.length ?? 0;
    if (size <= maxBytes) return IncomingMessage.prototype.push.call(request, chunk, encoding);
    if (!response.headersSent) {
      const body = `{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"The body may have at most ${maxBytes} bytes."}}`;
      response.writeHead(413, { "content-type": "application/json", connection: "close" }).end(body);
    }
    request.socket.destroySoon(); // after the answer is out; what still arrives is dropped
    return false;
  };
}
