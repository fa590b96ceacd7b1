import type { Command } from "commander";
import type { ServerSaved, ServerView } from "@/lib/services/server/view";
import type { DeletedView } from "@/lib/services/workspace/view";
import { createClient, path } from "../client";
import { currentLogin } from "../config";
import { confirm } from "../input";
import { CliError, type Io } from "../io";
import type { Act } from "../run";
import { plain, table } from "../text";

interface AddOptions {
  slug: string;
  url: string;
  name?: string;
  header: string[];
  force?: boolean;
}

/** `aerostack mcp add|list|remove`. */
export function registerMcp(program: Command, io: Io, act: Act): void {
  const client = () => createClient(io, currentLogin(io.env));
  const mcp = program.command("mcp").description("MCP servers of a workspace");
  mcp
    .command("add <workspace>")
    .description("add an MCP server by its URL")
    .requiredOption("--slug <slug>", "prefixes its tools: slug__tool")
    .requiredOption("--url <url>", "URL of the server")
    .option("--name <name>", "name for people")
    .option(
      "--header <header>",
      'sent to the server, e.g. "Authorization: Bearer {{API_KEY}}"; repeatable',
      collect,
      [],
    )
    .option("--force", "save it even if it does not answer")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string, options: AddOptions) => {
        const { slug: server, url, name, header, force } = options;
        const body = { slug: server, url, name, headers: header.map(toHeader), force };
        const saved = await client().call<ServerSaved>("POST", path`/workspaces/${slug}/servers`, { body });
        return { data: saved, text: describe(slug, saved), notes: saved.warnings };
      }),
    );
  mcp
    .command("list <workspace>")
    .description("list the servers")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string) => {
        const data = await client().call<{ servers: ServerView[] }>("GET", path`/workspaces/${slug}/servers`);
        const rows = data.servers.map((row) => [
          row.slug,
          row.status,
          `${row.tools.enabled}/${row.tools.total}`,
          row.transport,
          row.url,
        ]);
        return {
          data,
          text: table(["SLUG", "STATUS", "TOOLS", "TRANSPORT", "URL"], rows, "No server yet: aerostack mcp add"),
        };
      }),
    );
  mcp
    .command("remove <workspace> <server>")
    .description("remove a server with its secrets")
    .option("--yes", "do not ask")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string, server: string, options: { yes?: boolean }) => {
        await confirm(io, server, `the server ${server} and its secrets`, options.yes === true);
        const url = path`/workspaces/${slug}/servers/${server}`;
        const data = await client().call<DeletedView>("DELETE", url, { query: { confirm: server } });
        return { data, text: `Removed ${server}.` };
      }),
    );
}

const collect = (value: string, before: string[]): string[] => [...before, value];

function toHeader(text: string): { name: string; template: string } {
  const at = text.indexOf(":");
  if (at < 1) throw new CliError("invalid", 'Write a header as "Name: value".', "header");
  return { name: text.slice(0, at).trim(), template: text.slice(at + 1).trim() };
}

function describe(workspace: string, { server, probe, missingSecrets }: ServerSaved): string {
  const lines = [`Added ${server.slug}. ${plain(probe?.message ?? "")}`];
  if (probe?.ok) lines.push(...probe.tools.map((tool) => `  ${tool.qualifiedName}`));
  lines.push(...missingSecrets.map((name) => `Next: aerostack secrets set ${workspace} ${server.slug} ${name} < file`));
  return lines.join("\n");
}
