import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLog } from "@/lib/log";
import { ChangeFeed } from "./change-feed";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

function feed(read?: () => Promise<void>) {
  const versions = new Map([
    ["ws_1", { version: 1, accessVersion: 1 }],
    ["ws_2", { version: 1, accessVersion: 1 }],
  ]);
  const asked: string[][] = [];
  const lines: string[] = [];
  let news = 0;
  const made = new ChangeFeed(
    {
      readVersions: async (ids) => {
        asked.push(ids);
        await read?.();
        return ids.flatMap((id) => {
          const found = versions.get(id);
          return found ? [{ id, ...found }] : [];
        });
      },
    },
    Date.now,
    () => news++,
    createLog((line) => lines.push(line)),
  );
  return { feed: made, versions, asked, lines, news: () => news };
}

test("one read tells of all workspaces in use, four times a second, and only news is told", async () => {
  const f = feed();
  f.feed.use("ws_1");
  f.feed.use("ws_2");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(f.asked).toEqual([
    ["ws_1", "ws_2"],
    ["ws_1", "ws_2"],
    ["ws_1", "ws_2"],
    ["ws_1", "ws_2"],
  ]);
  expect(f.news()).toBe(1);
  f.versions.set("ws_2", { version: 1, accessVersion: 2 });
  await vi.advanceTimersByTimeAsync(250);
  expect([f.news(), f.feed.seen("ws_2")]).toEqual([2, { version: 1, accessVersion: 2, at: Date.now() }]);
  f.feed.close();
});

test("a workspace that is gone is newer than everything", async () => {
  const f = feed();
  f.feed.use("ws_none");
  await vi.advanceTimersByTimeAsync(250);
  expect(f.feed.seen("ws_none")?.accessVersion).toBe(Number.POSITIVE_INFINITY);
  f.feed.close();
});

test("nothing runs when nobody used a workspace for a minute, nor after close", async () => {
  const f = feed();
  f.feed.use("ws_1");
  await vi.advanceTimersByTimeAsync(30_000);
  f.feed.use("ws_2");
  await vi.advanceTimersByTimeAsync(40_000);
  expect([f.asked.at(-1), f.feed.seen("ws_1")]).toEqual([["ws_2"], undefined]);
  await vi.advanceTimersByTimeAsync(25_000);
  expect([f.feed.running, vi.getTimerCount()]).toEqual([false, 0]);
  f.feed.use("ws_1");
  expect(f.feed.running).toBe(true);
  f.feed.close();
  f.feed.use("ws_1");
  expect([f.feed.running, vi.getTimerCount()]).toEqual([false, 0]);
});

test("a poll that fails vouches for nothing, is logged once, and the next good one counts again", async () => {
  let down = false;
  const f = feed(() => (down ? Promise.reject(new Error("down")) : Promise.resolve()));
  f.feed.use("ws_1");
  await vi.advanceTimersByTimeAsync(250);
  const before = f.feed.seen("ws_1");
  down = true;
  await vi.advanceTimersByTimeAsync(2_000);
  expect([f.feed.seen("ws_1"), f.lines.length]).toEqual([before, 1]);
  down = false;
  await vi.advanceTimersByTimeAsync(250);
  expect(f.feed.seen("ws_1")?.at).toBe(Date.now());
  f.feed.close();
});

test("a poll that hangs is given up, and its late answer is not taken", async () => {
  let answer = () => {};
  const f = feed(() => new Promise((resolve) => (answer = resolve)));
  f.feed.use("ws_1");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(f.asked.length).toBe(1);
  const late = answer;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(f.asked.length).toBe(2);
  late();
  await vi.advanceTimersByTimeAsync(0);
  expect(f.feed.seen("ws_1")).toBe(undefined);
  answer();
  await vi.advanceTimersByTimeAsync(0);
  expect(f.feed.seen("ws_1")?.version).toBe(1);
  f.feed.close();
});

test("a timer that was lost is set anew by the next use", async () => {
  const f = feed();
  f.feed.use("ws_1");
  vi.clearAllTimers(); // as a platform that freezes an instance does
  vi.setSystemTime(Date.now() + 2_000);
  f.feed.use("ws_1");
  await vi.advanceTimersByTimeAsync(250);
  expect(f.asked.length).toBe(1);
  f.feed.close();
});
