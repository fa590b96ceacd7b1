import type { Client, Connection, System, Way } from "./client";
import { VARIABLE } from "./clients/shapes";

/** The workspace as clients reach it. `token` null: not at hand here, snippets show a placeholder. */
export interface ConnectTarget {
  slug: string;
  /** For clients that send the token as a header: answers no OAuth discovery, which some (Cursor) would prefer to the header. */
  tokenUrl: string;
  /** For clients that sign in by OAuth. */
  signInUrl: string;
  token: string | null;
}

/** One thing to paste: a command, or the content of a file. */
export interface Snippet {
  title: string;
  language: "json" | "toml" | "yaml" | "shell" | "text";
  code: string;
}

/** How to connect one client in one way on one system. */
export interface Guide {
  snippets: Snippet[];
  /** A link with a token is offered after a second click only. */
  link: { label: string; href: string; holdsToken: boolean } | null;
  steps: string[];
  /** The client is not made for this system. */
  notForSystem: boolean;
}

export const PLACEHOLDER = "mwt_your_token";

/** Everything that the page shows of a client, made anew whenever an option changes. */
export function guideOf(client: Client, way: Way, system: System, target: ConnectTarget): Guide {
  const connection = connectionOf(client, way, target);
  const { file } = client;
  const path = typeof file?.at === "object" ? file.at[system] : file?.at;
  const command = client.command?.(connection, way, (text) => quote(text, system)) ?? null;
  const content = client.config(connection);
  const snippets: Snippet[] = [];
  if (way === "variable" && client.variable?.kept === "environment")
    snippets.push({
      title: "The token, once",
      language: "shell",
      code: assignment(target.token ?? PLACEHOLDER, system),
    });
  if (command) snippets.push({ title: "Terminal", language: "shell", code: command });
  if (file && path)
    snippets.push({
      title: file.project && file.project !== path ? `${path}, or ${file.project} in a project` : path,
      language: file.format,
      code: written(content, file.format),
    });
  if (!file) snippets.push({ title: "URL", language: "text", code: String(content) });
  const href = client.link?.href(connection, way) ?? null;
  // Without the token at hand a link that is to hold it would install the placeholder.
  const usable = href !== null && (way !== "token" || target.token !== null);
  return {
    snippets,
    link: usable ? { label: client.link?.label ?? "", href, holdsToken: way === "token" } : null,
    steps: client.steps[way] ?? [],
    notForSystem: file !== undefined && path === null,
  };
}

function connectionOf(client: Client, way: Way, target: ConnectTarget): Connection {
  const { slug, signInUrl, tokenUrl, token } = target;
  if (way === "sign-in") return { slug, url: signInUrl, authorization: null };
  const shown = way === "variable" ? (client.variable?.reference ?? VARIABLE) : (token ?? PLACEHOLDER);
  return { slug, url: tokenUrl, authorization: `Bearer ${shown}` };
}

/** One argument for the system's shell: Windows' `cmd` knows double quotes only. */
export const quote = (text: string, system: System): string =>
  system === "windows" ? `"${text.replaceAll('"', '\\"')}"` : `'${text.replaceAll("'", "'\\''")}'`;

const assignment = (token: string, system: System): string =>
  system === "windows" ? `setx ${VARIABLE} ${quote(token, system)}` : `export ${VARIABLE}=${quote(token, system)}`;

function written(content: unknown, format: "json" | "toml" | "yaml"): string {
  if (format === "json") return JSON.stringify(content, null, 2);
  return format === "toml" ? String(content) : yaml(content, 0).join("\n");
}

/** Block YAML; texts in double quotes, as in JSON, so that nothing in them needs thought. */
function yaml(value: unknown, depth: number): string[] {
  const pad = "  ".repeat(depth);
  if (Array.isArray(value))
    return value.flatMap((item) => {
      const [first = "", ...rest] = yaml(item, depth + 1);
      return [`${pad}- ${first.trimStart()}`, ...rest];
    });
  return Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) =>
    typeof inner === "object" && inner !== null
      ? [`${pad}${yamlKey(key)}:`, ...yaml(inner, depth + 1)]
      : [`${pad}${yamlKey(key)}: ${typeof inner === "string" ? JSON.stringify(inner) : String(inner)}`],
  );
}

/** A slug such as `2024` or `on` would be no text without quotes. */
const yamlKey = (key: string): string =>
  /^[A-Za-z_-]*$/.test(key) && !/^(?:on|off|yes|no|y|n|true|false|null)$/i.test(key) ? key : JSON.stringify(key);
