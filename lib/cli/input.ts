import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { CliError, type Io } from "./io";

const MAX_STDIN = 65_536;

/** All of stdin as text, for values that must not stand in the process list. Bytes that are no UTF-8 are refused. */
async function readStdin(io: Io): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of io.stdin) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : (chunk as Buffer);
    size += bytes.length;
    if (size > MAX_STDIN) throw new CliError("invalid", "The value on standard input is too long.", "value");
    chunks.push(bytes);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new CliError("invalid", "The value on standard input is not text.", "value");
  }
}

/** Asks on the terminal; `hidden` shows nothing of what is typed. Questions go to stderr, so stdout stays clean. */
export async function ask(io: Io, question: string, { hidden = false } = {}): Promise<string> {
  const mute = new Writable({ write: (_chunk, _encoding, done) => done() });
  io.stderr.write(question);
  const lines = createInterface({
    input: io.stdin,
    output: hidden ? mute : io.stderr,
    terminal: io.stdin.isTTY === true,
  });
  try {
    return await lines.question("");
  } finally {
    lines.close();
    if (hidden) io.stderr.write("\n");
  }
}

/**
 * A secret value: from stdin, or typed unseen. One line break at the end, which `echo` and editors add, is taken off;
 * the note says so.
 */
export async function readSecret(io: Io, question: string): Promise<{ value: string; notes: string[] }> {
  const raw = io.stdin.isTTY ? await ask(io, question, { hidden: true }) : await readStdin(io);
  const value = raw.replace(/\r?\n$/, "");
  return { value, notes: value === raw ? [] : ["The line break at the end of the value was left out."] };
}

/**
 * Lets a person confirm by typing the slug; `--yes` does it for scripts.
 * @throws CliError where nobody can be asked, or the answer is another one
 */
export async function confirm(io: Io, slug: string, what: string, yes: boolean): Promise<void> {
  if (yes) return;
  if (!io.stdin.isTTY) throw new CliError("invalid", `This deletes ${what}. Repeat it with --yes.`, "confirm");
  const typed = await ask(io, `This deletes ${what} and cannot be undone. Type ${slug} to go on: `);
  if (typed.trim() !== slug) throw new CliError("invalid", "Nothing was deleted.", "confirm");
}
