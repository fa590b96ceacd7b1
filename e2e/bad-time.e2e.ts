import { expect, expectAlive, proves, test } from "./fixtures";
import { callTool, postHeaders, textOf } from "./support/mcp";
import { hasProc, residentBytes } from "./support/process";
import { type RawAnswer, sendEndless, sendSlowly } from "./support/raw-http";

/** Each case here ends only by a deadline of the product, so they wait side by side. */
let stalled: Promise<RawAnswer>[];

test.beforeAll(({ product }) => {
  const head = `POST /ws/nobody/sse HTTP/1.1\r\nHost: 127.0.0.1:${product.port}\r\nX-Padding: ${"x".repeat(200)}`;
  stalled = [sendSlowly(product.port, head, 1_000, 80_000)];
});

test(
  proves("upstream:bad", "upstreams that never finish end at the deadline of a call"),
  async ({ workspace, nasty, product }) => {
    test.setTimeout(120_000);
    const modes = ["silent", "drip", "keep-alive-forever"];
    for (const [at, mode] of modes.entries()) await workspace.add(`slow${at}`, nasty.url(mode));
    const at = performance.now();
    const answers = await Promise.all(modes.map((_, n) => callTool(workspace.sse, workspace.token, `slow${n}__poke`)));
    expect(performance.now() - at).toBeLessThan(75_000);
    for (const [n, answer] of answers.entries()) {
      expect(answer.message?.result, answer.text).toMatchObject({ isError: true });
      expect(textOf(answer.message?.result)).toContain(`"slow${n}"`);
    }
    await expectAlive(product);
  },
);

test(proves("gateway:bad-socket", "headers at one byte a second are cut off"), async ({ product }) => {
  test.setTimeout(120_000);
  for (const answer of await Promise.all(stalled)) {
    expect([408, "close"]).toContain(answer.status);
    expect(answer.ms).toBeLessThan(75_000);
  }
  await expectAlive(product);
});

test(proves("gateway:bad-socket", "an endless chunked body is refused early"), async ({ workspace, product }) => {
  const headers = Object.entries(postHeaders(workspace.token)).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST /ws/${workspace.slug}/sse HTTP/1.1\r\nHost: 127.0.0.1:${product.port}\r\n${headers.join("")}Transfer-Encoding: chunked\r\n\r\n`;
  const memory = hasProc ? residentBytes(product.pid()) : 0;
  const answer = await sendEndless(product.port, head, 200 << 20);
  expect([413, "close"]).toContain(answer.status);
  expect(answer.sentBytes, "closed long before the end").toBeLessThan(32 << 20);
  if (hasProc) expect(residentBytes(product.pid()) - memory).toBeLessThan(64 << 20);
  await expectAlive(product);
});
