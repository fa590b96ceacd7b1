import { z } from "zod";

const optional = z.string().nullable().default(null);
const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean),
  );

function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}

function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol);
}

const Source = z
  .object({
    PORT: z.coerce.number("must be a number from 0 to 65535").int().min(0).max(65_535).default(3000),
    HOST: z.string().default("127.0.0.1"),
    DATABASE_URL: optional.refine(
      (url) => url === null || isPostgresUrl(url),
      "must start with postgres:// (leave it out for the embedded database)",
    ),
    AEROSTACK_DATA_DIR: z.string().default(".aerostack"),
    AEROSTACK_MASTER_KEY: optional,
    AEROSTACK_PUBLIC_URL: optional
      .refine(
        (url) => url === null || isHttpUrl(url),
        "must be an address such as https://mcp.example.com, without user name or password",
      )
      .transform((url) => (url === null ? null : new URL(url).origin)),
    AEROSTACK_ALLOW_PRIVATE_UPSTREAMS: list,
    AEROSTACK_TRUST_PROXY: z.coerce
      .number("must be the number of reverse proxies before this server, 0 to 9")
      .int()
      .min(0)
      .max(9)
      .default(0),
    GATEWAY_LANE: z.enum(["direct", "edge"], 'must be "direct" or "edge"').default("direct"),
    AEROSTACK_OWNER_EMAIL: z.email("must be an e-mail address").nullable().default(null),
    AEROSTACK_OWNER_PASSWORD: optional.refine(
      (password) => password === null || password.length >= 12,
      "must have at least 12 characters",
    ),
    AEROSTACK_OWNER_API_KEY: optional.refine(
      (key) => key === null || key.startsWith("aak_"),
      "must be a key that starts with aak_",
    ),
    NEXTAUTH_SECRET: optional.refine(
      (secret) => secret === null || secret.length >= 32,
      "must have at least 32 characters (leave it out: it is then derived from the master key)",
    ),
    NEXTAUTH_URL: optional,
  })
  .refine(
    (env) =>
      (env.AEROSTACK_OWNER_EMAIL === null) === ((env.AEROSTACK_OWNER_PASSWORD ?? env.AEROSTACK_OWNER_API_KEY) === null),
    {
      path: ["AEROSTACK_OWNER_EMAIL"],
      message: "belongs together with AEROSTACK_OWNER_PASSWORD or AEROSTACK_OWNER_API_KEY: set them, or none",
    },
  )
  .transform((env) => ({
    /** 0 lets the system choose. */
    port: env.PORT,
    host: env.HOST,
    /** Null: embedded database, or not yet known (the parent fills it in before Next starts). */
    databaseUrl: env.DATABASE_URL,
    dataDir: env.AEROSTACK_DATA_DIR,
    /** Text for `importMasterKeys`; null: kept in a file that `lib/server` reads. */
    masterKey: env.AEROSTACK_MASTER_KEY,
    /** Origin that the operator chose; null: none, whatever Host clients come by. */
    publicUrl: env.AEROSTACK_PUBLIC_URL,
    /** Origin for links that must be absolute where `publicUrl` is null too. */
    baseUrl: env.AEROSTACK_PUBLIC_URL ?? env.NEXTAUTH_URL ?? `http://${env.HOST}:${env.PORT}`,
    /** Host names, addresses and CIDRs on private networks that upstreams may have. */
    allowPrivateUpstreams: env.AEROSTACK_ALLOW_PRIVATE_UPSTREAMS,
    /** How many reverse proxies stand before this server; as many entries of X-Forwarded-For are believed. */
    trustProxy: env.AEROSTACK_TRUST_PROXY,
    gatewayLane: env.GATEWAY_LANE,
    ownerEmail: env.AEROSTACK_OWNER_EMAIL,
    ownerPassword: env.AEROSTACK_OWNER_PASSWORD,
    ownerApiKey: env.AEROSTACK_OWNER_API_KEY,
    authSecret: env.NEXTAUTH_SECRET,
  }));

/** The configuration, parsed once at each composition root and passed on from there. */
export type Env = z.output<typeof Source>;

/** Thrown for wrong configuration; `lines` says what to change, one line a variable, and never quotes a value. */
export class EnvError extends Error {
  override readonly name = "EnvError";
  constructor(readonly lines: string[]) {
    super(lines.join("\n"));
  }
}

/**
 * Reads the configuration. An empty variable counts as unset, so a copied `.env.example` works as it is.
 * @throws EnvError with one line a wrong variable
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const set = Object.fromEntries(
    Object.keys(Source.in.shape).flatMap((name) => {
      const text = source[name]?.trim();
      return text ? [[name, text]] : [];
    }),
  );
  const parsed = Source.safeParse(set);
  if (parsed.success) return parsed.data;
  const first = new Map(parsed.error.issues.toReversed().map((issue) => [String(issue.path[0]), issue.message]));
  throw new EnvError([...first].toReversed().map(([name, message]) => `${name} ${message}`));
}
