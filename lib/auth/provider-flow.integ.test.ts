import { eq } from "drizzle-orm";
import NextAuth from "next-auth";
import { afterAll, beforeAll, expect, test } from "vitest";
import { members } from "@/db/schema/members";
import { users } from "@/db/schema/users";
import { readEnv } from "@/lib/env";
import { createLog } from "@/lib/log";
import { createInvitations } from "@/lib/services/invitation/create";
import { listSessions } from "@/lib/services/session/list";
import { setDomains } from "@/lib/services/workspace/set-domains";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintUser, mintWorkspace } from "@/lib/testing/factories";
import { type IdpPerson, startIdp, type TestIdp } from "@/lib/testing/oidc-idp";
import { createAttempts, createCounter } from "./attempts";
import { findSessionActor } from "./find-session-actor";
import { authOptions } from "./options";
import type { Runtime } from "./runtime";

const ORIGIN = "http://aerostack.example:3000";
const SECRET = "a secret of more than thirty-two characters";
let database: TestDatabase;
let idp: TestIdp;
let runtime: Runtime;

beforeAll(async () => {
  database = await testDatabase();
  idp = await startIdp(`${ORIGIN}/api/auth/callback/oidc`);
  process.env.NEXTAUTH_URL = ORIGIN;
  const ctx = await mintUser({ db: database.db });
  runtime = {
    env: readEnv({
      AEROSTACK_OIDC_ISSUER: idp.issuer,
      AEROSTACK_OIDC_CLIENT_ID: idp.clientId,
      AEROSTACK_OIDC_CLIENT_SECRET: idp.clientSecret,
      AEROSTACK_PUBLIC_URL: ORIGIN,
    }),
    db: database.db,
    masterKeys: ctx.masterKeys,
    transport: ctx.transport,
    log: createLog(() => undefined),
    mail: null,
    listings: [],
    attempts: createAttempts(),
    resets: createCounter(),
    authSecret: SECRET,
    secureCookies: false,
    refreshPolicy: async () => undefined,
  };
});
afterAll(async () => {
  await idp.close();
  await database.close();
});

type Jar = Map<string, string>;

function keep(jar: Jar, lines: string[]): void {
  for (const line of lines) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    jar.set(name, value);
  }
}

/** One request to next-auth the way Next's plain handler makes it; answers what it sent back, or where to go. */
async function ask(jar: Jar, method: string, path: string[], input: { query?: object; body?: object } = {}) {
  let answer: { url?: string; csrfToken?: string } = {};
  const headers = new Map<string, unknown>();
  const response = {
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    setHeader: (name: string, value: unknown) => headers.set(name.toLowerCase(), value),
    status: () => response,
    end: () => undefined,
    send: (body: typeof answer) => Object.assign(answer, body),
    json: (body: typeof answer) => {
      answer = body;
    },
  };
  const cookies = Object.fromEntries([...jar].map(([name, value]) => [name, decodeURIComponent(value)]));
  const request = { method, headers: {}, cookies, query: { nextauth: path, ...input.query }, body: input.body ?? {} };
  const own = new Headers({ "user-agent": "Firefox/145.0 (Windows)", "x-forwarded-for": "192.0.2.9" });
  await (NextAuth as (...parts: unknown[]) => Promise<unknown>)(request, response, authOptions(runtime, own));
  keep(jar, [headers.get("set-cookie") ?? []].flat().map(String));
  return { ...answer, url: answer.url ?? String(headers.get("location") ?? "") };
}

/** Leaves for the provider as the button does. @returns its address */
async function leave(jar: Jar, callbackUrl = "/w/eng"): Promise<string> {
  const { csrfToken } = await ask(jar, "GET", ["csrf"]);
  const body = { csrfToken, callbackUrl: ORIGIN + callbackUrl, json: "true" };
  return (await ask(jar, "POST", ["signin", "oidc"], { body })).url;
}

/** Follows the provider's pages until they lead back to us. */
async function atProvider(start: string): Promise<URL> {
  const jar: Jar = new Map();
  let url = start;
  for (let step = 0; step < 8 && !url.startsWith(ORIGIN); step++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, { redirect: "manual", headers: { cookie } });
    keep(jar, answer.headers.getSetCookie());
    const next = answer.headers.get("location");
    if (!next) throw new Error(`${answer.status} at ${url}: ${await answer.text()}`);
    url = new URL(next, url).href;
  }
  return new URL(url);
}

/** A whole sign-in. @returns where it ended, and who is signed in then */
async function signIn(person: IdpPerson, jar: Jar = new Map()) {
  idp.person = person;
  const back = await atProvider(await leave(jar));
  const { url } = await ask(jar, "GET", ["callback", "oidc"], { query: Object.fromEntries(back.searchParams) });
  return { url, actor: await findSessionActor(database.db, jar.get("aerostack.session"), SECRET) };
}

const unique = () => crypto.randomUUID().slice(0, 8);
const newPerson = (email: string, more: Partial<IdpPerson> = {}): IdpPerson => ({
  subject: `sub-${unique()}`,
  email,
  emailVerified: true,
  name: "Ana Silva",
  ...more,
});

