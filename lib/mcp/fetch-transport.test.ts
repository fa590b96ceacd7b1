import { afterEach, expect, test, vi } from "vitest";
import { createFetchTransport } from "./fetch-transport";

const transport = createFetchTransport(() => ({ allowPrivate: [], ownHosts: ["gw.example"] }));
const post = (url: string, signal?: AbortSignal) =>
  transport({ method: "POST", url, headers: { "x-key": "k" }, body: "{}", signal });
const stub = (answer: () => Response | Promise<Response>) => {
  const fetch = vi.fn<(url: URL, init: RequestInit) => Promise<Response>>(async () => answer());
  vi.stubGlobal("fetch", fetch);
  return fetch;
};
afterEach(() => void vi.unstubAllGlobals());

test("redirects are not followed and come back as they are", async () => {
  const fetch = stub(() => new Response(null, { status: 307, headers: { location: "https://elsewhere.example" } }));
  expect((await post("https://a.example/mcp#x")).status).toBe(307);
  expect(String(fetch.mock.calls[0]?.[0])).toBe("https://a.example/mcp");
  expect(fetch.mock.calls[0]?.[1]).toMatchObject({ redirect: "manual", method: "POST", body: "{}" });
});

test.each(["http://a.example/", "https://127.1/", "https://gw.example/ws/a/sse", "https://localhost/"])(
  "%s is refused without a request",
  async (url) => {
    const fetch = stub(() => new Response());
    await expect(post(url)).rejects.toMatchObject({ reason: "refused_address" });
    expect(fetch).not.toHaveBeenCalled();
  },
);

test("a body is read up to the cap", async () => {
  stub(() => new Response("äöü", { headers: { "X-A": "1" } }));
  const response = await post("https://a.example/");
  expect(response.header("x-a")).toBe("1");
  expect(await response.text(6)).toBe("äöü");
  await expect((await post("https://a.example/")).text(5)).rejects.toMatchObject({ reason: "too_large" });
});

test("failures say whether the caller went away, and quote nothing", async () => {
  stub(() => Promise.reject(new TypeError("fetch failed with header s3cret")));
  await expect(post("https://a.example/")).rejects.toMatchObject({
    reason: "unreachable",
    message: "The server cannot be reached",
  });
  await expect(post("https://a.example/", AbortSignal.abort())).rejects.toMatchObject({ reason: "aborted" });
});
