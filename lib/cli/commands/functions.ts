import type { Command } from "commander";
import type { DeployedView, DeploymentPage, FunctionList, LogsView } from "@/lib/services/function/view";
import { createClient, path } from "../client";
import { currentLogin } from "../config";
import { CliError, type Io } from "../io";
import type { Act } from "../run";
import { plain, table } from "../text";

/** `aerostack functions list|deployments|logs|activate|rollback`. */
export function registerFunctions(program: Command, io: Io, act: Act): void {
  const client = () => createClient(io, currentLogin(io.env));
  const history = (slug: string, name: string) =>
    client().call<DeploymentPage>("GET", path`/workspaces/${slug}/functions/${name}/deployments`);
  const activate = async (slug: string, name: string, id: string) => {
    const url = path`/workspaces/${slug}/functions/${name}/deployments/${id}/activate`;
    const data = await client().call<DeployedView>("POST", url, { body: {} });
    return {
      data,
      text: `Version ${data.deployment.version} of ${data.server.slug} answers now.`,
      notes: data.widened,
    };
  };
  const functions = program.command("functions").description("hosted functions: history, logs, roll-back");
  functions
    .command("list <workspace>")
    .description("list functions and what answers")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string) => {
        const data = await client().call<FunctionList>("GET", path`/workspaces/${slug}/functions`);
        const rows = data.functions.map((one) => [
          one.slug,
          one.state,
          one.version,
          one.tools,
          one.calls,
          one.deployedAt,
        ]);
        const text = table(["SLUG", "STATE", "VERSION", "TOOLS", "CALLS 24H", "DEPLOYED"], rows, "No function yet.");
        return { data, text, notes: data.engine.reason === null ? [] : [plain(data.engine.reason)] };
      }),
    );
  functions
    .command("deployments <workspace> <function>")
    .description("list deployments, newest first")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string, name: string) => {
        const data = await history(slug, name);
        const rows = data.deployments.map((one) => [
          one.version,
          one.active ? "active" : "",
          one.id,
          one.createdAt,
          one.createdBy,
          one.note,
        ]);
        return { data, text: table(["VERSION", "", "ID", "CREATED", "BY", "NOTE"], rows, "Nothing is deployed yet.") };
      }),
    );
  functions
    .command("logs <workspace> <function>")
    .description("the last lines of what answers")
    .option("--deployment <id>", "of this deployment instead")
    .option("--follow", "go on with new lines until stopped")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string, name: string, { deployment, follow, json }: LogOptions) => {
        if (follow && json) throw new CliError("usage", "Give --follow or --json, not both.", "json");
        const url = path`/workspaces/${slug}/functions/${name}/logs`;
        if (follow) {
          for await (const line of eventLines(await client().stream(`${url}/stream`, { deployment })))
            io.stdout.write(`${lineText(line)}\n`);
          return null;
        }
        const data = await client().call<LogsView>("GET", url, { query: { deployment } });
        return { data, text: data.lines.map(lineText).join("\n") || "No line yet." };
      }),
    );
  functions
    .command("activate <workspace> <function> <deployment>")
    .description("let a staged or older deployment answer")
    .option("--json", "print JSON")
    .action(act(activate));
  functions
    .command("rollback <workspace> <function>")
    .description("go back to the version before the active one")
    .option("--to <version>", "or to this version")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string, name: string, { to }: { to?: string }) => {
        const { deployments } = await history(slug, name);
        const active = deployments.find((one) => one.active);
        const wanted = deployments.find(({ version }) =>
          to === undefined ? version < (active?.version ?? 0) : String(version) === to,
        );
        if (!wanted) throw new CliError("not_found", "There is no such version to go back to.", "to");
        return activate(slug, name, wanted.id);
      }),
    );
}

interface LogOptions {
  deployment?: string;
  follow?: boolean;
  json?: boolean;
}
type Line = LogsView["lines"][number];

const lineText = ({ time, level, text }: Line): string => `${time}  ${level.padEnd(9)}  ${plain(text)}`;

/** Lines out of server-sent events `lines` (a list) and `line`. */
async function* eventLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const data = /^data: (.*)$/m.exec(part)?.[1];
      if (data !== undefined) yield* [JSON.parse(data) as Line | Line[]].flat();
    }
  }
}
