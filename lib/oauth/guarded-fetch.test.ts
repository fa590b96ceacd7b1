import { expect, test } from "vitest";
import type { UpstreamRequest } from "@/lib/mcp/transport";
import { guardedFetch } from "./guarded-fetch";

function world(status: number, headers: Record<string, string> = {}) {
  const sent: UpstreamRequest[] = [];
  let dropped = false;
  const fetch = guardedFetch(async (request) => {
    sent.push(request);
    return {
      status,
      header: (name) => headers[name] ?? null,
      text: async () => '{"a":1}',
      stream: () => new ReadableStream<Uint8Array>(),
      discard: () => {
        dropped = true;
      },
    };
  });
  return { fetch, sent, dropped: () => dropped };
}

test("a document comes with its caching, over the guarded transport, with a limit of time", async () => {
  const { fetch, sent } = world(200, { "cache-control": "max-age=60", "set-cookie": "a=b" });
  const response = await fetch("https://app.example/client.json");
  expect(await response.json()).toEqual({ a: 1 });
  expect(Object.fromEntries(response.headers)).toMatchObject({ "cache-control": "max-age=60" });
  expect(response.headers.has("set-cookie")).toBe(false);
  expect(sent[0]).toMatchObject({ method: "GET", url: "https://app.example/client.json" });
  expect(sent[0]?.signal).toBeInstanceOf(AbortSignal);
});

test("a redirect is not followed and its body is dropped", async () => {
  const { fetch, sent, dropped } = world(302);
  expect((await fetch("https://app.example/client.json")).status).toBe(302);
  expect(sent).toHaveLength(1);
  expect(dropped()).toBe(true);
});

test("plain http is not asked", async () => {
  const { fetch, sent } = world(200);
  await expect(fetch("http://127.0.0.1/client.json")).rejects.toThrow("https");
  expect(sent).toEqual([]);
});
