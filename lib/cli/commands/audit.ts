import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { type ChainFault, type ChainHead, type ChainLink, chainChecker, checkHead } from "@/lib/audit-chain";
import type { AuditVerifyView } from "@/lib/services/audit/view";
import { createClient, path } from "../client";
import { currentLogin } from "../config";
import { CliError, type Io } from "../io";
import type { Act } from "../run";
import { plain } from "../text";

interface VerifyOptions {
  workspace?: string;
  file?: string;
  head?: string;
}

/** `aerostack audit verify|export`. A file is checked on this machine, without login or server. */
export function registerAudit(program: Command, io: Io, act: Act): void {
  const client = () => createClient(io, currentLogin(io.env));
  const audit = program.command("audit").description("the audit log, a chain of hashes");
  audit
    .command("verify")
    .description("check that nothing was changed, taken out, put in or cut off")
    .option("--workspace <workspace>", "check the workspace's log on the server")
    .option("--file <file>", "check an exported file here, without the server")
    .option("--head <hash>", "the end that you noted: the hash of the last event")
    .option("--json", "print JSON")
    .action(
      act(async ({ workspace, file, head }: VerifyOptions) => {
        if ((workspace === undefined) === (file === undefined))
          throw new CliError("usage", "Give --workspace, or --file for an exported log.");
        const found =
          file === undefined
            ? await client().call<AuditVerifyView>("GET", path`/workspaces/${workspace ?? ""}/audit/verify`)
            : await verifyFile(file);
        if (found.broken) throw new CliError("audit_broken", `Event ${found.broken.seq}: ${found.broken.why}`);
        if (head !== undefined && head !== found.head?.headHash)
          throw new CliError("audit_broken", "The log holds, but its end is not the one that you noted.", "head");
        const end = found.head ? ` Its end: ${found.head.headHash}` : "";
        return { data: { ...found }, text: `The log holds: ${found.checked} events checked.${end}` };
      }),
    );
  audit
    .command("export")
    .description("export the log as JSON lines")
    .requiredOption("--workspace <workspace>", "whose log")
    .requiredOption("--output <file>", "write to this file")
    .option("--json", "print JSON")
    .action(
      act(async ({ workspace, output }: { workspace: string; output: string }) => {
        const body = Readable.from(await client().stream(path`/workspaces/${workspace}/audit.jsonl`));
        let bytes = 0;
        body.on("data", (chunk: Uint8Array) => {
          bytes += chunk.byteLength;
        });
        await pipeline(body, createWriteStream(output, { mode: 0o600 }));
        return { data: { file: output, bytes }, text: `Wrote ${bytes} bytes to ${plain(output)}.` };
      }),
    );
}

type Verified = Pick<AuditVerifyView, "ok" | "checked" | "head" | "broken">;

/** Follows the chain in an exported file, line by line; its last line names the end. */
async function verifyFile(file: string): Promise<Verified> {
  const checker = chainChecker();
  let noted: ChainHead | null = null;
  let broken: ChainFault | null = null;
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  try {
    for await (const line of lines) {
      const { head, ...link } = readLine(line);
      broken = noted ? fault(noted.seq, "More follows the line that names the end.") : null;
      if (head) noted = head;
      else broken ??= await checker.next(link as ChainLink);
      if (broken) break;
    }
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError("invalid", "This file cannot be read.", "file");
  }
  const at = checker.at();
  broken ??= noted ? checkHead(at, noted) : fault(at.seq + 1, "The line that names the end is missing.");
  return { ok: broken === null, checked: at.seq, head: { seq: at.seq, headHash: at.hash }, broken };
}

const fault = (seq: number, why: string): ChainFault => ({ seq, eventId: null, why });

function readLine(line: string): Partial<ChainLink> & { head?: ChainHead } {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Falls through: what is no JSON object is no line of an export.
  }
  throw new CliError("invalid", "This file is not an exported audit log.", "file");
}
