import { expect, expectAlive, proves, test } from "./fixtures";
import { callTool, rpc, textOf } from "./support/mcp";
import { eventually, sleep } from "./support/process";

test(proves("token:revoked"), async ({ workspace, upstream, api }) => {
  await workspace.addSecret("vault", upstream);
  const { token, id } = await workspace.issue("Bob");
  expect((await callTool(workspace.sse, token, "vault__echo")).status).toBe(200);
  const stream = await fetch(workspace.sse, {
    headers: { authorization: `Bearer ${token}`, accept: "text/event-stream" },
  });
  expect(stream.status).toBe(200);
  let ended = 0;
  const reading = stream
    .text()
    .catch(() => "")
    .then(() => (ended = Date.now()));

  await api.revokeToken(workspace.slug, id);
  const revokedAt = Date.now();
  let lastGood = 0;
  for (; Date.now() - revokedAt < 1_600; await sleep(50)) {
    if ((await rpc(workspace.sse, token, "ping")).status === 200) lastGood = Date.now();
  }
  expect(lastGood - revokedAt, "last accepted request").toBeLessThan(1_100);
  await eventually("its stream ended", () => (ended > 0 ? true : null), 3_000);
  await reading;
  expect((await callTool(workspace.sse, workspace.token, "vault__echo")).status, "others go on").toBe(200);
});

test(proves("token:guessing"), async ({ workspace, product }) => {
  const guesses = Array.from({ length: 200 }, (_, n) => rpc(workspace.sse, `mwt_wrong${n}`, "tools/list"));
  const valid = Array.from({ length: 20 }, () => rpc(workspace.sse, workspace.token, "ping"));
  for (const { status } of await Promise.all(guesses)) expect([401, 429]).toContain(status);
  for (const { status } of await Promise.all(valid)) expect(status).toBe(200);
  await expectAlive(product);
});

test(
  proves("gateway:parallel", "200 parallel calls with one id get each its own answer"),
  async ({ workspace, upstream }) => {
    await workspace.addSecret("vault", upstream);
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        callTool(workspace.sse, workspace.token, "vault__whoami", { who: `n${n}` }),
      ),
    );
    for (const [n, { status, message }] of answers.entries()) {
      if (status === 429) continue;
      expect(message?.id).toBe(1);
      expect(textOf(message?.result)).toBe(`you are n${n}`);
    }
  },
);

test(
  proves("gateway:parallel", "two members with equal ids, interleaved, are told apart, and so are their rows"),
  async ({ workspace, upstream, api }) => {
    await workspace.addSecret("vault", upstream);
    const bob = await workspace.issue("Bob");
    const people = [
      { who: workspace.member, token: workspace.token },
      { who: "Bob", token: bob.token },
    ];
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        const { who, token } = people[n % 2] ?? people[0] ?? { who: "", token: "" };
        return { who, answer: await callTool(workspace.sse, token, "vault__whoami", { who }) };
      }),
    );
    for (const { who, answer } of answers) expect(textOf(answer.message?.result)).toBe(`you are ${who}`);
    const rows = await eventually("200 rows", async () => {
      const found = await api.allCalls(workspace.slug);
      return found.length === 200 ? found : null;
    });
    expect(rows.filter(({ actor }) => actor === "Bob").length).toBe(100);
    expect(rows.filter(({ actor }) => actor === workspace.member).length).toBe(100);
  },
);
