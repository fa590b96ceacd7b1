import type { CallPage, CallView } from "@/lib/services/call/view";
import type { AddServerInput } from "@/lib/services/server/schemas";
import type { ServerDetail, ServerSaved } from "@/lib/services/server/view";
import type { NewTokenView, TokenView } from "@/lib/services/token/view";
import type { ToolView } from "@/lib/services/tool/view";
import type { WorkspaceView } from "@/lib/services/workspace/view";

/** An answer as it came, for tests of refusals. */
export interface ApiAnswer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** The management API as a script of the owner's would use it. */
export class Api {
  constructor(
    readonly origin: string,
    readonly key: string,
  ) {}

  /** Sends whatever the test wants; never throws for a status. */
  async send(method: string, path: string, body?: unknown): Promise<ApiAnswer> {
    const response = await fetch(`${this.origin}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: /^application\/json(;|$)/.test(response.headers.get("content-type") ?? "") ? JSON.parse(text) : text,
    };
  }

  async #ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.send(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path} → ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }

  createWorkspace = (input: { name: string; slug?: string }) => this.#ask<WorkspaceView>("POST", "/workspaces", input);
  addServer = (slug: string, input: AddServerInput) =>
    this.#ask<ServerSaved>("POST", `/workspaces/${slug}/servers`, input);
  getServer = (slug: string, server: string) => this.#ask<ServerDetail>("GET", `/workspaces/${slug}/servers/${server}`);
  setTool = (slug: string, server: string, tool: string, enabled: boolean) =>
    this.#ask<ToolView>("PUT", `/workspaces/${slug}/servers/${server}/tools/${encodeURIComponent(tool)}/enabled`, {
      enabled,
    });
  createToken = (slug: string, name: string) => this.#ask<NewTokenView>("POST", `/workspaces/${slug}/tokens`, { name });
  revokeToken = (slug: string, token: string) => this.#ask<TokenView>("DELETE", `/workspaces/${slug}/tokens/${token}`);
  listCalls = (slug: string, query: Record<string, string> = {}) =>
    this.#ask<CallPage>("GET", `/workspaces/${slug}/calls?${new URLSearchParams(query)}`);

  /** Every call of a workspace, newest first, page after page. */
  async allCalls(slug: string, query: Record<string, string> = {}): Promise<CallView[]> {
    const found: CallView[] = [];
    let cursor: string | null = null;
    do {
      const page: CallPage = await this.listCalls(slug, { ...query, limit: "200", ...(cursor && { cursor }) });
      found.push(...page.calls);
      cursor = page.nextCursor;
    } while (cursor);
    return found;
  }
}
