import { expect, test } from "vitest";
import { namePreview } from "./name-preview";

const tool = (name: string, alias: string | null = null, former: string[] = []) => ({
  name,
  alias,
  formerNames: former.map((old) => ({ name: old, until: "2026-12-01T00:00:00.000Z" })),
});
const siblings = [tool("create"), tool("list", "all", ["git__list"]), tool("x".repeat(60))];
const preview = (text: string, name = "create") =>
  namePreview({ server: "git", tool: { name }, siblings, nameLength: 45, text });

test("what is typed is shown as clients will see it", () => {
  expect(preview("new_issue")).toMatchObject({
    alias: "new_issue",
    name: "git__new_issue",
    length: 14,
    fault: null,
    adapted: false,
  });
  for (const own of ["create", "", "  "])
    expect(preview(own)).toMatchObject({ alias: null, name: "git__create", fault: null });
});

test("a long own name is shown shortened", () => {
  const { name, adapted, length } = preview("", "x".repeat(60));
  expect([name.length, adapted, length]).toEqual([45, true, 65]);
});

test.each([
  ["all", /Another tool has this name: list/],
  ["list", /still answers for list/],
  ["a b", /Letters, digits/],
  ["a".repeat(41), /46 characters with "git__"; names here have 45/],
])("%s is refused before it is saved", (text, why) => expect(preview(text).fault).toMatch(why));
