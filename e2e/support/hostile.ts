import { bodyOf, listen } from "./listener";

/** Sets this on `window` if any of it is ever run. */
export const MARK = "__ran";

const SCRIPT = `<script>window.${MARK}=1</script>`;
const IMAGE = `"'><img src=x onerror="window.${MARK}=1">`;
const ICONS = [
  { src: `javascript:window.${MARK}=1`, mimeType: "image/png" },
  { src: `data:text/html,${SCRIPT}`, mimeType: "text/html" },
  { src: `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="window.${MARK}=1"/>` },
  { src: "https://tracker.example/pixel.png" },
];
/** Right to left, zero width, control pictures, and no place to break. */
const ODD =
  "\u202egnisrever\u202c \u200b\u200c\u200d\u2060\ufeff \u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u{1f469}\u200d\u{1f4bb}";
const LONG = "Donaudampfschifffahrtsgesellschaftskapitaen".repeat(12);
const LINK = `[click](javascript:window.${MARK}=1) \`code\` https://tracker.example/${MARK}`;

/** What people can put into a name: letters of any script, but nothing invisible. */
export const HOSTILE_NAME = `${SCRIPT}${IMAGE}`.slice(0, 80);
export const LONG_NAME = LONG.slice(0, 80);
/** What comes from outside, unasked. */
export const HOSTILE_TEXT = `${SCRIPT} ${IMAGE} ${ODD} ${LINK} ${LONG}`;

const TOOLS = [
  {
    name: "read_all",
    title: `${IMAGE} ${ODD}`,
    description: HOSTILE_TEXT,
    icons: ICONS,
    annotations: { title: SCRIPT, readOnlyHint: true },
    inputSchema: {
      type: "object",
      title: SCRIPT,
      properties: {
        [IMAGE]: { type: "string", title: SCRIPT, description: HOSTILE_TEXT, default: IMAGE, examples: [SCRIPT] },
      },
    },
  },
  {
    name: "drop_everything_and_more_of_it_until_the_name_is_long",
    title: LONG,
    description: "",
    annotations: { destructiveHint: true },
    inputSchema: { type: "object", properties: { choice: { enum: [SCRIPT, IMAGE, ODD] } } },
  },
  { name: "fails", description: LINK, inputSchema: { type: "object" } },
];

/** An upstream whose every text is meant to be run, followed or to break the page. */
export async function startHostileUpstream(): Promise<{ url: string; close(): Promise<void> }> {
  const { origin, close } = await listen(async (request, response) => {
    if (request.method !== "POST") return void response.writeHead(405).end();
    const { id, method, params } = JSON.parse(await bodyOf(request)) as {
      id?: unknown;
      method: string;
      params?: { name?: string };
    };
    if (id === undefined) return void response.writeHead(202).end();
    const results: Record<string, unknown> = {
      initialize: {
        protocolVersion: "2025-11-25",
        capabilities: { tools: {} },
        serverInfo: {
          name: SCRIPT,
          title: IMAGE,
          version: ODD,
          icons: ICONS,
          websiteUrl: `javascript:window.${MARK}=1`,
        },
        instructions: HOSTILE_TEXT,
      },
      "tools/list": { tools: TOOLS },
      "tools/call": { isError: params?.name === "fails", content: [{ type: "text", text: HOSTILE_TEXT }] },
    };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ jsonrpc: "2.0", id, result: results[method] }));
  });
  return { url: `${origin}/mcp`, close };
}
