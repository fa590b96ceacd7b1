import { expect, test } from "vitest";
import { applyClientPolicy, cleanName, registrationOf } from "./client-policy";

test("a registration keeps what is used and is always a public client", () => {
  const asked = {
    client_name: " Cursor\u202e\u0000 ",
    redirect_uris: ["cursor://x/cb"],
    grant_types: ["client_credentials", "refresh_token"],
    token_endpoint_auth_method: "client_secret_post",
    scope: "admin",
    logo_uri: "https://a.test/x.png",
    client_secret: "x",
  };
  expect(registrationOf(asked)).toEqual({
    client_name: "Cursor",
    redirect_uris: ["cursor://x/cb"],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  });
  for (const odd of [null, 1, "x", []]) expect(registrationOf(odd)).toMatchObject({ redirect_uris: [] });
});

test("the application type follows from where the client is sent back", () => {
  const type = (...redirect_uris: string[]) => {
    const metadata = { redirect_uris, application_type: "web", scope: "x" };
    applyClientPolicy(metadata);
    expect("scope" in metadata).toBe(false);
    return metadata.application_type;
  };
  expect(type("https://a.test/cb")).toBe("web");
  expect(type("https://vscode.dev/redirect", "http://127.0.0.1:33418")).toBe("native");
  expect(type("cursor://x/cb")).toBe("native");
});

test.each([
  [undefined],
  [[]],
  [["javascript:alert(1)"]],
  [["http://evil.example/cb"]],
  [[1]],
  [Array(21).fill("https://a.test/")],
])("redirect_uris %j are refused", (redirect_uris) =>
  expect(() => applyClientPolicy({ redirect_uris })).toThrow("invalid_redirect_uri"),
);

test("names come out plain", () => {
  expect(cleanName("<script>alert(1)</script>")).toBe("<script>alert(1)</script>"); // escaped where it is shown
  expect(cleanName("a\n\tb\u200b")).toBe("a b");
  expect(cleanName("x".repeat(500))).toHaveLength(80);
  for (const odd of [undefined, 1, "", " \u200b "]) expect(cleanName(odd)).toBeNull();
});
