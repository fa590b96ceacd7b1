import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { decoded } from "@/lib/egress/response";
import { UpstreamError } from "@/lib/mcp/transport";
import { type EgressRecord, FUNCTION_LIMITS, type Identity, type Policy, type Verdict } from "../contract";
import { type Allowed, applyPolicy } from "./apply-policy";
import { answerHeaders, IDENTITY_HEADER, readIdentity } from "./headers";
import type { Outbound } from "./outbound";
import { readBody } from "./read-body";
import { rememberedScrubbers, type Scrubber, scrubText } from "./scrubber";
import { spellingsOf } from "./spellings";
import { Refused } from "./substitute";

/** What one deployment may do, with the placeholders that its code holds. */
export interface Pinned {
  policy: Policy;
  placeholders: ReadonlyMap<string, string>;
}

export interface EgressPorts {
  outbound: Outbound;
  /** Null for a deployment that the asking process does not run. */
  pinned(identity: Identity): Pinned | null;
  secret(of: { ws: string; ins: string; name: string; host: string }): Promise<string | null>;
  record(record: EgressRecord): void;
  now(): number;
}

const STATUS: Partial<Record<Verdict, number>> = {
  bad_request: 400,
  request_too_large: 413,
  too_many_requests: 429,
  upstream_error: 502,
};

/** The end of every request of every function: decides, puts values in, sends, takes values out, records. */
export function createEgress(ports: EgressPorts): (req: IncomingMessage, res: ServerResponse) => Promise<void> {
  const running = new Map<string, number>();

  return async (req, res) => {
    const at = ports.now();
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), FUNCTION_LIMITS.egressMs);
    res.once("close", () => abort.abort());
    const identity = readIdentity([req.headers[IDENTITY_HEADER]].flat()[0]);
    const pinned = identity && ports.pinned(identity);
    let status = 0;
    let verdict: Verdict = "ok";
    const installation = `${identity?.ws}.${identity?.ins}`;
    const others = running.get(installation) ?? 0;
    running.set(installation, others + 1);
    try {
      if (!identity || !pinned) throw new Refused("bad_request");
      if (others >= FUNCTION_LIMITS.egressConcurrency) throw new Refused("too_many_requests");
      const allowed = await decide(req, identity, pinned, ports);
      const answer = await ports.outbound.send(allowed, req.method ?? "GET", bodyOf(req, allowed), abort.signal);
      status = answer.status;
      note();
      await pass(answer, allowed, res);
    } catch (error) {
      if (status > 0) return void res.destroy(); // in the middle of the answer
      verdict = verdictOf(error);
      note();
      refuse(res, verdict);
    } finally {
      clearTimeout(timer);
      req.resume();
      const left = (running.get(installation) ?? 1) - 1;
      if (left > 0) running.set(installation, left);
      else running.delete(installation);
    }

    function note(): void {
      if (!identity) return;
      const url = URL.canParse(req.url ?? "") ? new URL(req.url ?? "") : null;
      const { ws, ins, dep, rev, user, call } = identity;
      const [host, path] = [url?.hostname ?? "", (url?.pathname ?? "").slice(0, 512)];
      const method = (req.method ?? "").slice(0, 20);
      ports.record({ ws, ins, dep, rev, user, call, at, method, host, path, status, verdict, ms: ports.now() - at });
    }
  };
}

/** Errors of ours become words: a message could quote a header, and with it a value. */
function verdictOf(error: unknown): Verdict {
  if (error instanceof Refused) return error.verdict;
  return error instanceof UpstreamError && error.reason === "refused_address"
    ? "address_not_allowed"
    : "upstream_error";
}

async function decide(req: IncomingMessage, identity: Identity, pinned: Pinned, ports: EgressPorts): Promise<Allowed> {
  const { ws, ins } = identity;
  const raw = req.rawHeaders;
  const headers = raw.flatMap((name, at): [string, string][] => (at % 2 === 0 ? [[name, raw[at + 1] ?? ""]] : []));
  const request = { method: req.method ?? "", url: req.url ?? "", headers, bodyText: () => textOf(req) };
  const decision = await applyPolicy(request, pinned.policy, pinned.placeholders, (name, host) =>
    ports.secret({ ws, ins, name, host }),
  );
  if (!decision.ok) throw new Refused(decision.verdict);
  return decision;
}

async function textOf(req: IncomingMessage): Promise<string> {
  const text = await readBody(req, FUNCTION_LIMITS.egressRequestBytes);
  if (text === null) throw new Refused("request_too_large");
  return text;
}

function bodyOf(req: IncomingMessage, allowed: Allowed): Readable | string | null {
  if (allowed.body !== null) return allowed.body === "" ? null : allowed.body;
  const none = req.headers["content-length"] === undefined && req.headers["transfer-encoding"] === undefined;
  return none ? null : Readable.from(capped(req, FUNCTION_LIMITS.egressRequestBytes));
}

async function* capped(source: Readable, most: number): AsyncGenerator<Buffer> {
  let total = 0;
  for await (const chunk of source) {
    total += (chunk as Buffer).length;
    if (total > most) throw new Refused("request_too_large");
    yield chunk as Buffer;
  }
}

const scrubbersFor = rememberedScrubbers(spellingsOf);

type Answer = Awaited<ReturnType<Outbound["send"]>>;

async function pass(answer: Answer, { injected }: Allowed, res: ServerResponse): Promise<void> {
  const create = scrubbersFor(injected);
  const encoding = answer.headers.find(([name]) => name.toLowerCase() === "content-encoding")?.[1] ?? null;
  const body = decoded(answer.body, encoding); // compressed, it could not be searched
  res.writeHead(answer.status, answerHeaders(answer.headers, (text) => scrubText(text, create)).flat());
  res.flushHeaders();
  const bytes = capped(body, FUNCTION_LIMITS.egressAnswerBytes);
  if (injected.length === 0) await pipeline(bytes, res);
  else await pipeline(bytes, scrubbing(create()), res);
}

function scrubbing(scrubber: Scrubber): Transform {
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, scrubber.push(chunk)),
    flush: (done) => done(null, scrubber.end()),
  });
}

function refuse(res: ServerResponse, verdict: Verdict): void {
  res.writeHead(STATUS[verdict] ?? 403, { "content-type": "application/json" });
  res.end(JSON.stringify({ error: verdict }));
}
