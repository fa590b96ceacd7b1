import { auth } from "@modelcontextprotocol/sdk/client/auth.js";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { expect, proves, test } from "./fixtures";
import { shot, signIn, watchErrors } from "./support/browser";
import { callTool, textOf } from "./support/mcp";
import { answerConsent, ClientMemory, register, startCallback } from "./support/oauth";
import { Desktop, opencodeBinary, startConformance } from "./support/oauth-clients";
import { eventually, freePort } from "./support/process";

interface Grant {
  id: string;
  clientName: string;
  redirectHost: string;
  status: string;
}

test(proves("oauth:sdk"), async ({ page, workspace, everything, api }) => {
  await workspace.add("everything", everything.http.url);
  const callback = await startCallback();
  const memory = new ClientMemory(callback.url);
  const connect = async () => {
    const transport = new StreamableHTTPClientTransport(new URL(workspace.mcp), { authProvider: memory });
    const client = new Client({ name: "e2e-oauth", version: "1.0.0" });
    return { transport, client, connected: client.connect(transport) };
  };
  try {
    const first = await connect();
    await expect(first.connected).rejects.toThrow(/unauthorized/i);
    const url = memory.authorizationUrl;
    expect(url?.searchParams.get("resource")).toBe(workspace.mcp);
    expect(url?.searchParams.get("code_challenge_method")).toBe("S256");

    await answerConsent(page, String(url), "Allow", "consent");
    const answer = await callback.answer;
    expect(answer.get("iss")).toBe(`${new URL(workspace.mcp).origin}/oauth`);
    expect(answer.get("state")).toBe("e2e-state");
    await first.transport.finishAuth(answer.get("code") ?? "");

    const { client, connected } = await connect();
    await connected;
    const hello = { name: "everything__echo", arguments: { message: "hello" } };
    expect(textOf(await client.callTool(hello))).toBe("Echo: hello");
    const [call] = await eventually("the call's row", async () => {
      const { calls } = await api.listCalls(workspace.slug);
      return calls.length > 0 ? calls : null;
    });
    expect(call).toMatchObject({ qualifiedName: "everything__echo", clientName: "e2e-oauth" });

    const before = memory.tokens();
    expect(await auth(memory, { serverUrl: workspace.mcp })).toBe("AUTHORIZED");
    const after = memory.tokens();
    expect(after?.refresh_token).not.toBe(before?.refresh_token);
    expect(after?.access_token).not.toBe(before?.access_token);
    expect(textOf(await client.callTool(hello))).toBe("Echo: hello");

    const listed = await api.send("GET", `/workspaces/${workspace.slug}/grants`);
    const [grant] = (listed.body as { grants: Grant[] }).grants;
    expect(grant).toMatchObject({
      clientName: "E2E client",
      redirectHost: new URL(callback.url).host,
      status: "active",
    });
    await api.send("DELETE", `/workspaces/${workspace.slug}/grants/${grant?.id}`);
    const since = Date.now();
    const token = after?.access_token ?? "";
    await eventually("it is refused", async () => {
      const refused = await callTool(workspace.mcp, token, "everything__echo", { message: "x" });
      return refused.status === 401 ? refused : null;
    });
    expect(Date.now() - since).toBeLessThanOrEqual(1_000);
    memory.authorizationUrl = null;
    expect(await auth(memory, { serverUrl: workspace.mcp }).catch(() => "REDIRECT"), "no token by refreshing").toBe(
      "REDIRECT",
    );
    await client.close();
  } finally {
    await callback.close();
  }
});

test(proves("oauth:consent", "a denial reaches the app as one, with the issuer"), async ({ page, workspace }) => {
  const callback = await startCallback();
  const memory = new ClientMemory(callback.url);
  await auth(memory, { serverUrl: workspace.mcp });
  await answerConsent(page, String(memory.authorizationUrl), "Deny");
  const answer = await callback.answer;
  expect(answer.get("error")).toBe("access_denied");
  expect(answer.get("iss")).toBe(`${new URL(workspace.mcp).origin}/oauth`);
  expect(answer.has("code")).toBe(false);
  await callback.close();
});

