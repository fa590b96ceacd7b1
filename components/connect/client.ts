/** Systems that clients run on; where a settings file lies depends on it. */
export const SYSTEMS = { mac: "macOS", windows: "Windows", linux: "Linux" } as const;
export type System = keyof typeof SYSTEMS;

export const GROUPS = ["IDE", "CLI", "Desktop", "Web", "Other"] as const;
export type Group = (typeof GROUPS)[number];
export const GROUP_TITLES: Record<Group, string> = {
  IDE: "Editors",
  CLI: "Terminal",
  Desktop: "Desktop",
  Web: "Web",
  Other: "Anything else",
};

/** How a client proves who it works for: the token in its settings, the token kept beside them, or a sign-in in the browser. */
export type Way = "token" | "variable" | "sign-in";
export const WAYS: Record<Way, string> = {
  token: "With a token",
  variable: "Token kept apart",
  "sign-in": "By signing in",
};

/** What one client is given to reach the workspace. */
export interface Connection {
  slug: string;
  url: string;
  /** Value of the Authorization header; null where the client signs in. */
  authorization: string | null;
}

/** How to connect one MCP client. Facts as published by the vendors, November 2026. */
export interface Client {
  id: string;
  name: string;
  /** Other names that people search by. */
  also?: string[];
  group: Group;
  /** Its mark in `public/brand-icons.svg`; null: a monogram. */
  icon: string | null;
  /** The first one is suggested. */
  ways: Way[];
  /** The settings file: where it lies on each system (null: the client is not made for it), and inside a project. */
  file?: { at: string | Record<System, string | null>; project?: string; format: "json" | "toml" | "yaml" };
  /** Content of that file: an object, or text where its format is TOML. For the web: the URL to paste. */
  config(connection: Connection): unknown;
  /** How its settings refer to a token that is kept elsewhere, and where that is. */
  variable?: { reference: string; kept: "environment" | "prompt" | "secrets" };
  /** A command that does the same; `quote` makes one argument for the system's shell. Not every way has one. */
  command?(connection: Connection, way: Way, quote: (text: string) => string): string | null;
  /** A link that opens the client with the settings in it. */
  link?: { label: string; href(connection: Connection, way: Way): string | null };
  /** What to do and see afterwards, in order. Text in backticks is code. */
  steps: Partial<Record<Way, string[]>>;
  /** What it cannot do, and what to know. */
  limits?: string[];
  /** It connects from its maker's servers, so the gateway must have a public https address. */
  fromOutside?: true;
}
