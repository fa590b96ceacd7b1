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

const key = optional.refine(
  (text) => text === null || /^[\x21-\x7e]{32,200}$/.test(text),
  "must be 32 to 200 characters without blanks, such as `openssl rand -hex 32` prints",
);

function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}

function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol);
}

/** Plain http only to this very machine: tokens and personal data go through it. */
function isSafeUrl(text: string): boolean {
  if (!isHttpUrl(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
}

const isSmtpUrl = (text: string): boolean =>
  URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol) && new URL(text).hostname !== "";

/** `a@b.c` or `Name <a@b.c>`, on one line. */
const SENDER = /^(?:[^\p{Cc}<>"]{1,80}<([^\s<>"]+@[^\s<>"@]+)>|[^\s<>"]+@[^\s<>"@]+)$/u;

/** Variables that mean nothing without each other. */
const TOGETHER = [
  ["AEROSTACK_SMTP_URL", "AEROSTACK_MAIL_FROM"],
  ["AEROSTACK_OIDC_ISSUER", "AEROSTACK_OIDC_CLIENT_ID", "AEROSTACK_OIDC_CLIENT_SECRET"],
  ["AEROSTACK_GITHUB_CLIENT_ID", "AEROSTACK_GITHUB_CLIENT_SECRET"],
  ["AEROSTACK_GOOGLE_CLIENT_ID", "AEROSTACK_GOOGLE_CLIENT_SECRET"],
  ["RUNTIME_URL", "RUNTIME_KEY"],
] as const;

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
    AEROSTACK_KMS_KEY: optional,
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
    AEROSTACK_SMTP_URL: optional.refine(
      (url) => url === null || isSmtpUrl(url),
      "must be an address such as smtp://user:password@mail.example.com:587 (smtps:// for TLS from the start)",
    ),
    AEROSTACK_MAIL_FROM: optional.refine(
      (from) => from === null || SENDER.test(from),
      "must be an address such as Aerostack <aerostack@example.com>",
    ),
    AEROSTACK_OIDC_ISSUER: optional.refine(
      (url) => url === null || isSafeUrl(url),
      "must be the https:// address of the identity provider",
    ),
    AEROSTACK_OIDC_CLIENT_ID: optional,
    AEROSTACK_OIDC_CLIENT_SECRET: optional,
    AEROSTACK_OIDC_NAME: z.string().max(40, "must have at most 40 characters").default("single sign-on"),
    AEROSTACK_GITHUB_CLIENT_ID: optional,
    AEROSTACK_GITHUB_CLIENT_SECRET: optional,
    AEROSTACK_GOOGLE_CLIENT_ID: optional,
    AEROSTACK_GOOGLE_CLIENT_SECRET: optional,
    AEROSTACK_HUB_CATALOG: optional,
    AEROSTACK_DESIGN: optional,
    RUNTIME_URL: optional.refine(
      (url) => url === null || isSafeUrl(url),
      "must be the https:// address of a host worker (leave it out: functions run here)",
    ),
    RUNTIME_KEY: key,
    RUNTIME_CONTROL_KEY: key,
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
  .superRefine((env, { addIssue }) => {
    for (const names of TOGETHER) {
      const missing = names.filter((name) => env[name] === null);
      if (missing.length === 0 || missing.length === names.length) continue;
      addIssue({
        code: "custom",
        path: [missing[0] ?? ""],
        message: `belongs together with ${names.filter((name) => name !== missing[0]).join(" and ")}: set them, or none`,
      });
    }
  })
  .transform((env) => ({
    /** 0 lets the system choose. */
    port: env.PORT,
    host: env.HOST,
    /** Null: embedded database, or not yet known (the parent fills it in before Next starts). */
    databaseUrl: env.DATABASE_URL,
    dataDir: env.AEROSTACK_DATA_DIR,
    /** Text for `importMasterKeys`; null: kept in a file that `lib/server` reads. */
    masterKey: env.AEROSTACK_MASTER_KEY,
    /** AWS KMS key (id, ARN or alias) that seals the master key; null: no KMS. */
    kmsKey: env.AEROSTACK_KMS_KEY,
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
    /** `/design` shows every part of the interface; for whoever works on it. */
    showDesign: env.AEROSTACK_DESIGN === "1",
    /** JSON file with the operator's own Hub listings; null: none. */
    hubCatalog: env.AEROSTACK_HUB_CATALOG,
    /** The mail server; null: none, links are handed over by hand. */
    mail:
      env.AEROSTACK_SMTP_URL !== null && env.AEROSTACK_MAIL_FROM !== null
        ? { smtpUrl: env.AEROSTACK_SMTP_URL, from: env.AEROSTACK_MAIL_FROM }
        : null,
    /** Where functions run instead of here, and the key that opens it; null: here. */
    runtime:
      env.RUNTIME_URL !== null && env.RUNTIME_KEY !== null
        ? { url: env.RUNTIME_URL.replace(/\/$/, ""), key: env.RUNTIME_KEY }
        : null,
    /** What a host worker elsewhere shows when it asks for deployments and secrets; null: none may ask. */
    runtimeControlKey: env.RUNTIME_CONTROL_KEY,
    /** Where people may sign in besides with a password. */
    signIn: {
      oidc:
        env.AEROSTACK_OIDC_ISSUER !== null
          ? {
              issuer: env.AEROSTACK_OIDC_ISSUER.replace(/\/$/, ""),
              clientId: env.AEROSTACK_OIDC_CLIENT_ID ?? "",
              clientSecret: env.AEROSTACK_OIDC_CLIENT_SECRET ?? "",
              name: env.AEROSTACK_OIDC_NAME,
            }
          : null,
      github: client(env.AEROSTACK_GITHUB_CLIENT_ID, env.AEROSTACK_GITHUB_CLIENT_SECRET),
      google: client(env.AEROSTACK_GOOGLE_CLIENT_ID, env.AEROSTACK_GOOGLE_CLIENT_SECRET),
    },
  }));

function client(clientId: string | null, clientSecret: string | null) {
  return clientId !== null && clientSecret !== null ? { clientId, clientSecret } : null;
}

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
