import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ArgumentCondition, ArgumentOperator, ArgumentRule } from "./argument-rule";
import { checkArguments, describeCondition } from "./evaluate-rules";

const alice = { memberId: "mem_1", role: "member" };
const condition = (
  path: string[],
  operator: ArgumentOperator,
  value: ArgumentCondition["value"] = null,
  optional = false,
): ArgumentCondition => ({ path, operator, value, optional });
const rule = (conditions: ArgumentCondition[], change: Partial<ArgumentRule> = {}): ArgumentRule => ({
  id: "rule_1",
  serverId: "srv_1",
  tool: "pay",
  memberId: null,
  role: null,
  conditions,
  ...change,
});
const verdict = (one: ArgumentCondition, args: unknown) => checkArguments([rule([one])], alice, "srv_1", "pay", args);
const passes = (one: ArgumentCondition, args: unknown) => verdict(one, args).ok;
const SCALAR = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
const HOSTILE = ["__proto__", "constructor", "toString", "hasOwnProperty", "length", "valueOf", "0", ""];

test("the refusal names the argument, what is allowed and what was sent", () => {
  expect(verdict(condition(["amount"], "lte", 100), { amount: 250 })).toEqual({
    ok: false,
    ruleId: "rule_1",
    message: "`amount` must be at most 100; you sent 250.",
  });
  expect(verdict(condition(["to", "iban"], "in", ["a", "b"]), {})).toMatchObject({
    message: '`to.iban` must be one of "a", "b"; you left it out.',
  });
  expect(describeCondition(condition(["x"], "starts_with", "a/", true))).toBe(
    '`x` must start with "a/" where it is given',
  );
});

test.each<[ArgumentCondition, unknown, boolean]>([
  [condition(["n"], "lte", 100), { n: 100 }, true],
  [condition(["n"], "lte", 100), { n: "1" }, false],
  [condition(["n"], "lte", 100), { n: true }, false],
  [condition(["n"], "lte", 100), { n: null }, false],
  [condition(["n"], "gte", 1), { n: Number.POSITIVE_INFINITY }, false],
  [condition(["n"], "in", [5]), { n: "5" }, false],
  [condition(["n"], "in", [9_007_199_254_740_992]), JSON.parse('{"n":9007199254740993}'), false],
  [condition(["n"], "not_in", [5]), { n: 6 }, true],
  [condition(["n"], "not_in", [5]), { n: 5 }, false],
  [condition(["n"], "not_in", [5]), { n: "5" }, false],
  [condition(["n"], "not_in", ["a"]), { n: { a: 1 } }, false],
  [condition(["b"], "in", [false]), { b: false }, true],
  [condition(["s"], "starts_with", "a/"), { s: "a/b" }, true],
  [condition(["s"], "starts_with", "a/"), { s: 1 }, false],
  [condition(["s"], "starts_with", "a/", true), {}, true],
  [condition(["s"], "starts_with", "a/", true), { s: null }, false],
  [condition(["s"], "absent"), {}, true],
  [condition(["s"], "absent"), undefined, true],
  [condition(["s"], "absent"), { s: null }, false],
  [condition(["s"], "absent"), { s: [] }, false],
  [condition(["a", "s"], "absent"), { a: null }, true],
  [condition(["a", "s"], "absent"), { a: '{"s":1}' }, false],
  [condition(["to"], "in", ["a"]), { to: ["a", "a"] }, true],
  [condition(["to"], "in", ["a"]), { to: ["a", "b"] }, false],
  [condition(["to"], "in", ["a"]), { to: [] }, false],
  [condition(["to", "id"], "in", ["a"]), { to: [{ id: "a" }, { id: "b" }] }, false],
  [condition(["to", "id"], "in", ["a"]), { to: [[{ id: "a" }], { id: "a" }] }, true],
  [condition(["to", "id"], "in", ["a"]), { to: [{ id: "a" }, {}] }, false],
  [condition(["amount"], "lte", 1, true), { Amount: 9 }, false],
  [condition(["amount"], "lte", 1), { amount: 1, "amoun\uff54": 9 }, false],
  [condition([], "absent"), {}, false],
])("%j on %j: %s", (one, args, expected) => expect(passes(one, args)).toBe(expected));

test("rules of another member, role, server or tool say nothing; all others must hold", () => {
  const never = [condition(["x"], "in", ["never"])];
  const silent: Partial<ArgumentRule>[] = [
    { memberId: "mem_2" },
    { memberId: "mem_2", role: "member" },
    { role: "admin" },
    { serverId: "srv_2" },
    { tool: "Pay" },
  ];
  for (const change of silent)
    expect(checkArguments([rule(never, change)], alice, "srv_1", "pay", {}).ok, JSON.stringify(change)).toBe(true);
  for (const change of [{}, { memberId: "mem_1" }, { role: "member" }, { memberId: "mem_1", role: "admin" }])
    expect(checkArguments([rule([]), rule(never, change)], alice, "srv_1", "pay", {}).ok).toBe(false);
});

describe("properties", () => {
  test("a property of a prototype is never an argument", () => {
    for (const name of HOSTILE) {
      expect(passes(condition([name], "absent"), {}), name).toBe(true);
      expect(passes(condition([name], "not_in", ["x"]), {}), name).toBe(false);
      expect(passes(condition(["a", name], "absent"), { a: {} }), name).toBe(true);
      const own = JSON.parse(`{${JSON.stringify(name)}:"v"}`) as unknown;
      expect(passes(condition([name], "in", ["v"]), own), name).toBe(true);
      expect(passes(condition([name], "absent"), own), name).toBe(false);
    }
  });

  test("any arguments and any path get a verdict, and what passes holds", () => {
    const key = fc.oneof(fc.constantFrom(...HOSTILE, "a", "b"), fc.string());
    const operator = fc.constantFrom<ArgumentOperator>("in", "not_in", "lte", "gte", "starts_with", "absent");
    const value = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.oneof(fc.string(), fc.integer())),
    );
    fc.assert(
      fc.property(
        fc.array(key, { maxLength: 3 }),
        operator,
        value,
        fc.boolean(),
        fc.jsonValue(),
        (path, op, v, opt, args) => {
          expect(typeof verdict(condition(path, op, v, opt), args).ok).toBe("boolean");
        },
      ),
      { numRuns: 500 },
    );
  });

  test("`in` passes exactly the listed values, by type", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean())), SCALAR, (list, sent) => {
        const exact = typeof sent !== "number" || Number.isSafeInteger(sent) || Math.abs(sent) < 2 ** 53;
        expect(passes(condition(["x"], "in", list), { x: sent })).toBe(
          exact && list.includes(sent as string) && sent !== null,
        );
      }),
    );
  });

  test("a list passes where each of its elements alone does, and wherever it lies", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.integer(), (sent, most) => {
        const each = sent.every((n) => passes(condition(["a", "n"], "lte", most), { a: { n } }));
        expect(passes(condition(["a", "n"], "lte", most), { a: { n: sent } })).toBe(each);
        expect(passes(condition(["a", "n"], "lte", most), { a: sent.map((n) => ({ n })) })).toBe(each);
      }),
    );
  });

  test("leaving an argument out never passes, unless it is optional or must be left out", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom<ArgumentOperator>("in", "not_in", "lte", "gte", "starts_with"),
        (k, op) => {
          expect(passes(condition([k], op, op === "starts_with" ? "" : 0), {})).toBe(false);
          expect(passes(condition([k], op, 0, true), {})).toBe(true);
        },
      ),
    );
  });
});
