import { type McpServer, ResourceTemplate } from "@modelcontextprotocol/server";
import { PNG } from "./content";

/** The suite's resources, its template, and subscriptions for the revisions that have them as requests. */
export function registerResources(server: McpServer): void {
  const contents = (uri: URL, mimeType: string, body: { text: string } | { blob: string }) => ({
    contents: [{ uri: uri.href, mimeType, ...body }],
  });
  server.registerResource(
    "Static text",
    "test://static-text",
    { description: "A static text", mimeType: "text/plain" },
    (uri) => contents(uri, "text/plain", { text: "This is the content of the static text resource." }),
  );
  server.registerResource(
    "Static binary",
    "test://static-binary",
    { description: "A static picture", mimeType: "image/png" },
    (uri) => contents(uri, "image/png", { blob: PNG }),
  );
  server.registerResource(
    "Watched resource",
    "test://watched-resource",
    { description: "A resource that can be subscribed to", mimeType: "text/plain" },
    (uri) => contents(uri, "text/plain", { text: "Watched resource content" }),
  );
  server.registerResource(
    "Template",
    new ResourceTemplate("test://template/{id}/data", { list: undefined }),
    { description: "A template with a parameter", mimeType: "application/json" },
    (uri, { id }) =>
      contents(uri, "application/json", {
        text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${String(id)}` }),
      }),
  );
  // Subscriptions of 2025 revisions; those of 2026-07-28 are served by the SDK's listen streams.
  server.server.setRequestHandler("resources/subscribe", () => ({}));
  server.server.setRequestHandler("resources/unsubscribe", () => ({}));
}
