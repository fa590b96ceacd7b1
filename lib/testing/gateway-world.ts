import { createDataKey, openDataKey } from "@/lib/crypto/data-key";
import { generateMasterKey, importMasterKeys, type MasterKeys } from "@/lib/crypto/master-keys";
import { webCryptoPort } from "@/lib/crypto/port";
import { sealSecret } from "@/lib/crypto/secret";
import { mintToken } from "@/lib/crypto/token";
import { createGateway, type Gateway } from "@/lib/gateway/handler";
import type {
  CallIntent,
  CallOutcome,
  CredentialUse,
  FunctionsPort,
  GatewayPorts,
  KeptResult,
  Principal,
  UpstreamServer,
  WorkspaceSnapshot,
} from "@/lib/gateway/ports";
import { createLog } from "@/lib/log";
import type { UpstreamTransport } from "@/lib/mcp/transport";

export const INPUT_SCHEMA = '"inputSchema":{"type":"object"}';
export const toolJson = (name: string, rest = INPUT_SCHEMA): string => `{"name":${JSON.stringify(name)},${rest}}`;

/** One gateway and ways to ask it. */
export type Node = Pick<World, "gateway" | "post" | "send">;

/** A whole gateway in memory: one workspace `acme`, one token, the grant `grant_1`, one server `up` whose header needs the secret API_KEY. */
export interface World {
  gateway: Gateway;
  token: string;
  masterKeys: MasterKeys;
  dataKey: CryptoKey;
  /** Read anew with every look-up, so a test may change it. */
  principal: Principal;
  snapshot: WorkspaceSnapshot;
  secret: string;
  intents: CallIntent[];
  outcomes: CallOutcome[];
  lines: string[];
  /** Replace to make the database fail or wait. */
  hooks: {
    writeCalls?: () => Promise<void>;
    findToken?: () => Promise<void>;
    readVersions?: () => Promise<void>;
    revoked: boolean;
    now: number;
  };
  /** How often principals were read. */
  reads: { token: number; grant: number; versions: number };
  uses: CredentialUse[];
  post(body: unknown, headers?: Record<string, string>, path?: string): Promise<Response>;
  /** Any request; its credential and host are filled in. */
  send(method: string, path: string, headers?: Record<string, string>, body?: string): Promise<Response>;
  /** One more node over the same state. */
  another(more?: Partial<GatewayPorts>): Node;
  saved: { serverId: string; tools: { name: string; definition: string }[] }[];
}

