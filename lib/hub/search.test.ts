import { expect, test } from "vitest";
import { CATALOGUE } from "./catalogue";
import { searchListings } from "./search";

const first = (query: string, count = 1) =>
  searchListings(CATALOGUE, query)
    .slice(0, count)
    .map(({ slug }) => slug);

test.each([
  ["its name", "github", "github"],
  ["the start of a name", "lin", "linear"],
  ["a swap of letters", "githbu", "github"],
  ["a missing letter", "supabse", "supabase"],
  ["a name in one piece", "stackoverflow", "stack-overflow"],
  ["a name in two", "git hub", "github"],
  ["what it stands for", "jira", "atlassian"],
  ["a tool", "microsoft_docs_search", "microsoft-learn"],
  ["part of a tool and the vendor", "cloudflare docs", "cloudflare-docs"],
  ["accents and capitals", "GÎTHÜB", "github"],
])("finds by %s", (_, query, slug) => {
  expect(first(query, 3)).toContain(slug);
});

test("the name goes before a mention", () => {
  expect(first("postgres", 4).sort()).toEqual(expect.arrayContaining(["neon", "prisma-postgres"]));
  expect(first("sentry")).toEqual(["sentry"]);
});

test("all words have to be found; nonsense finds nothing, nothing finds all", () => {
  expect(searchListings(CATALOGUE, "github qqqqzzzz")).toEqual([]);
  expect(searchListings(CATALOGUE, "<script>alert(1)</script>")).toEqual([]);
  expect(searchListings(CATALOGUE, " ").length).toBe(112);
  expect(searchListings(CATALOGUE, "💥").length).toBe(112);
});
