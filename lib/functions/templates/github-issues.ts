import { defineServer, type ToolContext, ToolError } from "@aerostack/server";
import { z } from "zod";

const repository = {
  owner: z.string().regex(/^[\w.-]+$/),
  repo: z.string().regex(/^[\w.-]+$/),
};

interface Issue {
  number: number;
  title: string;
  state: string;
  html_url: string;
  pull_request?: object;
}

export default defineServer({
  name: "github",
  version: "1.0.0",
  secrets: { GITHUB_TOKEN: { hosts: ["api.github.com"] } },
  tools: (tool) => ({
    create_issue: tool({
      description: "Open an issue in a GitHub repository.",
      annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: true },
      input: z.object({
        ...repository,
        title: z.string().min(1).max(256),
        body: z.string().optional().describe("Markdown"),
        labels: z.array(z.string()).max(20).optional(),
      }),
      run: async ({ owner, repo, ...issue }, ctx) =>
        shown(await github<Issue>(ctx, `/repos/${owner}/${repo}/issues`, issue)),
    }),
    list_issues: tool({
      description: "List the issues of a GitHub repository, newest first.",
      annotations: { readOnlyHint: true },
      input: z.object({
        ...repository,
        state: z.enum(["open", "closed", "all"]).default("open"),
        page: z.int().min(1).default(1),
      }),
      run: async ({ owner, repo, state, page }, ctx) => {
        const found = await github<Issue[]>(
          ctx,
          `/repos/${owner}/${repo}/issues?state=${state}&page=${page}&per_page=50`,
        );
        return { issues: found.filter((issue) => !issue.pull_request).map(shown) };
      },
    }),
  }),
});

const shown = ({ number, title, state, html_url }: Issue) => ({ number, title, state, url: html_url });

async function github<T>(ctx: ToolContext<"GITHUB_TOKEN">, path: string, body?: object): Promise<T> {
  const response = await ctx.fetch(`https://api.github.com${path}`, {
    method: body ? "POST" : "GET",
    headers: {
      authorization: `Bearer ${ctx.secrets.GITHUB_TOKEN}`,
      accept: "application/vnd.github+json",
      "x-github-api-version": "2022-11-28",
      "user-agent": "aerostack",
    },
    body: body && JSON.stringify(body),
  });
  if (response.ok) return (await response.json()) as T;
  const { message } = (await response.json().catch(() => ({}))) as { message?: string };
  // GitHub answers 404 for what the token may not see, too.
  throw new ToolError(`GitHub answered ${response.status}: ${message ?? "no reason given"}`);
}
