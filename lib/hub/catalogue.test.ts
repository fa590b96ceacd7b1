import { expect, test } from "vitest";
import { isBrandIcon } from "@/components/ui/brand-icon";
import { secretNames, validateHeaderName, validateTemplate } from "@/lib/mcp/header-template";
import { checkUrl } from "@/lib/mcp/url-policy";
import { ServerSlug } from "@/lib/slug";
import { CATALOGUE, withOwn } from "./catalogue";
import { CATEGORY_NAMES } from "./categories";
import { fillUrl, withoutSettings } from "./fill";

const of = (kind: string) => CATALOGUE.filter(({ auth }) => auth.kind === kind);
const entry = (slug: string) => {
  const found = CATALOGUE.find((listing) => listing.slug === slug);
  if (!found) throw new Error(slug);
  return found;
};

test("112 servers under 112 slugs: 24 need nothing, 39 a pasted secret, 49 a sign-in", () => {
  expect(new Set(CATALOGUE.map(({ slug }) => slug)).size).toBe(112);
  expect(["none", "secret", "oauth"].map((kind) => of(kind).length)).toEqual([24, 39, 49]);
  expect(CATALOGUE.filter(({ official }) => !official).map(({ slug }) => slug)).toEqual(["gitmcp", "javadocs"]);
});

test.each(CATALOGUE.map((listing) => [listing.slug, listing] as const))("%s is fit to be installed", (_, listing) => {
  expect(listing.slug).not.toContain("__");
  expect(ServerSlug.safeParse(listing.serverSlug ?? listing.slug).success).toBe(true);
  expect(listing.category).not.toBe("internal");
  expect(listing.verified.level).not.toBe("operator");
  expect(listing.verified.asOf).not.toBeNull();
  if (listing.icon !== null) expect(isBrandIcon(listing.icon)).toBe(true);
  for (const { url } of listing.endpoints) {
    const filled = fillUrl(url, { projectRef: "x" });
    expect(checkUrl(filled, { allowPrivate: [], ownHosts: [] }).ok).toBe(true);
    expect(new URL(filled).protocol).toBe("https:");
    expect(new URL(filled).host).toBe(new URL(url).host);
  }
  const declared = listing.auth.secrets.map(({ name }) => name);
  for (const { name, template } of listing.auth.headers) {
    validateHeaderName(name);
    validateTemplate(withoutSettings(template));
    for (const secret of secretNames(withoutSettings(template))) expect(declared).toContain(secret);
  }
  for (const link of [listing.docsUrl, listing.repoUrl, ...listing.auth.secrets.map(({ docsUrl }) => docsUrl)])
    if (link !== null) expect(link).toMatch(/^https:/);
});

test("where the vendor has an address that only reads, that is the one installed", () => {
  for (const slug of ["supabase", "neon", "linear", "github", "firecrawl", "buildkite"])
    expect(entry(slug).endpoints[0]?.readOnly, slug).toBe(true);
  for (const { endpoints } of CATALOGUE)
    if (endpoints.some(({ readOnly }) => readOnly)) expect(endpoints[0]?.readOnly).toBe(true);
});

test("what is in doubt says so", () => {
  const doubted = CATALOGUE.filter(({ verified }) => verified.level === "unverified").map(({ slug }) => slug);
  for (const slug of ["semgrep", "wolfram", "globalping", "grafana-cloud", "netlify", "replicate"])
    expect(doubted).toContain(slug);
});

test("odd headers are as the vendors want them", () => {
  expect(entry("sentry").auth.headers).toEqual([
    { name: "Authorization", template: "Sentry-Bearer {{SENTRY_ACCESS_TOKEN}}" },
  ]);
  expect(entry("pagerduty").auth.headers[0]?.template).toBe("Token token={{PAGERDUTY_API_KEY}}");
  expect(entry("langfuse").auth.headers[0]?.template).toBe("Basic {{b64:LANGFUSE_PUBLIC_KEY:LANGFUSE_SECRET_KEY}}");
  expect(entry("datadog").auth.headers.map(({ name }) => name)).toEqual(["DD_API_KEY", "DD_APPLICATION_KEY"]);
});

test("every category has a listing, but for the operator's", () => {
  const used = new Set(CATALOGUE.map(({ category }) => category));
  expect(CATEGORY_NAMES.filter((name) => !used.has(name))).toEqual(["internal"]);
});

test("an operator's listing stands in place of ours under the same slug", () => {
  const own = { ...entry("github"), name: "Our GitHub", own: true };
  const all = withOwn([own]);
  expect(all.length).toBe(112);
  expect(all.filter(({ slug }) => slug === "github")).toEqual([own]);
});
