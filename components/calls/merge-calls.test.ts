import { expect, test } from "vitest";
import type { CallView } from "@/lib/services/call/view";
import { mergeCalls, mergePages } from "./merge-calls";

const call = (id: number, outcome: CallView["outcome"] = "ok") => ({ id: `call_${id}`, outcome }) as CallView;
const ids = (calls: CallView[]) => calls.map((entry) => entry.id);

test("new rows go on top, older pages stay below", () => {
  const seen = [call(5), call(4), call(3), call(2)];
  expect(ids(mergeCalls(seen, [call(6), call(5), call(4)]))).toEqual([
    "call_6",
    "call_5",
    "call_4",
    "call_3",
    "call_2",
  ]);
});

test("the fresh row wins", () => {
  expect(mergeCalls([call(5, "pending")], [call(5, "ok")])[0]?.outcome).toBe("ok");
});

test("never a hole: what cannot be joined is dropped", () => {
  expect(ids(mergeCalls([call(2), call(1)], [call(9), call(8)]))).toEqual(["call_9", "call_8"]);
});

test("empty sides", () => {
  expect(ids(mergeCalls([], [call(1)]))).toEqual(["call_1"]);
  expect(mergeCalls([call(1)], [])).toEqual([]);
});

test("the cursor belongs to the oldest row shown", () => {
  const seen = { calls: [call(5), call(4), call(3)], nextCursor: "call_3" };
  expect(mergePages(seen, { calls: [call(6), call(5)], nextCursor: "call_5" }).nextCursor).toBe("call_3");
  expect(mergePages(seen, { calls: [call(9), call(8)], nextCursor: "call_8" }).nextCursor).toBe("call_8");
  expect(mergePages(undefined, seen)).toBe(seen);
});
