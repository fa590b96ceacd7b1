import { afterAll, beforeAll, expect, test } from "vitest";
import { handler, type RuntimeWorld, startWorld } from "../testing/world";
import { ATTACKS, type Attack } from "./testing/attacks";
import { tells } from "./testing/oracle";
import { OUTBOUND_ATTACKS } from "./testing/outbound-attacks";
import { type StandIns, startStandIns } from "./testing/stand-ins";

const SECRETS = {
  TOKEN: 'xoxb-Canary&"7391/QZ+realValue',
  QUERY: "q-Canary 5512 realQueryValue",
  PATHY: "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
  BODY: 'b-Canary"44\\realBodyValue',
};
let stand: StandIns;
let world: RuntimeWorld;

beforeAll(async () => {
  stand = await startStandIns();
  world = await startWorld({
    standIns: { "api.test": stand.bound, "second.test": stand.bound },
    resolve: async () => [{ address: "127.0.0.1", family: 4 }],
  });
  for (const [name, value] of Object.entries(SECRETS)) world.secrets.set(name, value);
});
afterAll(async () => {
  await world.close();
  await stand.close();
});

const declared = (host: string) => ({ host, http: true, ports: [stand.foreignPort, 80, 443] });
const manifest = () => ({
  hosts: [
    { host: "api.test" },
    { host: "second.test" },
    { host: "*.wild.test" },
    { ...declared("inner.test"), private: true },
    ...["127.0.0.1", "[::1]", "[::ffff:7f00:1]", "localhost", "0.0.0.0", "169.254.169.254", "rebind.test"].map(
      declared,
    ),
  ],
  secrets: {
    TOKEN: { hosts: ["api.test"], prefix: "xoxb-" },
    QUERY: { hosts: ["api.test"], in: ["query:key"] },
    PATHY: { hosts: ["api.test"], in: ["path"] },
    BODY: { hosts: ["api.test"], in: ["body"] },
    UNSET: { hosts: ["api.test"] },
  },
});

const SAY = "const say = async (r) => { const a = await r; return a.status + ' ' + await a.text() };";

async function run({ code, top = "" }: Attack) {
  const text = handler(`const T = env.TOKEN; ${code}`, `${SAY} ${top}`).replaceAll(
    "FOREIGN",
    String(stand.foreignPort),
  );
  const to = world.deploy(text, manifest());
  return { to, answer: await world.call(to) };
}

/** Nothing that a function, a client, a log or a stranger gets to see tells a secret. */
function expectNothingTold(text: string): void {
  const places = { answer: text, foreign: stand.foreign(), records: JSON.stringify(world.records) };
  for (const [place, content] of Object.entries(places))
    for (const [name, secret] of Object.entries(SECRETS))
      expect({
        place,
        name,
        told: tells(content, secret),
        content: tells(content, secret) ? content : "",
      }).toMatchObject({ told: false });
  expect(stand.foreignHits()).toBe(0);
}

const ALL = [...ATTACKS, ...OUTBOUND_ATTACKS];

test("the catalogue has its 60 cases", () => expect(ALL.length).toBeGreaterThanOrEqual(60));

test.each(ALL.map((attack) => [attack.title, attack] as const))("%s", async (_title, attack) => {
  const { to, answer } = await run(attack);
  expectNothingTold(answer.text);
  expectNothingTold(JSON.stringify(world.runtime.logs(to)));
  if (attack.expect) expect(answer.text).toMatch(attack.expect);
  else expect([200, 500]).toContain(answer.status);
});

test("what is allowed arrives whole: the secret, its place, the record", async () => {
  const { answer } = await run({
    title: "",
    code: "return new Response(await say(fetch('https://api.test/api/chat?limit=1', { method: 'POST', headers: { authorization: 'Bearer ' + T, 'content-type': 'application/json' }, body: '{\"a\":1}' })))",
  });
  expect(answer.text).toBe("200 [secret]");
  expect(stand.seen.at(-1)).toMatchObject({
    method: "POST",
    url: "/api/chat?limit=1",
    body: '{"a":1}',
    headers: { authorization: `Bearer ${SECRETS.TOKEN}`, host: "api.test" },
  });
  expect(world.records.at(-1)).toMatchObject({
    ws: "ws_a",
    ins: "srv_a",
    method: "POST",
    host: "api.test",
    path: "/api/chat",
    status: 200,
    verdict: "ok",
    call: expect.stringMatching(/^call_/),
  });
});

test("Basic, query, path and body are filled", async () => {
  await run({
    title: "",
    code: `
    await fetch('https://api.test/1', { headers: { authorization: 'Basic ' + btoa('u:' + T) } });
    await fetch('https://api.test/2?key=' + env.QUERY + '&b=%20c');
    await fetch('https://api.test/bot' + env.PATHY + '/3');
    await fetch('https://api.test/4', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ k: env.BODY }) });
    await fetch('https://api.test/5', { method: 'POST', body: new URLSearchParams({ k: env.BODY }) });
    return new Response('done')`,
  });
  const [basic, query, path, json, form] = stand.seen.slice(-5);
  expect(Buffer.from(String(basic?.headers.authorization).slice(6), "base64").toString()).toBe(`u:${SECRETS.TOKEN}`);
  expect(query?.url).toBe(`/2?key=${encodeURIComponent(SECRETS.QUERY)}&b=%20c`);
  expect(path?.url).toBe(`/bot${SECRETS.PATHY}/3`);
  expect(JSON.parse(json?.body ?? "")).toEqual({ k: SECRETS.BODY });
  expect(new URLSearchParams(form?.body).get("k")).toBe(SECRETS.BODY);
});

test("the one that cannot be closed: a bound host that transforms what it sends back", async () => {
  const { answer } = await run({
    title: "",
    code: "return new Response(await say(fetch('https://api.test/echo?as=reversed', { headers: { authorization: 'Bearer ' + T } })))",
  });
  expect(answer.text).toBe(`200 ${[...SECRETS.TOKEN].reverse().join("")}`);
});

test("another workspace's placeholder is sent as it is", async () => {
  const show = await run({ title: "", code: "return new Response([...T].join(' '))" });
  const taken = show.answer.text.replaceAll(" ", "");
  expect(taken).toMatch(/^xoxb-ph_TOKEN_/);
  const code = handler(
    `const r = await fetch('https://api.test/echo', { headers: { authorization: 'Bearer ${taken}' } }); return new Response(await r.text())`,
  );
  const answer = await world.call(world.deploy(code, manifest(), { ws: "ws_b" }));
  expect(answer.text).toBe(taken);
});

test("twenty requests at once pass, the next are refused", async () => {
  const { answer } = await run({
    title: "",
    code: "const all = await Promise.all(Array.from({ length: 60 }, () => fetch('https://api.test/trickle?of=all').then(async (r) => { await r.text(); return r.status }))); return Response.json(all)",
  });
  const statuses = JSON.parse(answer.text) as number[];
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(1);
  expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([]);
});

test("twenty members in one isolate are twenty names in the records", async () => {
  world.records.length = 0;
  const code = handler(
    "await new Promise((r) => setTimeout(r, 30)); await fetch('https://api.test/who'); return new Response('ok')",
  );
  const to = world.deploy(code, manifest());
  const users = Array.from({ length: 20 }, (_, at) => `mem_${at}`);
  await Promise.all(users.map((user) => world.call(to, undefined, { user, call: `of_${user}` })));
  const named = world.records.map(({ user, call }) => `${user} ${call}`).sort();
  expect(named).toEqual(users.map((user) => `${user} of_${user}`).sort());
});
