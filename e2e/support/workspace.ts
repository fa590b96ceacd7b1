import { randomBytes } from "node:crypto";
import type { AddServerInput } from "@/lib/services/server/schemas";
import type { NewTokenView } from "@/lib/services/token/view";
import type { Api } from "./api";
import type { Product } from "./product";
import type { SecretUpstream } from "./secret-upstream";

/** A workspace that one test minted for itself, with a member and their token. */
export interface Workspace {
  slug: string;
  api: Api;
  /** The member who calls. */
  member: string;
  token: string;
  tokenId: string;
  /** The two gateway URLs; `mcp` for Streamable HTTP by name, `sse` for everything. */
  sse: string;
  mcp: string;
  add(slug: string, url: string, more?: Partial<AddServerInput>): Promise<void>;
  /** Adds an upstream that demands a secret, and sets that secret. */
  addSecret(slug: string, upstream: SecretUpstream): Promise<void>;
  issue(name: string): Promise<NewTokenView>;
}

/** A value that occurs nowhere else, so that finding it anywhere is a leak. */
export const mintSecret = (): string => `sk-e2e-${randomBytes(12).toString("hex")}`;

export async function mintWorkspace(api: Api, product: Product): Promise<Workspace> {
  const slug = `t${randomBytes(5).toString("hex")}`;
  await api.createWorkspace({ name: `Team ${slug}`, slug });
  const member = `Alice ${slug}`;
  const { token, id } = await api.createToken(slug, member);
  const add: Workspace["add"] = async (server, url, more = {}) => {
    await api.addServer(slug, { slug: server, url, ...more });
  };
  return {
    slug,
    api,
    member,
    token,
    tokenId: id,
    sse: `${product.origin}/ws/${slug}/sse`,
    mcp: `${product.origin}/ws/${slug}/mcp`,
    add,
    addSecret: (server, upstream) =>
      add(server, upstream.url, {
        headers: [{ name: "Authorization", template: "Bearer {{API_KEY}}" }],
        secrets: { API_KEY: upstream.secret },
      }),
    issue: (name) => api.createToken(slug, name),
  };
}
