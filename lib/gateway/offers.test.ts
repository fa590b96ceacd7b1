import { expect, test, vi } from "vitest";
import { createLog } from "@/lib/log";
import type { UpstreamReply, UpstreamSession } from "@/lib/mcp/upstream";
import { listOffers } from "./compose-offers";
import { Offers } from "./offers";
import type { Principal, UpstreamServer, WorkspaceSnapshot } from "./ports";
import type { View } from "./scope";
import type { UpstreamPool } from "./upstream-pool";

interface Fake {
  prompts?: string[];
  resources?: string[];
  templates?: string[];
  down?: boolean;
  reads: number;
}

const server = (slug: string, more: Partial<UpstreamServer> = {}): UpstreamServer =>
  ({
    id: `srv_${slug}`,
    slug,
    hosted: null,
    capabilities: null,
    era: null,
    secretModes: {},
    headers: [],
    secrets: [],
    tools: [],
    url: "https://x.example",
    ...more,
  }) as UpstreamServer;

function setUp(fakes: Record<string, Fake>, more: Record<string, Partial<UpstreamServer>> = {}) {
  const lines: string[] = [];
  let now = 1_000_000;
  const pool = {
    fingerprintOf: ({ slug }: UpstreamServer) => slug,
    session: async ({ slug }: UpstreamServer) => sessionOf(fakes[slug] as Fake),
  } as unknown as UpstreamPool;
  const servers = Object.keys(fakes).map((slug) => server(slug, more[slug]));
  const workspace = { id: "ws_1", slug: "acme", servers, nameLength: 45 } as unknown as WorkspaceSnapshot;
  const view: View = { workspace, only: null, era: "legacy" };
  const principal = { memberId: "mem_1", toolScope: null } as Principal;
  const offers = new Offers(
    pool,
    () => now,
    createLog((line) => lines.push(line)),
  );
  const later = (ms: number) => {
    now += ms;
  };
  return { offers, view, principal, lines, later, servers };
}

function sessionOf(fake: Fake): UpstreamSession {
  if (fake.down) throw new Error("down");
  const entries: Record<string, object[]> = {
    "prompts/list": (fake.prompts ?? []).map((name) => ({ name })),
    "resources/list": (fake.resources ?? []).map((uri) => ({ uri, name: "n" })),
    "resources/templates/list": (fake.templates ?? []).map((uriTemplate) => ({ uriTemplate, name: "n" })),
  };
  const members: Record<string, string> = {
    "prompts/list": "prompts",
    "resources/list": "resources",
    "resources/templates/list": "resourceTemplates",
  };
  return {
    era: "legacy",
    info: {
      protocolVersion: "2025-11-25",
      serverInfo: null,
      capabilities: {
        ...(fake.prompts && { prompts: {} }),
        ...((fake.resources || fake.templates) && { resources: {} }),
      },
    },
    request: async (method: string): Promise<UpstreamReply> => {
      fake.reads++;
      return {
        kind: "result",
        json: JSON.stringify({ [members[method] as string]: entries[method] }),
        httpStatus: 200,
      };
    },
  } as unknown as UpstreamSession;
}

const names = (json: string, key: string) => (JSON.parse(json) as Record<string, string>[]).map((entry) => entry[key]);

test("lists of all servers are one, sorted, and kept for a minute", async () => {
  const a = { prompts: ["z", "a"], reads: 0 };
  const b = { prompts: ["m"], reads: 0 };
  const { offers, view, principal, later } = setUp({ b, a });
  await Promise.all([offers.fresh(view, principal), offers.fresh(view, principal)]);
  expect(names(listOffers(offers, view, principal, "prompts"), "name")).toEqual(["a__a", "a__z", "b__m"]);
  expect([a.reads, b.reads]).toEqual([1, 1]);
  later(59_000);
  await offers.fresh(view, principal);
  expect([a.reads, b.reads]).toEqual([1, 1]);
  later(2_000);
  await offers.fresh(view, principal);
  expect([a.reads, b.reads]).toEqual([2, 2]);
});

test("a server that fails keeps what it had, and is asked again soon", async () => {
  const a: Fake = { prompts: ["x"], reads: 0 };
  const { offers, view, principal, lines, later } = setUp({ a });
  await offers.fresh(view, principal);
  a.down = true;
  later(61_000);
  await offers.fresh(view, principal);
  expect(names(listOffers(offers, view, principal, "prompts"), "name")).toEqual(["a__x"]);
  expect(lines.join()).toContain("gateway.offers_failed");
  a.down = false;
  a.prompts = ["y"];
  later(6_000);
  await offers.fresh(view, principal);
  expect(names(listOffers(offers, view, principal, "prompts"), "name")).toEqual(["a__y"]);
});

test("marks tell a changed list from one that was only read again", async () => {
  const a: Fake = { prompts: ["x"], resources: ["n:1"], reads: 0 };
  const { offers, view, principal, servers } = setUp({ a });
  expect(offers.marks(view, principal)).toEqual({ prompts: null, resources: null });
  await vi.waitFor(() => expect(offers.marks(view, principal).prompts).not.toBeNull());
  const before = offers.marks(view, principal);
  await offers.refresh(servers[0] as UpstreamServer, view.workspace, "mem_1");
  expect(offers.marks(view, principal)).toEqual(before);
  a.prompts = ["x", "y"];
  await offers.refresh(servers[0] as UpstreamServer, view.workspace, "mem_1");
  const after = offers.marks(view, principal);
  expect([after.prompts === before.prompts, after.resources === before.resources]).toEqual([false, true]);
});

test("a bare URI belongs to the one server that has it", async () => {
  const a = { resources: ["n:1", "ui://both"], templates: ["t:{x}"], reads: 0 };
  const b = { resources: ["n:2", "ui://both"], reads: 0 };
  const { offers, view, principal } = setUp({ a, b });
  await offers.fresh(view, principal);
  const owner = (uri: string) => offers.ownerOf(view, uri)?.server.slug ?? null;
  expect(["n:1", "n:2", "t:9", "n:3", "ui://both", "b+ui://both", "a+anything"].map(owner)).toEqual([
    "a",
    "b",
    "a",
    null,
    null,
    "b",
    "a",
  ]);
  expect(names(listOffers(offers, view, principal, "resources"), "uri")).toEqual([
    "a+n:1",
    "a+ui://both",
    "b+n:2",
    "b+ui://both",
  ]);
});

test("hosted servers have none, and a scope hides those of servers that its member cannot use", async () => {
  const a = { prompts: ["x"], reads: 0 };
  const b = { prompts: ["y"], reads: 0 };
  const h = { prompts: ["z"], reads: 0 };
  const { offers, view, principal } = setUp({ a, b, h }, { h: { hosted: { dep: "d", rev: 1 } } });
  await offers.fresh(view, principal);
  expect(names(listOffers(offers, view, principal, "prompts"), "name")).toEqual(["a__x", "b__y"]);
  expect(h.reads).toBe(0);
  const scoped = { ...principal, toolScope: { readOnly: false, servers: { srv_b: ["only"] } } };
  expect(listOffers(offers, view, scoped, "prompts")).toBe("[]");
  const whole = { ...principal, toolScope: { readOnly: false, servers: { srv_b: null } } };
  expect(names(listOffers(offers, view, whole, "prompts"), "name")).toEqual(["b__y"]);
});
