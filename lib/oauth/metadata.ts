import { SCOPES } from "./configuration";

/** Members of oidc-provider's document about things that we do not have; OpenID's required ones stay, clients check them. */
const UNTRUE = ["acr_values_supported", "claims_parameter_supported", "claim_types_supported"];

/** Server metadata (RFC 8414) as it is true of us: one response mode, our scopes, and nothing of what is switched off. */
export async function describeServer(response: Response): Promise<Response> {
  if (response.status !== 200) return response;
  const document = (await response.json()) as Record<string, unknown>;
  for (const name of UNTRUE) delete document[name];
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  headers.set("access-control-allow-origin", "*");
  return Response.json(
    { ...document, scopes_supported: SCOPES.split(" "), response_modes_supported: ["query"] },
    { headers },
  );
}
