import { z } from "zod";
import { type DeploymentId, type EgressRecord, FUNCTION_LIMITS, type FunctionSource, type LogLine } from "./contract";
import { DIGEST, ID } from "./deployment-id";
import { hidePlaceholders, placeholdersOf } from "./egress/placeholders";

const Id = z.string().regex(ID);
const Deployment = z.object({ ws: Id, ins: Id, dep: z.string().regex(DIGEST), rev: z.int().min(0) });
const SecretOf = z.object({ ws: Id, ins: Id, name: z.string().max(64), host: z.string().max(255) });
const Line = z.object({
  at: z.number(),
  level: z.enum(["debug", "info", "log", "warn", "error", "exception", "system"]),
  text: z.string().max(4_000),
  call: z.string().max(64).optional(),
});
const Tail = Deployment.extend({ lines: z.array(Line).max(FUNCTION_LIMITS.tailLines) });
const Outgoing = Deployment.extend({
  at: z.number(),
  user: z.string().max(64).optional(),
  call: z.string().max(64).optional(),
  method: z.string().max(20),
  host: z.string().max(255),
  path: z.string().max(512),
  status: z.int(),
  verdict: z.string().max(40),
  ms: z.number(),
});

/** What the control side of the host worker stands on. */
export interface ControlPorts {
  source: FunctionSource;
  placeholderKey: CryptoKey;
  /** Gets what functions print, placeholders hidden. */
  onLines(id: DeploymentId, lines: LogLine[]): void;
}

/** The questions a host worker may ask. `secret`, `policy` and `record` are for an egress inside the worker only. */
export type ControlPath = "/load" | "/tail" | "/policy" | "/secret" | "/record";

const refuse = (status: number) => Response.json({ error: status === 404 ? "not_found" : "bad_request" }, { status });

/**
 * Answers one question of a host worker.
 * @param may which questions this one may ask
 * @param ws the only workspace it may ask about; null: any, for a trusted host worker that serves all
 */
export async function answerControl(
  ports: ControlPorts,
  path: string,
  body: string,
  may: readonly ControlPath[],
  ws: string | null,
): Promise<Response> {
  if (!may.some((one) => one === path)) return refuse(404);
  const json = parse(body);
  if (path === "/secret") {
    const asked = SecretOf.safeParse(json);
    if (!asked.success || (ws !== null && asked.data.ws !== ws)) return refuse(400);
    return Response.json({ value: await ports.source.secret(asked.data) });
  }
  const id = Deployment.safeParse(json);
  if (!id.success || (ws !== null && id.data.ws !== ws)) return refuse(400);
  if (path === "/load") return load(ports, id.data);
  if (path === "/policy") return describePolicy(ports, id.data);
  if (path === "/tail") {
    const tail = Tail.safeParse(json);
    if (!tail.success) return refuse(400);
    ports.onLines(id.data, await hidden(ports, id.data, tail.data.lines as LogLine[]));
  } else {
    const record = Outgoing.safeParse(json);
    if (!record.success) return refuse(400);
    ports.source.record(record.data as EgressRecord);
  }
  return new Response(null, { status: 204 });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

async function load({ source, placeholderKey }: ControlPorts, id: DeploymentId): Promise<Response> {
  const [policy, code] = await Promise.all([source.policy(id), source.code(id)]);
  if (policy === null || code === null || code.length > FUNCTION_LIMITS.codeBytes) return refuse(404);
  const placeholders = await placeholdersOf(placeholderKey, id, policy.secrets);
  return Response.json({ code, env: { ...policy.vars, ...Object.fromEntries(placeholders) } });
}

async function describePolicy({ source, placeholderKey }: ControlPorts, id: DeploymentId): Promise<Response> {
  const policy = await source.policy(id);
  if (policy === null) return refuse(404);
  const placeholders = await placeholdersOf(placeholderKey, id, policy.secrets);
  return Response.json({ policy, placeholders: Object.fromEntries(placeholders) });
}

async function hidden(ports: ControlPorts, id: DeploymentId, lines: LogLine[]): Promise<LogLine[]> {
  const policy = await ports.source.policy(id);
  const placeholders = await placeholdersOf(ports.placeholderKey, id, policy?.secrets ?? {});
  return lines.map((line) => ({ ...line, text: hidePlaceholders(line.text, placeholders) }));
}
