import { expect, test } from "vitest";
import { HubCatalogueError, parseOwnListings } from "./own-listings";

const BARE = {
  slug: "wiki",
  name: "Wiki",
  vendor: "Acme",
  description: "The company's own wiki.",
  endpoints: [{ url: "https://mcp.acme.example/mcp" }],
  auth: { kind: "none" },
};
const KEY = { name: "WIKI_KEY", label: "Key", howTo: "Ask in #wiki." };
const withKey = (auth: object) => ({ ...BARE, auth: { kind: "secret", secrets: [KEY], ...auth } });
const fault = (...list: unknown[]): string => {
  try {
    parseOwnListings(JSON.stringify(list));
  } catch (error) {
    if (error instanceof HubCatalogueError) return error.message;
  }
  throw new Error("was taken");
};

test("little is needed; the rest has a sensible value", () => {
  const [listing] = parseOwnListings(JSON.stringify({ listings: [BARE] }));
  expect(listing).toMatchObject({ slug: "wiki", own: true, category: "internal", icon: null, tools: [] });
  expect(listing?.endpoints).toEqual([
    { label: "Standard", url: BARE.endpoints[0]?.url, transport: "streamable-http", readOnly: false },
  ]);
  expect(listing?.verified.level).toBe("operator");
  expect(parseOwnListings("\ufeff[]")).toEqual([]);
});

test.each([
  ["a slug that looks like another", { ...BARE, slug: "gіthub" }, "0.slug"],
  ["a slug with __", { ...BARE, slug: "a__b" }, "0.slug"],
  ["an invisible character in a name", { ...BARE, name: "Wi\u200bki" }, "0.name"],
  ["a field that there is not", { ...BARE, install: "auto" }, "0"],
  ["no endpoint", { ...BARE, endpoints: [] }, "0.endpoints"],
  ["another protocol", { ...BARE, endpoints: [{ url: "file:///etc/passwd" }] }, "0.endpoints.0.url"],
  ["a password in the address", { ...BARE, endpoints: [{ url: "https://a:b@acme.example" }] }, "0.endpoints.0.url"],
  ["a setting for a host", { ...BARE, endpoints: [{ url: "https://{site}.acme.example" }] }, "0.endpoints.0.url"],
  ["a script for a link", { ...BARE, docsUrl: "javascript:alert(1)" }, "0.docsUrl"],
  ["a secret that nothing uses", withKey({}), "0.auth.secrets"],
  ["a secret that is not declared", withKey({ headers: [{ name: "X-Key", template: "{{OTHER}}" }] }), "OTHER"],
  ["a header of the transport's", withKey({ headers: [{ name: "Host", template: "{{WIKI_KEY}}" }] }), "headers.0"],
  ["a broken template", withKey({ headers: [{ name: "X-Key", template: "{{WIKI_KEY}" }] }), "headers.0"],
  ["a kind that does not fit", { ...BARE, auth: { kind: "secret" } }, "0.auth.kind"],
  ["OAuth without facts", { ...BARE, auth: { kind: "oauth" } }, "0.auth.oauth"],
  ["no listing at all", 7, "0"],
])("%s is refused, with its place", (_, listing, place) => {
  expect(fault(listing)).toContain(place);
});

test("no JSON, no list, one slug twice", () => {
  expect(() => parseOwnListings("{")).toThrow("not JSON");
  expect(() => parseOwnListings("null")).toThrow("array");
  expect(fault(BARE, BARE)).toContain("wiki");
});
