import { expect, proves, test } from "./fixtures";

test(proves("oauth:metadata"), async ({ product, workspace }) => {
  const { origin } = product;
  const texts = await Promise.all(
    [
      "/.well-known/oauth-authorization-server/oauth",
      "/.well-known/openid-configuration/oauth",
      "/oauth/.well-known/openid-configuration",
    ].map(async (path) => (await fetch(origin + path)).text()),
  );
  expect(new Set(texts).size).toBe(1);
  expect(JSON.parse(texts[0] ?? "")).toMatchObject({
    issuer: `${origin}/oauth`,
    authorization_endpoint: `${origin}/oauth/authorize`,
    registration_endpoint: `${origin}/oauth/register`,
    revocation_endpoint: `${origin}/oauth/revoke`,
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: ["none"],
    scopes_supported: ["mcp", "offline_access"],
    client_id_metadata_document_supported: true,
    authorization_response_iss_parameter_supported: true,
  });

  const at = (slug: string) => fetch(`${origin}/.well-known/oauth-protected-resource/ws/${slug}/mcp`);
  const [real, other] = [await at(workspace.slug), await at("nobody-has-this")];
  expect(real.headers.get("access-control-allow-origin")).toBe("*");
  const text = await real.text();
  expect(JSON.parse(text)).toMatchObject({ resource: workspace.mcp, authorization_servers: [`${origin}/oauth`] });
  expect((await other.text()).replaceAll("nobody-has-this", workspace.slug), "slugs cannot be probed").toBe(text);

  for (const path of [
    "/.well-known/oauth-protected-resource",
    `/.well-known/oauth-protected-resource/ws/${workspace.slug}/sse`,
    "/.well-known/oauth-protected-resource/ws/admin/mcp",
    "/.well-known/oauth-authorization-server",
    "/.well-known/openid-configuration",
    `/.well-known/oauth-authorization-server/ws/${workspace.slug}/mcp`,
    "/.well-known",
    "/register",
  ])
    for (const method of ["GET", "HEAD", "OPTIONS", "POST"]) {
      const answer = await fetch(origin + path, { method, redirect: "manual" });
      expect(answer.status, `${method} ${path}`).toBe(404);
      expect(answer.headers.get("content-type"), `${method} ${path}`).toMatch(/^application\/json/);
    }
});
