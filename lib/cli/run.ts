import { Command, CommanderError } from "commander";
import { VERSION } from "@/lib/version";
import { registerAudit } from "./commands/audit";
import { registerCalls } from "./commands/calls";
import { registerDeploy } from "./commands/deploy";
import { registerDev } from "./commands/dev";
import { registerFunctions } from "./commands/functions";
import { registerInit } from "./commands/init";
import { registerLogin } from "./commands/login";
import { registerMcp } from "./commands/mcp";
import { registerPeople } from "./commands/people";
import { registerSecrets } from "./commands/secrets";
import { registerTest } from "./commands/test";
import { registerToken } from "./commands/token";
import { registerWorkspace } from "./commands/workspace";
import { CliError, type Io, type Result } from "./io";

/** Registers the body of a command: prints its result, as JSON where asked. */
export type Act = <A extends unknown[]>(work: (...args: A) => Promise<Result | null>) => (...args: A) => Promise<void>;

/**
 * Runs one command line (without node and script). Results go to stdout, everything else to stderr.
 * @returns exit code: 0, or 1 for every failure
 */
export async function run(argv: string[], io: Io): Promise<number> {
  const json = argv.includes("--json");
  const act: Act =
    (work) =>
    async (...args) => {
      const result = await work(...args);
      if (result) print(io, result, json);
    };
  const program = new Command("aerostack")
    .description("Manage Aerostack workspaces: servers, functions, secrets, people, tokens, calls and the audit log.")
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => json || io.stderr.write(text),
      outputError: () => undefined,
    });
  registerLogin(program, io, act);
  const workspace = registerWorkspace(program, io, act);
  registerMcp(program, io, act);
  registerSecrets(program, io, act);
  registerToken(program, io, act);
  registerPeople(program, io, act);
  registerCalls(program, io, act);
  registerInit(program, act);
  registerDev(program, io, act);
  registerTest(program, io, act);
  registerDeploy(program, io, act);
  registerFunctions(program, io, act);
  registerAudit(program, io, act);
  for (const command of [program, workspace]) command.showSuggestionAfterError();
  try {
    await program.parseAsync(argv, { from: "user" });
    return 0;
  } catch (error) {
    return report(io, error, json);
  }
}

function print(io: Io, { data, text, notes = [] }: Result, json: boolean): void {
  if (json) {
    io.stdout.write(`${JSON.stringify(notes.length > 0 ? { ...data, notes } : data, null, 2)}\n`);
    return;
  }
  io.stdout.write(`${text}\n`);
  for (const note of notes) io.stderr.write(`Note: ${note}\n`);
}

function report(io: Io, error: unknown, json: boolean): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const help = error instanceof CommanderError && error.code === "commander.help";
  if (help && !json) return 1; // a group without its command: commander has shown what there is
  const { code, message, field, requestId } = toCliError(error);
  if (json) io.stderr.write(`${JSON.stringify({ error: { code, message, field, requestId } })}\n`);
  else io.stderr.write(`Error: ${message}\n`);
  return 1;
}

/** Unforeseen errors keep their words to themselves: they may quote what was typed. */
function toCliError(error: unknown): CliError {
  if (error instanceof CliError) return error;
  if (error instanceof CommanderError) {
    const message =
      error.code === "commander.help" ? "Name a command; --help shows them." : error.message.replace(/^error: /, "");
    return new CliError("usage", message);
  }
  const name = error instanceof Error ? error.name : typeof error;
  return new CliError("internal", `Something went wrong here (${name}).`);
}
