import { randomBytes } from "node:crypto";
import type { Browser } from "playwright/test";
import type { InvitedView } from "@/lib/services/invitation/view";
import type { MemberView } from "@/lib/services/member/view";
import type { Api } from "./api";
import { FunctionsApi, SPIN } from "./functions";
import { register } from "./oauth";
import type { Place } from "./pages";
import type { Product } from "./product";

type Parts = Omit<Place, "invitation" | "reset" | "consent" | "function" | "listing">;

/** Adds to a workspace what the pages that need a link or a thing of their own are opened with. */
export async function furnish(api: Api, product: Product, browser: Browser, parts: Parts): Promise<Place> {
  const { slug } = parts;
  await new FunctionsApi(api, slug).create("greeter", SPIN);
  const [kept, used] = await Promise.all([invite(api, slug, "eve"), invite(api, slug, "joan")]);
  await join(browser, product.origin + used);
  const { members } = (await api.send("GET", `/workspaces/${slug}/members`)).body as { members: MemberView[] };
  const joined = members.find(({ email }) => email === address("joan"));
  const reset = await api.send("POST", `/workspaces/${slug}/members/${joined?.id}/reset-link`, {});
  return {
    ...parts,
    function: "greeter",
    listing: "deepwiki",
    invitation: kept,
    reset: pathOf((reset.body as { url?: string }).url),
    consent: await consentPath(product, slug),
  };
}

const address = (name: string) => `${name}@company.example`;

async function invite(api: Api, slug: string, name: string): Promise<string> {
  const body = { emails: [address(name)], role: "member" };
  const answer = await api.send("POST", `/workspaces/${slug}/invitations`, body);
  return pathOf((answer.body as { invited: InvitedView[] }).invited[0]?.url);
}

/** Somebody takes an invitation, as a person does. */
async function join(browser: Browser, link: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(link);
  await page.getByLabel("Your name").fill("Joan Ortega");
  await page.getByLabel("Password").fill("a few unrelated words");
  await page.getByRole("button", { name: "Create account and join" }).click();
  await page.getByLabel("token", { exact: true }).waitFor();
  await page.close();
}

/** Where a browser is sent by an app that wants to be allowed; it ends on the consent page. */
async function consentPath(product: Product, slug: string): Promise<string> {
  const redirect = "http://127.0.0.1:9/callback";
  const answer = await register(product.origin, {
    client_name: "Cursor",
    redirect_uris: [redirect],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  });
  const { client_id } = (await answer.json()) as { client_id: string };
  const metadata = await fetch(`${product.origin}/.well-known/oauth-authorization-server/oauth`);
  const { authorization_endpoint } = (await metadata.json()) as { authorization_endpoint: string };
  const query = new URLSearchParams({
    client_id,
    redirect_uri: redirect,
    response_type: "code",
    code_challenge: randomBytes(32).toString("base64url"),
    code_challenge_method: "S256",
    state: "pages",
    resource: `${product.origin}/ws/${slug}/mcp`,
  });
  return pathOf(`${authorization_endpoint}?${query}`);
}

function pathOf(url: string | null | undefined): string {
  if (!url) throw new Error("A link is missing");
  const { pathname, search } = new URL(url, "http://127.0.0.1");
  return pathname + search;
}
