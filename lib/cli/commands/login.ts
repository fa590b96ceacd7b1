import type { Command } from "commander";
import { createClient } from "../client";
import { cleanUrl, readLogin, writeLogin } from "../config";
import { ask } from "../input";
import { CliError, type Io } from "../io";
import type { Act } from "../run";
import { plain } from "../text";

interface Me {
  name: string;
  email: string | null;
  version: string;
}

/** `aerostack login`: asks for what is not given, tries the key, and stores both for this user only. */
export function registerLogin(program: Command, io: Io, act: Act): void {
  program
    .command("login")
    .description("store the address of an installation and an API key for it")
    .option("--url <url>", "address of the installation (or AEROSTACK_URL)")
    .option("--api-key <key>", "API key aak_… from the account page (or AEROSTACK_API_KEY)")
    .option("--json", "print JSON")
    .action(
      act(async (options: { url?: string; apiKey?: string }) => {
        const url = cleanUrl(
          await given(io, options.url ?? io.env.AEROSTACK_URL, "Address", "--url", readLogin(io.env)?.url),
        );
        const apiKey = await given(io, options.apiKey ?? io.env.AEROSTACK_API_KEY, "API key", "--api-key");
        const me = await createClient(io, { url, apiKey }).call<Me>("GET", "/me");
        const path = writeLogin(io.env, { url, apiKey });
        const who = plain(me.email ?? me.name);
        const notes = url.startsWith("http:") && !isLoopback(url) ? ["The key travels unencrypted over http."] : [];
        return {
          data: { url, email: me.email, name: me.name, version: me.version, config: path },
          text: `Signed in to ${url} as ${who}. Stored in ${path}.`,
          notes,
        };
      }),
    );
}

const isLoopback = (url: string): boolean => /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(new URL(url).hostname);

async function given(
  io: Io,
  value: string | undefined,
  label: string,
  flag: string,
  otherwise?: string,
): Promise<string> {
  if (value) return value;
  if (!io.stdin.isTTY) throw new CliError("usage", `Give ${flag}: there is no terminal to ask on.`);
  const typed = await ask(io, `${label}${otherwise ? ` [${otherwise}]` : ""}: `, { hidden: flag === "--api-key" });
  const answer = typed.trim() || otherwise;
  if (!answer) throw new CliError("usage", `${label} is needed.`);
  return answer;
}
