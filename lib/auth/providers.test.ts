import { expect, test } from "vitest";
import { readEnv } from "@/lib/env";
import { authProviders, primaryAddress, providerButtons } from "./providers";

const set = (name: string) => ({
  [`AEROSTACK_${name}_CLIENT_ID`]: "id",
  [`AEROSTACK_${name}_CLIENT_SECRET`]: "secret",
});
const { signIn } = readEnv({
  ...set("OIDC"),
  ...set("GOOGLE"),
  ...set("GITHUB"),
  AEROSTACK_OIDC_ISSUER: "https://id.example.test/",
  AEROSTACK_OIDC_NAME: "Acme",
});

test("a button for each configured provider, and none without", () => {
  expect(providerButtons(signIn)).toEqual([
    { id: "oidc", name: "Acme" },
    { id: "google", name: "Google" },
    { id: "github", name: "GitHub" },
  ]);
  expect(providerButtons(readEnv({}).signIn)).toEqual([]);
});

test("every check that a provider can do is on", () => {
  const checks = authProviders(signIn).map((provider) => {
    const { options, ...own } = provider as { id: string; checks?: string[]; options?: { checks?: string[] } };
    return [own.id, options?.checks ?? own.checks];
  });
  expect(checks).toEqual([
    ["oidc", ["pkce", "state", "nonce"]],
    ["google", ["pkce", "state", "nonce"]],
    ["github", ["pkce", "state"]],
  ]);
});

test("GitHub vouches for the primary address if it is verified, and for none else", () => {
  const mine = { email: "ana@acme.test", primary: true, verified: true };
  expect(primaryAddress([{ ...mine, primary: false, email: "b@c.test" }, mine])).toBe("ana@acme.test");
  expect(
    primaryAddress([
      { ...mine, verified: false },
      { ...mine, primary: false },
    ]),
  ).toBeUndefined();
  expect(primaryAddress({ message: "Requires authentication" })).toBeUndefined();
});
