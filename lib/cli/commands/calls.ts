import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import type { CallPage } from "@/lib/services/call/view";
import { createClient, path } from "../client";
import { currentLogin } from "../config";
import { CliError, type Io } from "../io";
import type { Act } from "../run";
import { table } from "../text";

type Filters = Partial<Record<"member" | "server" | "tool" | "outcome" | "from" | "to", string>>;

/** `aerostack calls list|export`. */
export function registerCalls(program: Command, io: Io, act: Act): void {
  const client = () => createClient(io, currentLogin(io.env));
  const calls = program.command("calls").description("the attributed call log");
  withFilters(calls.command("list <workspace>").description("list calls, newest first"))
    .option("--limit <n>", "at most this many, up to 200")
    .option("--cursor <id>", "go on after this call")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string, options: Filters & { limit?: string; cursor?: string }) => {
        const { limit, cursor } = options;
        const query = { ...filtersOf(options), limit, cursor };
        const data = await client().call<CallPage>("GET", path`/workspaces/${slug}/calls`, { query });
        const rows = data.calls.map((call) => [
          call.time,
          call.actor,
          call.qualifiedName,
          call.outcome,
          milliseconds(call.durationMs),
        ]);
        const more = data.nextCursor ? [`More: --cursor ${data.nextCursor}`] : [];
        return { data, text: table(["TIME", "WHO", "TOOL", "OUTCOME", "MS"], rows, "No call yet."), notes: more };
      }),
    );
  withFilters(calls.command("export <workspace>").description("export calls"))
    .option("--format <format>", "csv", "csv")
    .option("--output <file>", "write to this file instead of standard output")
    .option("--json", "print JSON about the written file; needs --output")
    .action(
      act(async (slug: string, options: Filters & { format: string; output?: string; json?: boolean }) => {
        const { format, output, json } = options;
        if (format !== "csv") throw new CliError("usage", "The only format is csv.", "format");
        if (json && output === undefined)
          throw new CliError("usage", "With --json, name a file by --output.", "output");
        const body = Readable.from(await client().stream(path`/workspaces/${slug}/calls.csv`, filtersOf(options)));
        let bytes = 0;
        body.on("data", (chunk: Uint8Array) => {
          bytes += chunk.byteLength;
        });
        if (output === undefined) {
          await pipeline(body, io.stdout, { end: false });
          return null;
        }
        await pipeline(body, createWriteStream(output, { mode: 0o600 }));
        return { data: { file: output, format, bytes }, text: `Wrote ${bytes} bytes to ${output}.` };
      }),
    );
}

function withFilters(command: Command): Command {
  return command
    .option("--member <id>", "calls of this member")
    .option("--server <slug>", "calls to this server")
    .option("--tool <name>", "calls of this tool, without its prefix")
    .option("--outcome <outcome>", "ok, tool_error, error, denied, client_closed, pending or unknown")
    .option("--from <time>", "from this time on, e.g. 2026-11-24T00:00:00Z")
    .option("--to <time>", "up to this time");
}

const filtersOf = ({ member, server, tool, outcome, from, to }: Filters) => ({
  member,
  server,
  tool,
  outcome,
  from,
  to,
});
const milliseconds = (value: number | null): string | null =>
  value === null ? null : value.toFixed(value < 10 ? 1 : 0);
