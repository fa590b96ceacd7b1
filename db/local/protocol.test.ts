import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClientState, makesUnnamed, sqlOf, usesUnnamed } from "./client-state";
import { FrameReader, framesOf, ProtocolError, serialize } from "./protocol";

const messages = Buffer.concat([
  serialize.parse({ name: "one", text: "select 1" }),
  serialize.bind({ statement: "one", values: ["ü", null] }),
  serialize.describe({ type: "S", name: "one" }),
  serialize.execute({}),
  serialize.sync(),
]);

describe("FrameReader", () => {
  it("finds the same frames however the bytes are cut", () => {
    const whole = framesOf(messages).map((frame) => frame.bytes.toString("hex"));
    fc.assert(
      fc.property(fc.array(fc.nat(messages.length), { maxLength: 6 }), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), messages.length];
        const reader = new FrameReader(false);
        const found = at.slice(1).flatMap((end, i) => reader.push(messages.subarray(at[i], end)));
        expect(found.map((frame) => frame.bytes.toString("hex"))).toEqual(whole);
      }),
    );
  });

  it("refuses impossible lengths", () => {
    expect(() => new FrameReader(false).push(Buffer.from([0x51, 0, 0, 0, 3]))).toThrow(ProtocolError);
    expect(() => new FrameReader(false).push(Buffer.from([0x51, 0xff, 0, 0, 0]))).toThrow(ProtocolError);
  });
});

describe("ClientState", () => {
  it("gives two clients' statements of one name different names, and keeps all else", () => {
    const rewritten = [new ClientState(), new ClientState()].map((client) =>
      framesOf(messages).map((frame) => client.rewrite(frame)),
    );
    const [first, second] = rewritten.map((frames) => Buffer.concat(frames).toString("latin1"));
    expect(first).not.toBe(second);
    for (const frames of rewritten) {
      const again = framesOf(Buffer.concat(frames));
      expect(again.map((frame) => frame.type)).toEqual(["P", "B", "D", "E", "S"]);
      expect(sqlOf(again[0] as (typeof again)[0])).toBe("select 1");
      expect(Buffer.concat(frames).includes(Buffer.from("ü"))).toBe(true);
    }
  });

  it("knows the unnamed statement", () => {
    const frames = framesOf(
      Buffer.concat([serialize.parse({ text: "select 1" }), serialize.bind({}), serialize.describe({ type: "P" })]),
    );
    expect(frames.map(makesUnnamed)).toEqual([true, false, false]);
    expect(frames.map(usesUnnamed)).toEqual([false, true, false]);
  });
});
