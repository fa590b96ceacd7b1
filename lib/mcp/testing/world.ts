import { afterEach, expect } from "vitest";
import { createUndiciTransport } from "@/lib/egress/undici-transport";
import { UpstreamError } from "../transport";
import {
  openUpstream,
  type RequestOptions,
  type UpstreamKind,
  type UpstreamReply,
  type UpstreamSession,
} from "../upstream";
import { type Call, type Fixture, handshake, startFixture } from "./fixture-server";

/** The real transport, allowed to reach the fixtures. */
export const transport = createUndiciTransport(() => ({ allowPrivate: ["127.0.0.1"], ownHosts: [] }));

const open: { close(): unknown }[] = [];
/** Closes it after the test, the last opened first. */
export const closing = (...each: { close(): unknown }[]): void => void open.push(...each);
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

/** A server that answers the handshake itself and everything else by `handle`, and a session with it. */
export async function connect(
  handle: (call: Call) => unknown,
  sessionId?: string,
): Promise<{ fixture: Fixture; session: UpstreamSession }> {
  const fixture = await startFixture((call) => (handshake(call, sessionId) ? undefined : handle(call)));
  closing(fixture);
  const target = {
    url: fixture.url,
    transport: "streamable-http" as const,
    headers: async () => ({ authorization: "Bearer s3cret" }),
  };
  const session = await openUpstream(transport, target, { deadlineMs: 2_000, era: "legacy" });
  closing(session);
  return { fixture, session };
}

/** A session with a server that speaks for itself. */
export async function join(
  url: string,
  options: Partial<Parameters<typeof openUpstream>[2]> & { transport?: UpstreamKind } = {},
): Promise<UpstreamSession> {
  const { transport: kind = "streamable-http", ...more } = options;
  const target = { url, transport: kind, headers: { authorization: "Bearer s3cret" } };
  const session = await openUpstream(transport, target, { deadlineMs: 5_000, ...more });
  closing(session);
  return session;
}

/** The one text in the result of a call, parsed. */
export function said({ kind, json }: UpstreamReply): unknown {
  expect(kind).toBe("result");
  return JSON.parse((JSON.parse(json) as { content: [{ text: string }] }).content[0].text);
}

/** A `tools/call` with a deadline of two seconds. */
export const call = (session: UpstreamSession, options: Partial<RequestOptions> = {}, params = '{"name":"echo"}') =>
  session.request("tools/call", params, { deadlineMs: 2_000, ...options });

/** The error that some work must end with. */
export async function failure(work: Promise<unknown>): Promise<UpstreamError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UpstreamError);
  return error as UpstreamError;
}
