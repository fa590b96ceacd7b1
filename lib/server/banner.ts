import type { DatabaseKind } from "./database-child";

/** What a person who starts the server wants to know. Holds the one-time link, so it goes to the terminal, not to the log. */
export interface BannerFacts {
  version: string;
  startedInMs: number;
  origin: string;
  lane: "direct" | "edge";
  database: DatabaseKind;
  dataDir: string;
  /** What protects hosted functions, or why there are none. */
  functions: string;
  masterKey: { name: string; created: boolean };
  setupLink: string | null;
}

const DATABASE = { embedded: "embedded (PGlite)", postgres: "PostgreSQL", neon: "Neon" } satisfies Record<
  DatabaseKind,
  string
>;

/** The lines printed once the server is ready. @param colour whether the terminal shows ANSI colours */
export function banner(facts: BannerFacts, colour: boolean): string {
  const paint = (code: number, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const row = (name: string, value: string) => `  ${paint(2, name.padEnd(11))} ${value}`;
  const where = facts.database === "embedded" ? `${DATABASE.embedded} in ${facts.dataDir}` : DATABASE[facts.database];
  const key = facts.masterKey.name === "AEROSTACK_MASTER_KEY" ? "from AEROSTACK_MASTER_KEY" : facts.masterKey.name;
  const lines = [
    "",
    `  ${paint(1, `Aerostack ${facts.version}`)} ${paint(2, `ready in ${(facts.startedInMs / 1000).toFixed(1)} s`)}`,
    "",
    row("Dashboard", paint(36, facts.origin)),
    row("Gateway", `${facts.origin}/ws/<workspace>/sse ${paint(2, `(${facts.lane} lane)`)}`),
    row("Database", where),
    row("Functions", facts.functions),
    row("Master key", facts.masterKey.created ? `${key} ${paint(33, "(made just now: back it up)")}` : key),
  ];
  if (facts.setupLink)
    lines.push(
      "",
      `  ${paint(1, "Create the owner account; this link works once:")}`,
      `  ${paint(36, facts.setupLink)}`,
    );
  return `${lines.join("\n")}\n`;
}