test(proves("oauth:consent"), async ({ page, browser, workspace, everything, product, api }) => {
  await workspace.add("everything", everything.http.url);
  const name = "<script>alert(1)</script><b>Claude";
  const memory = new ClientMemory("http://127.0.0.1:1/callback", name);
  await auth(memory, { serverUrl: workspace.mcp });
  const errors = watchErrors(page);
  const pageUrl = await page.goto(String(memory.authorizationUrl)).then(() => page.url());
  expect(pageUrl).toContain("/sign-in?callbackUrl=%2Fconsent%2F");
  await signIn(page, product).catch(() => undefined);
  await page.goto(String(memory.authorizationUrl));
  await page.waitForURL(/\/consent\//);

  const text = page.locator("main");
  const { name: workspaceName } = (await api.send("GET", `/workspaces/${workspace.slug}`)).body as { name: string };
  for (const said of [
    name,
    "unverified name",
    "127.0.0.1:1",
    workspaceName,
    "No secrets",
    "No dashboard",
    "No other workspace",
  ])
    await expect(text).toContainText(said);
  await expect(text).toContainText(/\d+ tools of 1 server/);
  await expect(text).toContainText("Did you start this yourself, just now?");
  expect(errors).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await shot(page, "consent-phone");

  const consent = page.url();
  const framed = await page.request.get(consent);
  expect(framed.headers()["content-security-policy"]).toContain("frame-ancestors 'none'");
  const forged: Record<string, string>[] = [{}, { origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }];
  for (const headers of forged)
    expect((await page.request.post(consent, { headers, data: "" })).status(), JSON.stringify(headers)).toBe(403);

  const stranger = await browser.newContext();
  const other = await stranger.newPage();
  await signIn(other, product);
  await other.goto(consent);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("This request is over");
  await stranger.close();
});

test(
  proves("oauth:consent", "a workspace that is not the person's is not shown to exist"),
  async ({ page, product, workspace }) => {
    const answers: string[] = [];
    for (const slug of ["nobody-has-this", `${workspace.slug}x`]) {
      const memory = new ClientMemory("http://127.0.0.1:1/callback");
      await auth(memory, { serverUrl: `${product.origin}/ws/${slug}/mcp` });
      if (answers.length === 0) await signIn(page, product);
      await page.goto(String(memory.authorizationUrl));
      answers.push(((await page.locator("main").textContent()) ?? "").replaceAll(slug, "SLUG"));
    }
    await shot(page, "consent-no-access");
    expect(answers[0]).toContain("No access to SLUG");
    expect(answers[1]).toBe(answers[0]);
  },
);

test(proves("oauth:conformance"), async ({ page, product, workspace }) => {
  expect(workspace.slug).toBeTruthy(); // the suite names no resource: the person picks one of theirs
  const port = await freePort();
  const client = await register(product.origin, { redirect_uris: [`http://127.0.0.1:${port}/callback`] });
  const { client_id } = (await client.json()) as { client_id: string };
  const suite = startConformance(`${product.origin}/oauth`, client_id, port);
  const url = await eventually(
    "the suite's link",
    () => /http:\S+\/authorize\?\S+/.exec(suite.output())?.[0] ?? null,
    20_000,
  );
  await answerConsent(page, url, "Allow", "consent-picker");
  expect(await suite.exited, suite.output()).toBe(0);
  expect(suite.output()).toMatch(/Total: 3 passed, 0 failed/);
});

test(proves("oauth:mcp-remote"), async ({ page, workspace, everything }) => {
  await workspace.add("everything", everything.http.url);
  const desktop = new Desktop();
  const remote = desktop.mcpRemote(workspace.mcp);
  const client = new Client({ name: "e2e-behind-mcp-remote", version: "1.0.0" });
  const connected = client.connect(remote.transport);
  try {
    await answerConsent(page, await desktop.authorizationUrl(remote));
    await connected;
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name)).toContain("everything__echo");
  } finally {
    await client.close();
    await connected.catch(() => undefined);
  }
});

test(proves("oauth:opencode"), async ({ page, workspace, everything }) => {
  test.skip(opencodeBinary() === null, "opencode is installed for Linux on x64 only");
  await workspace.add("everything", everything.http.url);
  const desktop = new Desktop();
  const login = desktop.opencode(workspace.mcp, ["mcp", "auth", "gateway"]);
  try {
    await answerConsent(page, await desktop.authorizationUrl(login));
    expect(await login.exited, login.output()).toBe(0);
  } finally {
    await login.stop();
  }
  const list = desktop.opencode(workspace.mcp, ["mcp", "list"]);
  await list.exited;
  expect(list.output()).toMatch(/gateway[^\n]*connected/);
});

test(proves("oauth:bad-input"), async ({ product, workspace }) => {
  const { origin } = product;
  const refusedRegistrations = [
    { redirect_uris: [] }, // oauth-023
    {},
    { redirect_uris: ["javascript:alert(1)"] }, // oauth-004
    { redirect_uris: ["http://evil.example/cb"] }, // oauth-005
    { redirect_uris: ["https://a.test/cb#x"] },
  ];
  for (const metadata of refusedRegistrations)
    expect((await register(origin, metadata)).status, JSON.stringify(metadata)).toBe(400);

  const redirect = "https://a.test/cb";
  const made = await register(origin, { client_name: "<script>", redirect_uris: [redirect] }); // oauth-022
  expect(made.status).toBe(201);
  const { client_id } = (await made.json()) as { client_id: string };
  const authorize = (changes: Record<string, string>) =>
    fetch(
      `${origin}/oauth/authorize?${new URLSearchParams({
        response_type: "code",
        client_id,
        redirect_uri: redirect,
        code_challenge: "x".repeat(43),
        code_challenge_method: "S256",
        resource: workspace.mcp,
        ...changes,
      })}`,
      { redirect: "manual" },
    );
  expect((await authorize({})).headers.get("location")).toContain("/consent/");
  const refusedRedirects = [
    "https://evil.example/cb", // oauth-001
    `${redirect}/../x`, // oauth-002
    `${redirect}?x=1`, // oauth-003
    "javascript:alert(1)", // oauth-004
    "http://evil.example/cb", // oauth-005
  ];
  for (const redirect_uri of refusedRedirects) {
    const answer = await authorize({ redirect_uri });
    expect(answer.status, redirect_uri).toBe(400);
    expect(answer.headers.get("location"), redirect_uri).toBeNull();
  }
  const plain = await authorize({ code_challenge_method: "plain" }); // oauth-006
  expect(plain.headers.get("location")).toMatch(/^https:\/\/a\.test\/cb\?error=invalid_request/);
  const nul = await authorize({ state: "a\0b" });
  expect(nul.status).toBe(400);

  const flood = await Promise.all(Array.from({ length: 100 }, () => register(origin, { redirect_uris: [redirect] }))); // oauth-024
  const statuses = new Set(flood.map((answer) => answer.status));
  expect([...statuses].sort()).toEqual([201, 429]);
  expect(flood.find((answer) => answer.status === 429)?.headers.get("retry-after")).toBe("600");
});
