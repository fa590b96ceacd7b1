import { readdirSync } from "node:fs";
import { join } from "node:path";
import { paths } from "@/lib/paths";
import { ROOT } from "./product";

/** What the addresses of one workspace's pages are made of. */
export interface Place {
  slug: string;
  server: string;
  function: string;
  member: string;
  listing: string;
  /** Paths of pages that are opened by a link. */
  invitation: string;
  reset: string;
  consent: string;
}

/** One way to look at a page. */
export interface Visit {
  path(place: Place): string;
  /** Nobody is signed in. */
  visitor?: true;
  status?: number;
}

const inside = (path: (slug: string, place: Place) => string): Visit => ({ path: (place) => path(place.slug, place) });
const visitor = (path: (place: Place) => string, status = 200): Visit => ({ path, visitor: true, status });

/**
 * Every page of the product, by its place in `app`, with the ways to look at it. `pages.e2e.ts` fails where a page is missing
 * here, so that none is forgotten by the walks that keep all of them accessible, closed to scripts and alike.
 */
export const PAGES: Record<string, Visit[]> = {
  "/": [visitor(() => paths.home)],
  "/setup": [visitor(() => paths.setup)],
  "/sign-in": [visitor(() => paths.signIn), visitor(() => `${paths.signIn}?error=AccessDenied`)],
  "/forgot-password": [visitor(() => paths.forgotPassword)],
  "/reset-password/[token]": [visitor(({ reset }) => reset)],
  "/invite/[token]": [visitor(({ invitation }) => invitation)],
  "/consent/[uid]": [{ path: ({ consent }) => consent }],
  "/design": [visitor(() => "/design")],
  "/account": [{ path: () => paths.account }],
  "/instance": [{ path: () => paths.instance }],
  "/hub/[[...listing]]": [{ path: () => paths.anyHub }],
  "/w": [{ path: () => paths.workspaces }],
  "/w/new": [{ path: () => paths.newWorkspace }],
  "/w/[slug]": [inside(paths.workspace)],
  "/w/[slug]/analytics": [
    inside((slug) => `${paths.analytics(slug)}?range=30d`),
    inside((slug) => `${paths.analytics(slug)}?range=yesterday`),
  ],
  "/w/[slug]/audit": [inside(paths.audit), inside((slug) => `${paths.audit(slug)}?from=soon`)],
  "/w/[slug]/calls": [
    inside(paths.calls),
    inside((slug) => `${paths.calls(slug)}?outcome=denied`),
    inside((slug) => `${paths.calls(slug)}?outcome=maybe`),
  ],
  "/w/[slug]/connect": [inside(paths.connect)],
  "/w/[slug]/connections": [inside(paths.connections)],
  "/w/[slug]/exports": [inside(paths.exports)],
  "/w/[slug]/functions": [inside(paths.functions)],
  "/w/[slug]/functions/[function]": [inside((slug, place) => paths.function(slug, place.function))],
  "/w/[slug]/functions/new": [inside(paths.newFunction)],
  "/w/[slug]/hub": [inside(paths.hub)],
  "/w/[slug]/hub/[listing]": [inside((slug, { listing }) => paths.listing(slug, listing))],
  "/w/[slug]/members": [inside(paths.members)],
  "/w/[slug]/members/[member]": [inside((slug, { member }) => paths.member(slug, member))],
  "/w/[slug]/rules": [inside(paths.rules)],
  "/w/[slug]/secrets": [inside(paths.secrets)],
  "/w/[slug]/servers": [inside(paths.servers)],
  "/w/[slug]/servers/[server]": [inside((slug, { server }) => paths.server(slug, server))],
  "/w/[slug]/servers/new": [inside(paths.newServer)],
  "/w/[slug]/settings": [inside(paths.settings)],
  "/w/[slug]/start": [inside(paths.onboarding)],
  "/w/[slug]/tokens": [inside(paths.tokens), inside((slug) => `${paths.tokens(slug)}?new=1`)],
  "/w/[slug]/tools": [inside(paths.tools), inside((slug) => `${paths.tools(slug)}?q=read`)],
};

/** The pages that `app` has, by the pattern of their address: groups in parentheses are no part of it. */
export function pagesInApp(): string[] {
  return readdirSync(join(ROOT, "app"), { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|\/)page\.tsx$/.test(file))
    .map(
      (file) =>
        `/${file
          .split("/")
          .slice(0, -1)
          .filter((part) => !/^\(.*\)$/.test(part))
          .join("/")}`,
    )
    .sort();
}

/** A name for a picture of one visit. */
export function nameOf(page: string, index: number): string {
  const name =
    page
      .replaceAll(/[[\].]/g, "")
      .replaceAll("/", "-")
      .replace(/^-/, "") || "front";
  return index === 0 ? name : `${name}-${index + 1}`;
}
