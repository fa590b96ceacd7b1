/** One room of the house: which files are in it, and what they may import besides their own room. */
export interface Room {
  /** Start of the path, or a pattern; the first room that fits a file is its room. */
  files: RegExp;
  may: string[];
  /** npm packages, by name; `null` leaves them free. Node's own modules count as the package `node`. */
  packages: string[] | null;
}

const UI = [
  "radix-ui",
  "lucide-react",
  "class-variance-authority",
  "clsx",
  "tailwind-merge",
  "sonner",
  "next-themes",
  "react",
  "next",
];

/** Loaded on the page of a function only. */
const EDITOR = [
  ...["state", "view", "commands", "language", "autocomplete", "lint", "search", "lang-javascript"].map(
    (name) => `@codemirror/${name}`,
  ),
  "@lezer/highlight",
  "@lezer/common",
];

/** The import table. Arrows point one way: base ← crypto, mcp ← gateway; base ← schema ← services ← auth, api, cli ← app. */
export const ROOMS: Record<string, Room> = {
  testing: { files: /\.test\.tsx?$|^lib\/testing\/|\/testing\/|^e2e\//, may: ["*"], packages: null },
  base: {
    files: /^lib\/[^/]+\.ts$|^package\.json$/,
    may: [],
    packages: ["zod", "csv-stringify", "clsx", "tailwind-merge"],
  },
  access: { files: /^lib\/access\//, may: ["base", "schema"], packages: ["zod"] },
  schema: {
    files: /^db\/(schema|migrations)\//,
    may: ["base", "access", "function contract"],
    packages: ["drizzle-orm"],
  },
  crypto: { files: /^lib\/crypto\//, may: ["base"], packages: [] },
  mcp: { files: /^lib\/mcp\//, may: ["base"], packages: ["eventsource-parser", "ipaddr.js"] },
  gateway: {
    files: /^lib\/gateway\//,
    may: ["base", "access", "crypto", "mcp", "function contract"],
    packages: ["jose", "minisearch"],
  },
  egress: { files: /^lib\/egress\//, may: ["base", "mcp"], packages: ["undici", "node", "ipaddr.js"] },
  "function contract": {
    files:
      /^lib\/functions\/([^/]+|egress\/(apply-policy|covers|destination|headers|placeholders|scrubber|spellings|substitute))\.ts$/,
    may: ["base", "crypto"],
    packages: ["zod"],
  },
  "function egress": {
    files: /^lib\/functions\/egress\//,
    may: ["base", "egress", "mcp", "function contract"],
    packages: ["undici", "node"],
  },
  "function host": {
    files: /^lib\/functions\/worker\/[^/]+\.ts$/,
    may: ["base", "function contract"],
    // Resolved inside workerd; what Node offers there is its own.
    packages: ["cloudflare:workers", "node", "server.js", "rt-identity.js"],
  },
  "function runtime": {
    files: /^lib\/functions\/runtime\//,
    may: ["base", "function contract", "function egress"],
    packages: ["undici", "node"],
  },
  "function authoring": { files: /^lib\/functions\/authoring\//, may: [], packages: ["@cfworker/json-schema"] },
  "function bundle": {
    files: /^lib\/functions\/bundle\//,
    may: ["base", "function openapi"],
    packages: ["esbuild", "typescript", "node"],
  },
  "function openapi": { files: /^lib\/functions\/openapi\//, may: ["base"], packages: ["yaml", "node"] },
  "function templates": {
    files: /^lib\/functions\/templates\//,
    may: [],
    packages: ["@aerostack/server", "zod", "node"],
  },
  hub: { files: /^lib\/hub\//, may: ["base", "mcp"], packages: ["zod"] },
  database: { files: /^db\/(node|migrate)[^/]*\.ts$/, may: ["base", "schema", "store", "contract"], packages: null },
  store: {
    files: /^db\/[^/]+\.ts$/,
    may: ["base", "access", "schema", "gateway", "mcp", "function contract"],
    packages: ["@neondatabase/serverless", "drizzle-orm"],
  },
  "local database": { files: /^db\/local\//, may: ["base"], packages: null },
  view: {
    files: /^lib\/services\/([^/]+\/(schemas|view|actions)|fields)\.ts$/,
    may: ["base", "access", "schema", "mcp", "hub", "function contract"],
    packages: ["zod"],
  },
  contract: {
    files: /^lib\/services\/context\.ts$/,
    may: ["base", "access", "schema", "crypto", "mcp", "hub", "function contract"],
    packages: ["drizzle-orm"],
  },
  services: {
    files: /^lib\/services\//,
    may: [
      "base",
      "access",
      "schema",
      "crypto",
      "mcp",
      "hub",
      "view",
      "contract",
      "function contract",
      "function openapi",
      "function templates",
    ],
    packages: ["drizzle-orm", "zod", "csv-stringify", "ipaddr.js", "node"],
  },
  auth: {
    files: /^lib\/auth\/|^proxy\.ts$/,
    may: [
      "base",
      "access",
      "schema",
      "crypto",
      "mcp",
      "hub",
      "egress",
      "database",
      "mail",
      "services",
      "view",
      "contract",
    ],
    packages: null,
  },
  mail: { files: /^lib\/mail\//, may: ["base", "contract"], packages: ["nodemailer"] },
  oauth: {
    files: /^lib\/oauth\//,
    may: ["base", "access", "schema", "crypto", "mcp", "auth", "services", "view", "contract"],
    packages: null,
  },
  api: { files: /^lib\/api\//, may: ["base", "auth", "services", "view", "contract"], packages: ["zod"] },
  launchers: { files: /^lib\/(server|cli|functions\/worker)\/[^/]+\.mjs$/, may: [], packages: ["node", "esbuild"] },
  cli: {
    files: /^lib\/cli\//,
    may: ["base", "api", "view", "function contract", "function bundle", "function templates", "function runtime"],
    packages: ["commander", "node", "zod", "esbuild"],
  },
  server: { files: /^lib\/server\//, may: ["*"], packages: null },
  ui: { files: /^components\/ui\//, may: ["base"], packages: [...UI, "cmdk"] },
  components: {
    files: /^components\//,
    may: ["base", "access", "ui", "view"],
    packages: [
      ...UI,
      "@tanstack/react-query",
      "cmdk",
      "nuqs",
      "react-hotkeys-hook",
      "recharts",
      "zod",
      // A tool run from the browser: its form is checked by the one, its call made by the other.
      "@cfworker/json-schema",
      "@modelcontextprotocol/sdk",
      ...EDITOR,
    ],
  },
  "edge lane": { files: /^app\/ws\//, may: ["base", "crypto", "mcp", "gateway", "store"], packages: [] },
  probes: { files: /^app\/api\/(health|ready)\//, may: ["auth", "server"], packages: [] },
  app: {
    files: /^app\//,
    may: ["base", "access", "auth", "oauth", "api", "services", "view", "contract", "ui", "components"],
    packages: null,
  },
};

/** What the edge bundle may hold of npm: all of it runs on Web standards alone. */
export const EDGE_PACKAGES = [
  "zod",
  "jose",
  "@neondatabase/serverless",
  "drizzle-orm",
  "ipaddr.js",
  "eventsource-parser",
  "minisearch",
];

/** Where configuration enters; everywhere else it is handed on. `NODE_ENV` is free: Next replaces it while building. */
export const READS_ENVIRONMENT =
  /^lib\/server\/|^lib\/cli\/|^db\/local\/(main|init)\.ts$|^lib\/auth\/runtime\.ts$|^app\/ws\/gateway\.ts$|^(next|drizzle)\.config\.ts$/;

/** The room of a file (path from the repository root), or null where the table knows none. */
export function roomOf(file: string): string | null {
  return Object.entries(ROOMS).find(([, room]) => room.files.test(file))?.[0] ?? null;
}
