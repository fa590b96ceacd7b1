export type LogLevel = "debug" | "info" | "warn" | "error";
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** One JSON line a record. Fields are primitives on purpose: nobody can hand over a header bag or an error object whose text may hold a secret. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** Writes `{"time","level","event",…}` lines to `write`; `time` is ISO 8601 UTC. */
export function createLog(write: (line: string) => void = (line) => console.log(line)): Log {
  const at =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}) =>
      write(JSON.stringify({ time: new Date().toISOString(), level, event, ...fields }));
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** What may be logged of an unknown error: its class and code, never its message (header errors quote values). */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = (error as { code?: unknown }).code;
  const cause = error.cause instanceof Error ? error.cause : undefined;
  const causeCode = (cause as { code?: unknown } | undefined)?.code;
  return {
    error: error.name,
    code: typeof code === "string" ? code : undefined,
    cause: cause ? (typeof causeCode === "string" ? causeCode : cause.name) : undefined,
  };
}
