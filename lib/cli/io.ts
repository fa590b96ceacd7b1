import type { Readable, Writable } from "node:stream";

/** What a command may touch; tests bring their own. */
export interface Io {
  env: Record<string, string | undefined>;
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable;
  stderr: Writable;
  fetch: typeof fetch;
}

/** An error to show as it is; `code` is for scripts. */
export class CliError extends Error {
  override readonly name = "CliError";
  constructor(
    readonly code: string,
    message: string,
    readonly field?: string,
    readonly requestId?: string,
  ) {
    super(message);
  }
}

/** What a command answers: `data` for `--json`, `text` for people, `notes` for what they should know besides. */
export interface Result {
  data: Record<string, unknown>;
  text: string;
  notes?: string[];
}