export async function gatewayWorld(
  transport: UpstreamTransport,
  tools: string[] = ["echo"],
  functions: FunctionsPort | null = null,
  more: Partial<GatewayPorts> = {},
): Promise<World> {
  const masterKeys = await importMasterKeys(generateMasterKey());
  const { token, hash, hint } = await mintToken("mwt");
  const workspaceId = "ws_1";
  const dataKeyId = "dek_1";
  const wrapped = await createDataKey(masterKeys, { workspaceId, dataKeyId });
  const dataKey = await openDataKey(masterKeys, { id: dataKeyId, workspaceId, ...wrapped });
  const secret = `s3cret-${crypto.randomUUID()}`;
  const origin = "https://up.example";
  const binding = { workspaceId, serverId: "srv_1", origin, name: "API_KEY", version: 1 };
  const server: UpstreamServer = {
    id: "srv_1",
    slug: "up",
    url: `${origin}/mcp`,
    transport: "streamable-http",
    era: null,
    capabilities: null,
    headers: [{ name: "Authorization", template: "Bearer {{API_KEY}}" }],
    secretModes: {},
    hosted: null,
    secrets: [
      {
        name: "API_KEY",
        memberId: null,
        version: 1,
        origin,
        sealed: await sealSecret(dataKey, secret, binding),
        dataKeyId,
      },
    ],
    tools: tools.map((name) => ({
      name,
      enabled: true,
      definition: toolJson(name),
      alias: null,
      description: null,
    })),
  };
  const snapshot: WorkspaceSnapshot = {
    id: workspaceId,
    slug: "acme",
    name: "Acme",
    version: 1,
    servers: [server],
    nameLength: 45,
    formerNames: [],
    searchMode: false,
    resultCap: null,
    rules: [],
    keepArguments: false,
    keepResults: false,
    redactFields: [],
    ipAllow: [],
    dataKeys: [{ id: dataKeyId, ...wrapped }],
    allowPrivate: [],
  };
  const principal: Principal = {
    tokenId: "tok_1",
    tokenPrefix: hint,
    workspaceId,
    workspaceSlug: "acme",
    workspaceVersion: 1,
    accessVersion: 1,
    method: "token",
    expiresAt: null,
    toolScope: null,
    memberId: "mem_1",
    name: "Alice",
    email: null,
    role: "member",
    endedSessions: [],
  };
  const world: Omit<World, keyof Node | "another"> = {
    token,
    masterKeys,
    dataKey,
    principal,
    snapshot,
    reads: { token: 0, grant: 0, versions: 0 },
    uses: [],
    secret,
    intents: [],
    outcomes: [],
    lines: [],
    saved: [],
    hooks: { revoked: false, now: 0 },
  };
  const results = new Map<string, KeptResult>();
  const ports: GatewayPorts = {
    directory: {
      findToken: async (asked) => {
        world.reads.token++;
        await world.hooks.findToken?.();
        return asked === hash && !world.hooks.revoked ? { ...principal, workspaceVersion: snapshot.version } : null;
      },
      findGrant: async (asked) => {
        world.reads.grant++;
        const grant = { method: "oauth" as const, tokenId: "grant_1", tokenPrefix: "oauth" };
        return asked === "grant_1" && !world.hooks.revoked
          ? { ...principal, ...grant, workspaceVersion: snapshot.version }
          : null;
      },
      readVersions: async (ids) => {
        world.reads.versions++;
        await world.hooks.readVersions?.();
        return ids.map((id) => ({ id, version: snapshot.version, accessVersion: principal.accessVersion }));
      },
      touch: async (use) => void world.uses.push(use),
      readWorkspace: async () => ({ ...snapshot }),
      saveTools: async (_workspaceId, serverId, saved) => void world.saved.push({ serverId, tools: saved }),
      endSession: async () => undefined,
    },
    writeCalls: async (batch) => {
      await world.hooks.writeCalls?.();
      world.intents.push(...batch.intents);
      world.outcomes.push(...batch.outcomes);
    },
    relay: null,
    keptResults: {
      put: async (result) => void results.set(result.id, result),
      find: async ({ id, memberId }) => (results.get(id)?.memberId === memberId ? (results.get(id) ?? null) : null),
    },
    transport,
    functions,
    masterKeys,
    publicUrl: "https://gateway.example",
    now: () => Date.now() + world.hooks.now,
    crypto: webCryptoPort,
    defer: () => undefined,
    log: createLog((line) => world.lines.push(line)),
    ...more,
  };
  const node = (own: Partial<GatewayPorts> = {}) => nodeOf(createGateway({ ...ports, ...own }), token);
  return { ...world, ...node(), another: node };
}

function nodeOf(gateway: Gateway, token: string): Node {
  const send: Node["send"] = (method, path, headers = {}, body) =>
    gateway.handle(
      new Request(`https://gateway.example${path}`, {
        method,
        headers: { host: "gateway.example", authorization: `Bearer ${token}`, ...headers },
        body,
      }),
      { sourceIp: "127.0.0.1" },
    );
  const post: Node["post"] = (body, headers = {}, path = "/ws/acme/sse") =>
    send(
      "POST",
      path,
      { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
      typeof body === "string" ? body : JSON.stringify(body),
    );
  return { gateway, post, send };
}
