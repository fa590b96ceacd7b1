import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isWorkspaceSlug, ServerSlug, suggestSlug, WorkspaceSlug } from "./slug";

describe("workspace slugs", () => {
  test.each(["acme", "a1", "a-b", "a".repeat(40)])("%s is accepted", (slug) => {
    expect([WorkspaceSlug.safeParse(slug).success, isWorkspaceSlug(slug)]).toEqual([true, true]);
  });

  const refused = [
    "",
    "a",
    "a".repeat(41),
    "a".repeat(64),
    "-acme",
    "acme-",
    "a--b",
    "xn--cme-8cd",
    "Acme",
    "1a",
    "a_b",
  ];
  const hostile = ["api", "constructor", "ａｃｍｅ", "аcme", "ac\u200bme", "a b", "a.b", "a/b", "a\u0000", "acme\n"];
  test.each([...refused, ...hostile])("%j is refused", (slug) => {
    expect([WorkspaceSlug.safeParse(slug).success, isWorkspaceSlug(slug)]).toEqual([false, false]);
  });
});

test("a server's slug never holds an underscore, so the first __ of an exposed name splits it", () => {
  for (const slug of ["a_b", "a__b", "_a", "a".repeat(17), "A"]) expect(ServerSlug.safeParse(slug).success).toBe(false);
  for (const slug of ["a", "my-crm", "a".repeat(16)]) expect(ServerSlug.safeParse(slug).success).toBe(true);
});

test("a suggestion from any text is empty or nearly a slug", () => {
  expect([suggestSlug("Équipe d'été 2"), suggestSlug("  42 Ops! "), suggestSlug("日本")]).toEqual([
    "equipe-d-ete-2",
    "ops",
    "",
  ]);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) =>
      /^(?:[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?)?$/.test(suggestSlug(text)),
    ),
  );
});
