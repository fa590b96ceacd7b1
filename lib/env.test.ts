import { describe, expect, test } from "vitest";
import { EnvError, readEnv } from "./env";

function linesOf(source: Record<string, string>): string[] {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error.lines;
  }
  return [];
}

describe("readEnv", () => {
  test("needs nothing, and takes an empty variable for none", () => {
    const env = readEnv({});
    expect(env).toMatchObject({
      port: 3000,
      host: "127.0.0.1",
      databaseUrl: null,
      gatewayLane: "direct",
      trustProxy: 0,
    });
    expect(env.baseUrl).toBe("http://127.0.0.1:3000");
    expect(readEnv({ PORT: "", HOST: " ", DATABASE_URL: "", AEROSTACK_TRUST_PROXY: "" })).toEqual(env);
  });

  test("reads what is set", () => {
    const env = readEnv({
      PORT: "0",
      DATABASE_URL: "postgres://u:p@db:5432/x",
      AEROSTACK_PUBLIC_URL: "https://MCP.example.com/",
      AEROSTACK_ALLOW_PRIVATE_UPSTREAMS: "10.0.0.0/8, git.lan:3000,",
      GATEWAY_LANE: "edge",
    });
    expect(env).toMatchObject({ port: 0, databaseUrl: "postgres://u:p@db:5432/x", gatewayLane: "edge" });
    expect(env.publicUrl).toBe("https://mcp.example.com");
    expect(env.baseUrl).toBe("https://mcp.example.com");
    expect(env.allowPrivateUpstreams).toEqual(["10.0.0.0/8", "git.lan:3000"]);
  });

  test("takes a host worker elsewhere with its key, or none", () => {
    const key = "k".repeat(32);
    expect(readEnv({}).runtime).toBeNull();
    const set = { RUNTIME_URL: "https://functions.example.com/", RUNTIME_KEY: key };
    expect(readEnv(set).runtime).toEqual({ url: "https://functions.example.com", key });
    expect(readEnv({ ...set, RUNTIME_URL: "http://127.0.0.1:8787" }).runtime?.url).toBe("http://127.0.0.1:8787");
    expect(linesOf({ RUNTIME_URL: set.RUNTIME_URL })).toEqual([expect.stringMatching(/^RUNTIME_KEY belongs together/)]);
  });

  test("says one line for each wrong variable, in order", () => {
    const lines = linesOf({ PORT: "x", DATABASE_URL: "mysql://a", GATEWAY_LANE: "fast", AEROSTACK_TRUST_PROXY: "-1" });
    expect(lines.map((line) => line.split(" ")[0])).toEqual([
      "PORT",
      "DATABASE_URL",
      "AEROSTACK_TRUST_PROXY",
      "GATEWAY_LANE",
    ]);
  });

  test.each([
    ["PORT", "70000"],
    ["PORT", "1.5"],
    ["AEROSTACK_PUBLIC_URL", "gate.example.org"],
    ["AEROSTACK_PUBLIC_URL", "https://me:secret@mcp.example.com"],
    ["NEXTAUTH_SECRET", "short"],
    ["RUNTIME_URL", "http://functions.example.com"],
    ["RUNTIME_KEY", "short"],
    ["RUNTIME_CONTROL_KEY", "with a blank in the middle of it, and long"],
    ["AEROSTACK_SMTP_URL", "smtp.lan:587"],
    ["AEROSTACK_SMTP_URL", "https://user:secret@mail.example.com"],
    ["AEROSTACK_MAIL_FROM", "No Address"],
    ["AEROSTACK_MAIL_FROM", "Eve\r\nBcc: a@b.de <c@d.de>"],
    ["AEROSTACK_OIDC_ISSUER", "http://id.example.com"],
    ["AEROSTACK_OIDC_ISSUER", "id.example.com"],
  ])("refuses %s=%s without repeating it", (name, value) => {
    const lines = linesOf({ [name]: value });
    expect(lines.filter((line) => line.startsWith(`${name} `))).toHaveLength(1);
    expect(lines.join()).not.toContain(value);
  });

  test("an owner needs an address and a way in", () => {
    expect(linesOf({ AEROSTACK_OWNER_EMAIL: "a@b.de" })[0]).toMatch(/^AEROSTACK_OWNER_EMAIL /);
    expect(linesOf({ AEROSTACK_OWNER_PASSWORD: "long enough, surely" })).toHaveLength(1);
    expect(readEnv({ AEROSTACK_OWNER_EMAIL: "a@b.de", AEROSTACK_OWNER_API_KEY: "aak_x" }).ownerApiKey).toBe("aak_x");
  });

  test("mail and providers are there when all their variables are, and named when one is missing", () => {
    const mail = { AEROSTACK_SMTP_URL: "smtp://u:p@mail.lan:25", AEROSTACK_MAIL_FROM: "Aerostack <a@b.de>" };
    const oidc = { AEROSTACK_OIDC_ISSUER: "https://id.example.com/realms/x/", AEROSTACK_OIDC_CLIENT_ID: "id" };
    const env = readEnv({ ...mail, ...oidc, AEROSTACK_OIDC_CLIENT_SECRET: "s", AEROSTACK_OIDC_NAME: "Acme" });
    expect(env.mail).toEqual({ smtpUrl: "smtp://u:p@mail.lan:25", from: "Aerostack <a@b.de>" });
    expect(env.signIn).toEqual({
      oidc: { issuer: "https://id.example.com/realms/x", clientId: "id", clientSecret: "s", name: "Acme" },
      github: null,
      google: null,
    });
    expect(readEnv({}).mail).toBeNull();
    expect(linesOf(oidc)).toEqual([expect.stringMatching(/^AEROSTACK_OIDC_CLIENT_SECRET .*AEROSTACK_OIDC_ISSUER/)]);
    expect(linesOf({ AEROSTACK_MAIL_FROM: "a@b.de" })[0]).toMatch(/^AEROSTACK_SMTP_URL /);
    expect(linesOf({ AEROSTACK_GITHUB_CLIENT_ID: "x" })[0]).toMatch(/^AEROSTACK_GITHUB_CLIENT_SECRET /);
  });
});
