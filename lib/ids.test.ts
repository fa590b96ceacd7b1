import { expect, test } from "vitest";
import { ID_PREFIX, type IdKind, idFloor, newId } from "./ids";

const KINDS = Object.keys(ID_PREFIX) as IdKind[];

test("an id tells its kind, sorts by its time and is above its floor", () => {
  const times = [0, 1, 1_000, Date.UTC(2026, 10, 24), Date.UTC(3000, 0, 1)];
  for (const kind of KINDS) {
    const ids = times.map((ms) => newId(kind, ms));
    expect(ids.every((id) => id.startsWith(`${ID_PREFIX[kind]}_`) && /^[a-z]+_[0-9a-z]{24}$/.test(id))).toBe(true);
    expect([...ids].sort()).toEqual(ids);
    expect(times.every((ms, n) => idFloor(kind, ms) <= (ids[n] ?? "") && (ids[n] ?? "") < idFloor(kind, ms + 1))).toBe(
      true,
    );
  }
});

test("ids of one moment differ", () => {
  expect(new Set(Array.from({ length: 20_000 }, () => newId("call", 1))).size).toBe(20_000);
});
