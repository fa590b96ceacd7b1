import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEvents } from "@/db/schema/audit-events";
import { users } from "@/db/schema/users";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintMember, mintWorkspace } from "@/lib/testing/factories";
import { listDomains } from "./list-domains";
import { setDomains } from "./set-domains";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test("an owner adds their own domain, an owner of the installation any, nobody a public one", async () => {
  const world = { db: database.db };
  const owner = await mintWorkspace(world);
  const root = { ...owner, actor: { ...owner.actor, instanceOwner: true } };
  expect(await setDomains(owner, { domains: [{ domain: " @EXAMPLE.com" }] })).toMatchObject([
    { domain: "example.com", role: "member" },
  ]);
  const two = [{ domain: "example.com" }, { domain: "acme.example", role: "auditor" as const }];
  await expect(setDomains(owner, { domains: two })).rejects.toMatchObject({ code: "invalid", field: "domains" });
  const [before] = await listDomains(owner);
  expect(await setDomains(root, { domains: two })).toMatchObject([{ domain: "acme.example", role: "auditor" }, before]);
  for (const domain of ["gmail.com", "no domain", "localhost", "a@b.example", "ａcme"])
    await expect(setDomains(root, { domains: [{ domain }] })).rejects.toMatchObject({ code: "invalid" });
  expect(await setDomains(owner, { domains: [{ domain: "acme.example" }] }), "what is there may stay").toHaveLength(1);
  const events = await database.db.select().from(auditEvents).where(eq(auditEvents.workspaceId, owner.workspace.id));
  expect(events.filter(({ action }) => action === "workspace.domains_change")).toHaveLength(3);
});

test("admins may look, members not; nobody joins as admin; a typed address is nobody's domain", async () => {
  const world = { db: database.db };
  const owner = await mintWorkspace(world);
  const [admin, member] = [await mintMember(owner, "admin", world), await mintMember(owner, "member", world)];
  const domains = [{ domain: "example.com" }];
  await expect(setDomains(admin, { domains })).rejects.toMatchObject({ code: "forbidden" });
  expect(await listDomains(admin)).toEqual([]);
  await expect(listDomains(member)).rejects.toMatchObject({ code: "forbidden" });
  const asAdmin = { domains: [{ domain: "example.com", role: "admin" }] } as never;
  await expect(setDomains(owner, asAdmin)).rejects.toMatchObject({ code: "invalid" });
  await database.db
    .update(users)
    .set({ emailProven: false })
    .where(eq(users.id, owner.actor.userId ?? ""));
  await expect(setDomains(owner, { domains })).rejects.toMatchObject({ code: "invalid" });
});
