import { FUNCTION_LIMITS, type Identity, type Policy, type Verdict } from "../contract";
import { isolateName } from "../deployment-id";
import { applyPolicy } from "../egress/apply-policy";
import { answerHeaders } from "../egress/headers";
import { scrubberOf, scrubStream, scrubText } from "../egress/scrubber";
import { spellingsOf } from "../egress/spellings";
import { Refused } from "../egress/substitute";
import { readUpTo } from "./answer";
import type { Fetcher } from "./types";

const SECRET_MS = 30_000; // a changed value counts after this at the latest
const MOST_REMEMBERED = 500;

interface Pinned {
  policy: Policy;
  placeholders: Map<string, string>;
}

const policies = new Map<string, Pinned>();
const secrets = new Map<string, { value: string | null; until: number }>();

async function ask<T>(control: Fetcher, path: string, question: unknown): Promise<T> {
  const request = new Request(`http://control${path}`, { method: "POST", body: JSON.stringify(question) });
  const answer = await control.fetch(request);
  if (!answer.ok) throw new Error("The control side refused");
  return (await answer.json()) as T;
}

function remember<T>(map: Map<string, T>, key: string, value: T): T {
  if (map.size >= MOST_REMEMBERED) map.clear();
  map.set(key, value);
  return value;
}

async function pinnedOf(identity: Identity, control: Fetcher): Promise<Pinned> {
  const key = isolateName(identity);
  const known = policies.get(key);
  if (known) return known;
  const { ws, ins, dep, rev } = identity;
  type Answer = { policy: Policy; placeholders: Record<string, string> };
  const { policy, placeholders } = await ask<Answer>(control, "/policy", { ws, ins, dep, rev });
  return remember(policies, key, { policy, placeholders: new Map(Object.entries(placeholders)) });
}

async function secretOf(identity: Identity, name: string, host: string, control: Fetcher): Promise<string | null> {
  const { ws, ins } = identity;
  const key = [ws, ins, name, host].join(" ");
  const known = secrets.get(key);
  if (known && known.until > Date.now()) return known.value;
  const { value } = await ask<{ value: string | null }>(control, "/secret", { ws, ins, name, host });
  return remember(secrets, key, { value, until: Date.now() + SECRET_MS }).value;
}

const refuse = (verdict: Verdict) => ({ verdict, answer: Response.json({ error: verdict }, { status: 403 }) });

/**
 * The egress inside the worker, for Cloudflare: the same decision as the Node egress, values asked for over HTTPS and
 * kept for 30 s. It checks no addresses: Cloudflare's network reaches public ones only.
 */
export async function forwardRequest(
  request: Request,
  identity: Identity,
  control: Fetcher,
): Promise<{ verdict: Verdict; answer: Response }> {
  const { policy, placeholders } = await pinnedOf(identity, control);
  const bodyText = async () => {
    if (request.body === null) return "";
    const bytes = await readUpTo(request.body, FUNCTION_LIMITS.egressRequestBytes);
    if (bytes === null) throw new Refused("request_too_large");
    return new TextDecoder().decode(bytes);
  };
  const { method, url } = request;
  const outgoing = { method, url, headers: [...request.headers] as [string, string][], bodyText };
  const decision = await applyPolicy(outgoing, policy, placeholders, (name, host) =>
    secretOf(identity, name, host, control),
  );
  if (!decision.ok) return refuse(decision.verdict);
  const body = decision.body ?? request.body;
  const upstream = await fetch(
    new Request(decision.url, {
      method,
      headers: decision.headers,
      body: body === "" ? null : body,
      redirect: "manual",
    }),
  );
  const create = scrubberOf(spellingsOf(decision.injected));
  const headers = answerHeaders(upstream.headers, (text) => scrubText(text, create));
  const stream = decision.injected.length > 0 ? upstream.body?.pipeThrough(scrubStream(create)) : upstream.body;
  const answer = new Response(stream ?? null, { status: upstream.status, headers });
  return { verdict: "ok", answer };
}
