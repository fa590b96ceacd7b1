import type { Command } from "commander";
import type { DeletedView, WorkspaceListItem, WorkspaceView } from "@/lib/services/workspace/view";
import { createClient, path } from "../client";
import { currentLogin } from "../config";
import { confirm } from "../input";
import type { Io } from "../io";
import type { Act } from "../run";
import { plain, table } from "../text";
import { registerToken } from "./token";

/** `aerostack workspace create|list|delete` and `workspace token …`. */
export function registerWorkspace(program: Command, io: Io, act: Act): Command {
  const client = () => createClient(io, currentLogin(io.env));
  const workspace = program.command("workspace").description("workspaces and their tokens");
  workspace
    .command("create <name>")
    .description("create a workspace")
    .option("--slug <slug>", "part of its URL; made from the name when absent")
    .option("--json", "print JSON")
    .action(
      act(async (name: string, options: { slug?: string }) => {
        const made = await client().call<WorkspaceView>("POST", "/workspaces", { body: { name, slug: options.slug } });
        return { data: made, text: `Created ${plain(made.name)} (${made.slug}).\nGateway: ${made.sseUrl}` };
      }),
    );
  workspace
    .command("list")
    .description("list your workspaces")
    .option("--json", "print JSON")
    .action(
      act(async () => {
        const data = await client().call<{ workspaces: WorkspaceListItem[] }>("GET", "/workspaces");
        const rows = data.workspaces.map(({ slug, name, role, servers, members, sseUrl }) => [
          slug,
          name,
          role,
          servers,
          members,
          sseUrl,
        ]);
        const headings = ["SLUG", "NAME", "ROLE", "SERVERS", "MEMBERS", "GATEWAY"];
        return { data, text: table(headings, rows, "No workspace yet: aerostack workspace create NAME") };
      }),
    );
  workspace
    .command("delete <workspace>")
    .description("delete a workspace with its servers, secrets and tokens")
    .option("--yes", "do not ask")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string, options: { yes?: boolean }) => {
        await confirm(io, slug, `the workspace ${slug}, its servers, secrets and tokens`, options.yes === true);
        const data = await client().call<DeletedView>("DELETE", path`/workspaces/${slug}`, {
          query: { confirm: slug },
        });
        return { data, text: `Deleted ${slug}.` };
      }),
    );
  registerToken(workspace, io, act);
  return workspace;
}
