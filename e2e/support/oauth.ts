import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { OAuthClientProvider } from "@modelcontextprotocol/sdk/client/auth.js";
import type {
  OAuthClientInformationMixed,
  OAuthClientMetadata,
  OAuthTokens,
} from "@modelcontextprotocol/sdk/shared/auth.js";
import { expect, type Page } from "playwright/test";
import { shot } from "./browser";
import { OWNER } from "./product";

/** Where a client waits for its answer, as a program on the person's computer does. */
export interface Callback {
  url: string;
  /** The parameters that the browser brought. */
  answer: Promise<URLSearchParams>;
  close(): Promise<void>;
}

export async function startCallback(): Promise<Callback> {
  let arrived: (answer: URLSearchParams) => void = () => undefined;
  const answer = new Promise<URLSearchParams>((resolve) => {
    arrived = resolve;
  });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    response.end("You can close this window.");
    if (url.pathname === "/callback") arrived(url.searchParams);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`,
    answer,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** What the official SDK asks of an application that signs in by OAuth; all of it in memory. */
export class ClientMemory implements OAuthClientProvider {
  /** Where the SDK wants the browser to go. */
  authorizationUrl: URL | null = null;
  #information: OAuthClientInformationMixed | undefined;
  #tokens: OAuthTokens | undefined;
  #verifier = "";

  constructor(
    readonly redirectUrl: string,
    private readonly name = "E2E client",
  ) {}

  get clientMetadata(): OAuthClientMetadata {
    return {
      client_name: this.name,
      redirect_uris: [this.redirectUrl],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    };
  }
  state = () => "e2e-state";
  clientInformation = () => this.#information;
  saveClientInformation(information: OAuthClientInformationMixed) {
    this.#information = information;
  }
  tokens = () => this.#tokens;
  saveTokens(tokens: OAuthTokens) {
    this.#tokens = tokens;
  }
  redirectToAuthorization(url: URL) {
    this.authorizationUrl = url;
  }
  saveCodeVerifier(verifier: string) {
    this.#verifier = verifier;
  }
  codeVerifier = () => this.#verifier;
}

/**
 * What the person does: follows the client's link, signs in where asked, looks, and answers. Resolves when the answer
 * is given; where the browser lands is the client's business.
 */
export async function answerConsent(
  page: Page,
  url: string,
  says: "Allow" | "Deny" = "Allow",
  name?: string,
): Promise<void> {
  await page.goto(url);
  if (new URL(page.url()).pathname === "/sign-in") {
    await page.getByLabel("E-mail").fill(OWNER.email);
    await page.getByLabel("Password").fill(OWNER.password);
    await page.getByRole("button", { name: "Sign in" }).click();
  }
  await page.waitForURL(/\/consent\//);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("use your tools?");
  if (name) await shot(page, name);
  await page.getByRole("button", { name: says, exact: true }).click();
}

/** Registers a client as programs do. */
export async function register(origin: string, metadata: Record<string, unknown>): Promise<Response> {
  return fetch(`${origin}/oauth/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(metadata),
  });
}
