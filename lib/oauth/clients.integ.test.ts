import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintWorkspace } from "@/lib/testing/factories";
import { oauthWorld, pkce, REDIRECT } from "./testing/oauth-world";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
const mint = () => mintWorkspace({ db: database.db });

const URL_ID = "https://app.example/oauth/client.json";
const document = {
  client_id: URL_ID,
  client_name: "App",
  redirect_uris: [REDIRECT],
  token_endpoint_auth_method: "none",
};

test("a client may be a document on the web; it is fetched once and gets tokens", async () => {
  const fetched: string[] = [];
  const oauth = oauthWorld(await mint(), async (url) => {
    fetched.push(String(url));
    return Response.json(document);
  });
  expect(await oauth.tokens(URL_ID)).toMatchObject({ scope: "mcp", refresh_token: expect.any(String) });
  await oauth.tokens(URL_ID);
  expect(fetched).toEqual([URL_ID]);
});

test("a document for a program on the computer takes any port of loopback", async () => {
  const native = { ...document, redirect_uris: ["http://127.0.0.1/cb"] };
  const oauth = oauthWorld(await mint(), async () => Response.json(native));
  const started = await oauth.authorize(URL_ID, { redirect_uri: "http://127.0.0.1:40123/cb" });
  expect(started.headers.get("location")).toContain("/consent/");
  const other = await oauth.authorize(URL_ID, { redirect_uri: "http://127.0.0.1:40123/other" });
  expect(other.status).toBe(400);
});

test.each<[string, () => Response]>([
  ["another client's id", () => Response.json({ ...document, client_id: "https://app.example/other.json" })],
  ["a redirect", () => new Response(null, { status: 302, headers: { location: "https://169.254.169.254/" } })],
  ["more than 5 KB", () => Response.json({ ...document, padding: "x".repeat(6_000) })],
  ["a secret", () => Response.json({ ...document, client_secret: "x" })],
  ["a redirect address that runs", () => Response.json({ ...document, redirect_uris: ["javascript:alert(1)"] })],
  ["no JSON", () => new Response("<html>")],
  ["an array", () => Response.json([document])],
])("a document with %s is no client", async (_, answer) => {
  const oauth = oauthWorld(await mint(), async () => answer());
  const started = await oauth.authorize(URL_ID);
  expect(started.status).toBe(400);
  expect(started.headers.get("location")).toBeNull();
});

test.each([
  "http://app.example/c.json",
  "https://u@app.example/c.json",
  "https://app.example/a/../c.json",
  "https://app.example/c.json#x",
])("%s is not even fetched", async (client) => {
  const oauth = oauthWorld(await mint(), () => Promise.reject(new Error("fetched")));
  expect((await oauth.authorize(client)).status).toBe(400);
});

test("loopback ports may differ for a registered program, and schemes of its own are taken", async () => {
  const oauth = oauthWorld(await mint());
  const metadata = { redirect_uris: ["http://127.0.0.1:33418/cb", "cursor://app/cb", "https://vscode.dev/redirect"] };
  const client = await oauth.newClient(metadata);
  for (const redirect_uri of ["http://127.0.0.1:9/cb", "cursor://app/cb", "https://vscode.dev/redirect"])
    expect((await oauth.authorize(client, { redirect_uri })).headers.get("location"), redirect_uri).toContain(
      "/consent/",
    );
  for (const redirect_uri of ["cursor://app/other", "https://vscode.dev:1/redirect", "http://localhost:9/cb"])
    expect((await oauth.authorize(client, { redirect_uri })).status, redirect_uri).toBe(400);
});

test("several nodes are one server: begun here, answered there, redeemed on a third", async () => {
  const ctx = await mint();
  const [a, b, c] = [oauthWorld(ctx), oauthWorld(ctx), oauthWorld(ctx)];
  const client = await a.newClient();
  const { verifier, challenge } = pkce();
  const back = await b.answer(await a.authorize(client, { code_challenge: challenge }));
  const answer = await c.redeem(client, back.searchParams.get("code") ?? "", verifier);
  const { refresh_token } = (await answer.json()) as { refresh_token: string };
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect((await a.refresh(client, refresh_token)).status).toBe(200);
});

test("another browser cannot answer an authorization, nor take it to its end", async () => {
  const ctx = await mint();
  const oauth = oauthWorld(ctx);
  const started = await oauth.authorize(await oauth.newClient());
  const forged = new Response(null, { headers: { location: started.headers.get("location") ?? "" } });
  await expect(oauth.answer(forged)).rejects.toThrow();
  const uid = (started.headers.get("location") ?? "").split("/").at(-1);
  const resumed = await oauth.send(`/authorize/${uid}`);
  expect(resumed.status).toBe(400);
});
