import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEvents, secrets } from "@/db/schema";
import type { WorkspaceCtx } from "@/lib/services/context";
import { addServer } from "@/lib/services/server/add";
import { updateServer } from "@/lib/services/server/update";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintWorkspace } from "@/lib/testing/factories";
import { guardedUpstream, toolText } from "@/lib/testing/guarded-upstream";
import { setSecret } from "./set";
import { setSecretMode } from "./set-mode";
import { setOwnSecret } from "./set-own";

/** Bad input around secrets: refused at every door that takes one, and no answer, log line or row repeats it. */
let database: TestDatabase;
let ctx: WorkspaceCtx;
const lines: string[] = [];
const headers = [{ name: "X-Key", template: "{{KEY}}" }];

beforeAll(async () => {
  database = await testDatabase();
  const { transport } = guardedUpstream([toolText("echo")]);
  ctx = await mintWorkspace({ db: database.db, transport, lines });
  await addServer(ctx, { slug: "up", url: "https://up.example.com/mcp", headers, secrets: { KEY: "first" } });
  await setSecretMode(ctx, { server: "up", name: "KEY", mode: "member_or_shared" });
});
afterAll(() => database.close());

const MARK = "c4nary";
const VALUES: Record<string, string> = {
  CRLF: `${MARK}\r\nX-Evil: 1`,
  LF: `${MARK}\nX-Evil: 1`,
  CR: `${MARK}\rb`,
  NUL: `${MARK}\0b`,
  tab: `${MARK}\tb`,
  DEL: `${MARK}\u007f`,
  "line break at the end": `${MARK}\r\n`,
  "outer blanks": ` ${MARK} `,
  "a no-break space at the end": `${MARK}\u00a0`,
  "a zero-width space": `\u200b${MARK}`,
  "a BOM": `\ufeff${MARK}`,
  "a bidi override": `${MARK}\u202e`,
  "a lone surrogate": `${MARK}\ud800`,
  accents: `${MARK}é`,
  "a full-width digit": `${MARK}１`,
  empty: "",
  "8193 characters": MARK.padEnd(8_193, "a"),
  "a megabyte": MARK.padEnd(1 << 20, "a"),
};

test.each(Object.keys(VALUES))("the value with %s", async (name) => {
  const value = VALUES[name] ?? "";
  const doors = [
    () => setSecret(ctx, { server: "up", name: "KEY", value }),
    () => setSecret(ctx, { server: "up", name: "KEY", value, force: true }),
    () => setOwnSecret(ctx, { server: "up", name: "KEY", value }),
    () => addServer(ctx, { slug: "new", url: "https://new.example.com/mcp", headers, secrets: { KEY: value } }),
  ];
  for (const door of doors) {
    const error = await door().then(
      () => null,
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ code: "invalid", field: expect.stringMatching(/^(value|secrets\.KEY)$/) });
    expect(error.message).not.toContain(MARK);
  }
  const rows = await ctx.db.select().from(secrets).where(eq(secrets.workspaceId, ctx.workspace.id));
  expect(rows).toMatchObject([{ version: 1 }]);
});

test.each([4_096, 8_192])("a value of %i characters is stored", async (length) => {
  const other = await mintWorkspace({ db: database.db, transport: guardedUpstream([toolText("echo")]).transport });
  await addServer(other, { slug: "up", url: "https://up.example.com/mcp", headers });
  expect(await setSecret(other, { server: "up", name: "KEY", value: "a".repeat(length) })).toMatchObject({
    secret: { version: 1 },
    probe: { ok: true },
  });
});

test.each([
  ..."host Connection transfer-encoding TE trailer upgrade keep-alive expect content-length".split(" "),
  ..."mcp-session-id MCP-Protocol-Version proxy-authorization sec-fetch-site x-forwarded-host".split(" "),
  ..."accept-encoding cookie set-cookie forwarded via".split(" "),
  ...["x key", "x:key", "", "x\r\nkey", "schlüssel", "x".repeat(257)],
])("the header name %j", async (name) => {
  const bad = [{ name, template: `${MARK}{{KEY}}` }];
  for (const door of [
    () => updateServer(ctx, { server: "up", headers: bad, force: true }),
    () => addServer(ctx, { slug: "new", url: "https://new.example.com/mcp", headers: bad, force: true }),
  ]) {
    const error = await door().catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "invalid", field: "headers.0.name" });
    expect(error.message).not.toContain(MARK);
  }
});

test.each(["X-Weird!#$%&*+.^_|~", "Authorization"])("the header name %s is taken", async (name) => {
  const { server } = await updateServer(ctx, { server: "up", headers: [{ name, template: "Bearer {{KEY}}" }] });
  expect(server.slug).toBe("up");
});

test.each(["", "key", "9KEY", "KEY-1", "K".repeat(65), "__proto__", "constructor"])(
  "the secret's name %j",
  async (name) => {
    for (const door of [
      () => setSecret(ctx, { server: "up", name, value: MARK }),
      () => setOwnSecret(ctx, { server: "up", name, value: MARK }),
    ])
      await expect(door()).rejects.toMatchObject({ code: "invalid", field: "name" });
    await expect(setSecretMode(ctx, { server: "up", name, mode: "member" })).rejects.toMatchObject({
      code: "not_found",
    });
  },
);

test("nothing of all this was logged or audited", async () => {
  const audited = await ctx.db.select().from(auditEvents).where(eq(auditEvents.workspaceId, ctx.workspace.id));
  expect(JSON.stringify([lines, audited])).not.toContain(MARK);
});
