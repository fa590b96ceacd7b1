import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeployedView, EgressPage, FunctionDetail } from "@/lib/services/function/view";
import type { Api } from "./api";
import { ROOT } from "./product";

/** The Slack template as a person would change it for an API of their own network. */
export function slackSource(port: number): string {
  const template = readFileSync(join(ROOT, "lib/functions/templates/slack.ts"), "utf8");
  const host = `hosts: [{ host: "127.0.0.1", http: true, ports: [${port}], private: true }]`;
  const changed = template
    .replace('hosts: ["slack.com"]', 'hosts: ["127.0.0.1"]')
    .replace("  secrets:", `  ${host},\n  secrets:`)
    .replace("https://slack.com/api/", `http://127.0.0.1:${port}/api/`);
  if (changed.split("127.0.0.1").length !== 4) throw new Error("The Slack template is not what this test knows");
  return changed;
}

/** A function that answers `greet`, tells how far `count` is, and never comes back from `spin`. */
export const SPIN = `import { defineServer } from "@aerostack/server";
import { z } from "zod";

export default defineServer({
  name: "spin",
  tools: (tool) => ({
    greet: tool({ description: "Greets", input: z.object({ name: z.string() }), run: ({ name }) => \`Hello, \${name}!\` }),
    count: tool({
      description: "Counts to three",
      run: async (_none, ctx) => {
        for (let done = 1; done <= 3; done++) {
          ctx.progress(done, 3);
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
        return "counted";
      },
    }),
    spin: tool({ description: "Never ends", run: () => { for (;;); } }),
  }),
});
`;

/** Functions of one workspace, by the management API. */
export class FunctionsApi {
  constructor(
    private readonly api: Api,
    private readonly workspace: string,
  ) {}

  async #ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.api.send(method, `/workspaces/${this.workspace}${path}`, body);
    if (answer.status >= 300) throw new Error(`${method} ${path} → ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }

  create = (slug: string, source: string) =>
    this.#ask<FunctionDetail>("POST", "/function-drafts", { slug, files: { "server.ts": source }, entry: "server.ts" });
  save = (slug: string, source: string) =>
    this.#ask<FunctionDetail>("PUT", `/functions/${slug}/source`, {
      files: { "server.ts": source },
      entry: "server.ts",
    });
  get = (slug: string) => this.#ask<FunctionDetail>("GET", `/functions/${slug}`);
  deploy = (slug: string) => this.#ask<DeployedView>("POST", `/functions/${slug}/deployments`, {});
  activate = (slug: string, deployment: string) =>
    this.#ask<DeployedView>("POST", `/functions/${slug}/deployments/${deployment}/activate`, {});
  setSecret = (slug: string, name: string, value: string) =>
    this.#ask<unknown>("PUT", `/servers/${slug}/secrets/${name}`, { value });
  egress = (slug: string) => this.#ask<EgressPage>("GET", `/functions/${slug}/egress`);
  logs = (slug: string) => this.#ask<unknown>("GET", `/functions/${slug}/logs`);

  /** Both steps at once. */
  async host(slug: string, source: string): Promise<DeployedView> {
    await this.create(slug, source);
    return this.deploy(slug);
  }
}
