import { z } from "zod";
import type { Login } from "./config";
import { CliError, type Io } from "./io";

/** Adding a server tests it first, which may take this long, in ms. */
const TIMEOUT_MS = 60_000;

const ErrorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    field: z.string().optional(),
    requestId: z.string().optional(),
  }),
});

/** Requests to the management API as one login. Every failure is a CliError with the server's own words. */
export interface Client {
  /** JSON answer of one operation; `body` for what changes something, `query` for filters. */
  call<T>(method: string, path: string, options?: { body?: unknown; query?: Query }): Promise<T>;
  /** Body of an answer that is no JSON. */
  stream(path: string, query?: Query): Promise<AsyncIterable<Uint8Array>>;
}
type Query = Record<string, string | undefined>;

export function createClient(io: Io, login: Login): Client {
  async function send(
    method: string,
    path: string,
    { body, query = {} }: { body?: unknown; query?: Query },
    signal?: AbortSignal,
  ) {
    const search = new URLSearchParams(
      Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
    const url = `${login.url}/api/v1${path}${search.size > 0 ? `?${search}` : ""}`;
    const headers: Record<string, string> = { authorization: `Bearer ${login.apiKey}` };
    if (body !== undefined) headers["content-type"] = "application/json";
    const init = {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      redirect: "manual",
      signal,
    } as const;
    const response = await io.fetch(url, init).catch((cause: unknown) => {
      throw new CliError(
        "unreachable",
        `${login.url} does not answer${reasonOf(cause)}. Is it running, and is the address right?`,
      );
    });
    if (!response.ok) throw await failure(response, login.url);
    return response;
  }
  return {
    async call<T>(method: string, path: string, options: { body?: unknown; query?: Query } = {}): Promise<T> {
      const response = await send(method, path, options, AbortSignal.timeout(TIMEOUT_MS));
      return (await response.json().catch(() => {
        throw strange(login.url);
      })) as T;
    },
    async stream(path, query) {
      const { body } = await send("GET", path, { query });
      if (!body) throw strange(login.url);
      return body;
    },
  };
}

const strange = (url: string) =>
  new CliError("unreachable", `What answers at ${url} is not Aerostack. Check the address.`);

async function failure(response: Response, url: string): Promise<CliError> {
  const parsed = ErrorBody.safeParse(await response.json().catch(() => null));
  if (!parsed.success) return strange(url);
  const { code, message, field, requestId } = parsed.data.error;
  return new CliError(code, message, field, requestId);
}

function reasonOf(cause: unknown): string {
  const code =
    cause instanceof Error && cause.cause instanceof Error ? (cause.cause as { code?: unknown }).code : undefined;
  return typeof code === "string" ? ` (${code})` : "";
}

/** A path from fixed text and values; each value is one segment, whatever is in it. */
export const path = (parts: TemplateStringsArray, ...values: string[]): string =>
  parts.reduce((whole, part, index) => `${whole}${encodeURIComponent(values[index - 1] ?? "")}${part}`);
