import { expect, test } from "vitest";
import { UpstreamError, type UpstreamResponse, type UpstreamTransport } from "@/lib/mcp/transport";
import { Breakers } from "./breaker";

const request = { method: "POST", url: "https://a.example/mcp", headers: {} } as const;
const answer = (status: number): UpstreamResponse => ({
  status,
  header: () => null,
  text: async () => "",
  stream: () => new Blob([]).stream(),
  discard: () => undefined,
});

function world() {
  const clock = { now: 1_000 };
  const seen: number[] = [];
  let next: () => Promise<UpstreamResponse> = async () => answer(200);
  const transport: UpstreamTransport = () => {
    seen.push(clock.now);
    return next();
  };
  const breakers = new Breakers(() => clock.now);
  const send = breakers.around("one", transport);
  const other = breakers.around("two", transport);
  return {
    clock,
    seen,
    send: () => send(request),
    other: () => other(request),
    answers: (f: typeof next) => (next = f),
  };
}

const fail = async () => answer(503);
const gone = async () => Promise.reject(new UpstreamError("unreachable", "gone"));

test("five failures in a row, and nothing is sent for five seconds; others are not touched", async () => {
  const { seen, send, other, answers, clock } = world();
  answers(fail);
  for (let n = 0; n < 5; n++) expect((await send()).status).toBe(503);
  await expect(send()).rejects.toMatchObject({ reason: "unreachable" });
  expect(seen.length).toBe(5);
  expect((await other()).status).toBe(503);
  clock.now += 5_000;
  expect((await send()).status).toBe(503);
  await expect(send(), "it rests again after a failed try").rejects.toMatchObject({ reason: "unreachable" });
});

test("one request tries whether it is well again, and then all go", async () => {
  const { seen, send, answers, clock } = world();
  answers(gone);
  for (let n = 0; n < 5; n++) await expect(send()).rejects.toThrow("gone");
  clock.now += 5_001;
  let release = (_: UpstreamResponse) => undefined as unknown;
  answers(() => new Promise((resolve) => (release = resolve)));
  const probe = send();
  await expect(send(), "while another one tries").rejects.toThrow("left alone");
  release(answer(200));
  expect((await probe).status).toBe(200);
  answers(async () => answer(404));
  expect((await send()).status).toBe(404);
  expect(seen.length).toBe(7);
});

test("a success in between, a client that leaves and a 4xx are no failures in a row", async () => {
  const { send, answers, seen } = world();
  for (let n = 0; n < 4; n++) {
    answers(fail);
    for (let m = 0; m < 4; m++) await send();
    answers(async () => answer(401));
    await send();
  }
  answers(async () => Promise.reject(new UpstreamError("aborted", "left")));
  for (let n = 0; n < 8; n++) await expect(send()).rejects.toMatchObject({ reason: "aborted" });
  expect(seen.length).toBe(28);
});