test("a colleague of the domain joins at the first sign-in, with the rule's role, and lands where they wanted to go", async () => {
  const domain = `${unique()}.example`;
  const workspace = await mintWorkspace({ db: database.db });
  const owner = { ...workspace, actor: { ...workspace.actor, instanceOwner: true } };
  await setDomains(owner, { domains: [{ domain, role: "auditor" }] });
  const person = newPerson(`Ana@${domain}`);
  const first = await signIn(person);
  expect(first).toMatchObject({ url: `${ORIGIN}/w/eng`, actor: { email: `ana@${domain}`, name: "Ana Silva" } });
  const mine = () =>
    database.db
      .select()
      .from(members)
      .where(eq(members.userId, first.actor?.userId ?? ""));
  expect(await mine()).toMatchObject([{ workspaceId: workspace.workspace.id, role: "auditor" }]);
  const sessions = await listSessions({ ...workspace, actor: first.actor ?? workspace.actor });
  expect(sessions).toMatchObject([
    { method: "oidc", device: "Firefox on Windows", sourceIp: "192.0.2.9", current: true },
  ]);

  await database.db.delete(members).where(eq(members.userId, first.actor?.userId ?? ""));
  expect((await signIn(person)).actor?.userId).toBe(first.actor?.userId);
  expect(await mine(), "whoever was removed does not come back").toEqual([]);
});

test("the subject is the person: a changed or unverified address later on changes nothing and joins nothing", async () => {
  const [domain, other] = [`${unique()}.example`, `${unique()}.example`];
  const workspace = await mintWorkspace({ db: database.db });
  const owner = { ...workspace, actor: { ...workspace.actor, instanceOwner: true } };
  await createInvitations(owner, { emails: [`ana@${domain}`], role: "member" });
  const person = newPerson(`ana@${domain}`);
  const { actor } = await signIn(person);
  expect(actor?.email).toBe(`ana@${domain}`);
  await setDomains(owner, { domains: [{ domain: other }] });
  expect((await signIn({ ...person, email: `boss@${other}` })).actor).toMatchObject({
    userId: actor?.userId,
    email: `ana@${domain}`,
  });
  expect((await signIn({ ...person, emailVerified: false })).actor?.userId).toBe(actor?.userId);
  expect(
    await database.db
      .select()
      .from(members)
      .where(eq(members.userId, actor?.userId ?? "")),
  ).toEqual([]);
  const [stranger] = await database.db
    .select()
    .from(users)
    .where(eq(users.email, `boss@${other}`));
  expect(stranger).toBeUndefined();
});

test("an account with the verified address is linked; one whose address was only typed becomes its owner's", async () => {
  const { actor } = await mintUser({ db: database.db });
  const person = newPerson(actor.email ?? "");
  expect((await signIn(person)).actor?.userId).toBe(actor.userId);

  const typed = await mintUser({ db: database.db });
  const of = eq(users.id, typed.actor.userId ?? "");
  await database.db.update(users).set({ emailProven: false, passwordHash: "set by somebody else" }).where(of);
  expect((await signIn(newPerson(typed.actor.email ?? ""))).actor?.userId).toBe(typed.actor.userId);
  const [row] = await database.db.select().from(users).where(of);
  expect(row).toMatchObject({ emailProven: true, passwordHash: null, sessionVersion: 2 });
});

test("refused with words: nobody vouches, nobody waits, a look-alike address, a disabled account", async () => {
  const { actor } = await mintUser({ db: database.db });
  const email = actor.email ?? "";
  const refused = async (person: IdpPerson, code: string) => {
    const { url, actor: who } = await signIn(person);
    expect([url, who]).toEqual([`${ORIGIN}/api/auth/error?error=provider_${code}`, null]);
  };
  await refused(newPerson(email, { emailVerified: false }), "unverified");
  await refused({ subject: `sub-${unique()}` }, "unverified");
  await refused(newPerson(email.replace("@", "\uff20")), "unverified");
  await refused(newPerson(`x@${email}`), "unverified");
  await refused(newPerson(`nobody@${unique()}.example`), "no_account");
  await database.db
    .update(users)
    .set({ disabledAt: new Date() })
    .where(eq(users.id, actor.userId ?? ""));
  await refused(newPerson(email), "disabled");
});

test("an answer without its state, PKCE or nonce cookie, or with another's, signs nobody in", async () => {
  const { actor } = await mintUser({ db: database.db });
  idp.person = newPerson(actor.email ?? "");
  for (const kind of ["state", "pkce", "nonce"]) {
    for (const forge of ["absent", "another's"]) {
      const [jar, eve]: [Jar, Jar] = [new Map(), new Map()];
      const back = await atProvider(await leave(jar));
      await leave(eve);
      if (forge === "absent") jar.delete(`aerostack.${kind}`);
      else jar.set(`aerostack.${kind}`, eve.get(`aerostack.${kind}`) ?? "");
      const { url } = await ask(jar, "GET", ["callback", "oidc"], { query: Object.fromEntries(back.searchParams) });
      expect(url, `${kind} ${forge}`).toContain("error=OAuthCallback");
      expect(jar.get("aerostack.session")).toBeUndefined();
    }
  }
});

test("nobody is sent on to another origin", async () => {
  const jar: Jar = new Map();
  const { actor } = await mintUser({ db: database.db });
  idp.person = newPerson(actor.email ?? "");
  const { csrfToken } = await ask(jar, "GET", ["csrf"]);
  const body = { csrfToken, callbackUrl: "https://evil.test/", json: "true" };
  const back = await atProvider((await ask(jar, "POST", ["signin", "oidc"], { body })).url);
  const { url } = await ask(jar, "GET", ["callback", "oidc"], { query: Object.fromEntries(back.searchParams) });
  expect(url).toBe(`${ORIGIN}/w`);
});
