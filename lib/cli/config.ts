import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { CliError, type Io } from "./io";

/** Where to talk to, and as whom. */
export interface Login {
  url: string;
  apiKey: string;
}

const Stored = z.object({ url: z.url(), apiKey: z.string() });

/** `$XDG_CONFIG_HOME/aerostack/config.json`, by default below `~/.config`. */
export function configPath(env: Io["env"]): string {
  return join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), ".config"), "aerostack", "config.json");
}

/** What `login` stored; null where there is nothing usable. */
export function readLogin(env: Io["env"]): Login | null {
  try {
    const parsed = Stored.safeParse(JSON.parse(readFileSync(configPath(env), "utf8")));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Stores the login for this user's eyes only (0600), whole or not at all. */
export function writeLogin(env: Io["env"], login: Login): string {
  const path = configPath(env);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, `${JSON.stringify(login, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  renameSync(draft, path);
  return path;
}

/** The installation's address without a trailing slash. @throws CliError */
export function cleanUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw new CliError("invalid", "Give the address of your installation, like https://gateway.example.com.", "url");
  return url.origin + url.pathname.replace(/\/+$/, "");
}

/**
 * The login to use: environment before what is stored. A stored key goes only to the address that it was stored for.
 * @throws CliError `not_logged_in`
 */
export function currentLogin(env: Io["env"]): Login {
  const stored = readLogin(env);
  const url = env.AEROSTACK_URL ? cleanUrl(env.AEROSTACK_URL) : stored?.url;
  const apiKey = env.AEROSTACK_API_KEY || (stored && stored.url === url ? stored.apiKey : undefined);
  if (url && apiKey) return { url, apiKey };
  throw new CliError("not_logged_in", "Run `aerostack login` first, or set AEROSTACK_URL and AEROSTACK_API_KEY.");
}
