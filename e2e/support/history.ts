import { join } from "node:path";
import { engineDir } from "@/db/local/init";
import { openEngine } from "@/db/local/pglite-backend";
import { newId } from "@/lib/ids";

/** Somebody who calls, as the rows name them. */
export interface Caller {
  memberId: string;
  name: string;
  email: string | null;
  tokenId: string;
  tokenPrefix: string;
  client: string;
  version: string;
  /** Calls of a full working day. */
  perDay: number;
}

/** A tool and how it behaves. */
export interface Habit {
  serverId: string;
  server: string;
  tool: string;
  kind: "read" | "write" | "destructive";
  /** How often it is used beside the others. */
  weight: number;
  /** Usual time of the upstream in ms. */
  ms: number;
  /** Part of the calls that fail. */
  fails: number;
}

const DAY_MS = 86_400_000;

/** The same numbers at every run (mulberry32), so that two runs give the same picture. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const FAULTS = [
  { outcome: "tool_error", errorClass: "tool_error" },
  { outcome: "error", errorClass: "timeout" },
  { outcome: "error", errorClass: "status" },
  { outcome: "denied", errorClass: "tool_scope" },
  { outcome: "denied", errorClass: "argument_rule" },
];

/** Calls of the last `days`, up to `now`: busy on working days from 8 to 18, quiet in between, with the faults of each tool. */
export function pastCalls(
  workspaceId: string,
  callers: Caller[],
  habits: Habit[],
  days: number,
  now: number,
): object[] {
  const random = dice(7);
  const rows: object[] = [];
  for (let day = days; day >= 0; day--) {
    const midnight = Math.floor(now / DAY_MS) * DAY_MS - day * DAY_MS;
    const weekend = [0, 6].includes(new Date(midnight).getUTCDay());
    for (const caller of callers) {
      const calls = Math.round(caller.perDay * (weekend ? 0.12 : 0.6 + random() * 0.7) * (1 - day / (days * 2.5)));
      for (let n = 0; n < calls; n++) {
        const at = Math.floor(midnight + (8 + (random() + random() + random()) * 3.4) * 3_600_000);
        if (at >= now) continue;
        const habit = pick(habits, random());
        if (habit) rows.push(row(workspaceId, caller, habit, at, random));
      }
    }
  }
  return rows;
}

/** The habit at `part` (0 to 1) of all weights together. */
function pick(habits: Habit[], part: number): Habit | undefined {
  const dealt = habits.flatMap((habit) => Array.from({ length: habit.weight }, () => habit));
  return dealt[Math.floor(part * dealt.length)];
}

function row(workspaceId: string, caller: Caller, habit: Habit, at: number, random: () => number): object {
  const fault = random() < habit.fails ? FAULTS[Math.floor(random() * FAULTS.length)] : undefined;
  const upstream = fault?.outcome === "denied" ? null : habit.ms * (0.5 + random() ** 3 * 4);
  return {
    id: newId("call", at),
    workspace_id: workspaceId,
    occurred_at: new Date(at).toISOString(),
    member_id: caller.memberId,
    actor_name: caller.name,
    actor_email: caller.email,
    actor_role: "member",
    token_id: caller.tokenId,
    token_prefix: caller.tokenPrefix,
    client_name: caller.client,
    client_version: caller.version,
    source_ip: "203.0.113.7",
    user_agent: `${caller.client}/${caller.version}`,
    session_id: `ses_${caller.memberId.slice(-8)}`,
    request_id: crypto.randomUUID(),
    method: "tools/call",
    server_id: habit.serverId,
    server: habit.server,
    tool: habit.tool,
    tool_kind: habit.kind,
    outcome: fault?.outcome ?? "ok",
    error_class: fault?.errorClass ?? null,
    upstream_status: fault?.errorClass === "status" ? 503 : upstream === null ? null : 200,
    duration_ms: (upstream ?? 0) + 1.5 + random() * 4,
    upstream_ms: upstream,
    request_bytes: 180 + Math.floor(random() * 900),
    response_bytes: upstream === null ? 120 : 400 + Math.floor(random() * 9_000),
    auth_method: "token",
  };
}

/** Writes rows into the embedded database of a product that does not run; what was summed up before is summed up anew. */
export async function writeCalls(dataDir: string, rows: object[]): Promise<void> {
  const engine = await openEngine(engineDir(join(dataDir, "db")));
  try {
    const columns = Object.keys(rows[0] ?? {}).join(", ");
    for (let from = 0; from < rows.length; from += 2_000)
      await engine.query(
        `INSERT INTO calls (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::calls, $1::json)`,
        [JSON.stringify(rows.slice(from, from + 2_000))],
      );
    await engine.exec("DELETE FROM call_rollups; DELETE FROM latency_rollups; DELETE FROM rollup_state");
  } finally {
    await engine.close();
  }
}
