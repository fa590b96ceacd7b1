import { defineServer, ToolError } from "@aerostack/server";
import { z } from "zod";

/** The feeds that may be read. */
const FEEDS = {
  node: "https://nodejs.org/en/feed/blog.xml",
  postgres: "https://www.postgresql.org/news.rss",
} as const;

export default defineServer({
  name: "news",
  version: "1.0.0",
  hosts: ["nodejs.org", "www.postgresql.org"],
  tools: (tool) => ({
    read_feed: tool({
      description: "The latest entries of a feed.",
      annotations: { readOnlyHint: true, openWorldHint: true },
      input: z.object({ feed: z.enum(["node", "postgres"]), limit: z.int().min(1).max(50).default(10) }),
      output: z.object({ entries: z.array(z.object({ title: z.string(), link: z.string(), published: z.string() })) }),
      run: async ({ feed, limit }, ctx) => {
        const response = await ctx.fetch(FEEDS[feed]);
        if (!response.ok) throw new ToolError(`The feed answered ${response.status}.`);
        return { entries: entriesOf(await response.text()).slice(0, limit) };
      },
    }),
  }),
});

/** RSS and Atom, as far as a list of news needs them. */
function entriesOf(xml: string) {
  return [...xml.matchAll(/<(item|entry)[\s>]([\s\S]*?)<\/\1>/g)].map(([, , entry = ""]) => ({
    title: inside(entry, "title"),
    link: inside(entry, "link") || (/<link[^>]*\bhref="([^"]*)"/.exec(entry)?.[1] ?? ""),
    published: inside(entry, "pubDate") || inside(entry, "published") || inside(entry, "updated"),
  }));
}

function inside(xml: string, tag: string): string {
  const found = new RegExp(`<${tag}(?:\\s[^>]*)?>([\\s\\S]*?)</${tag}>`).exec(xml)?.[1] ?? "";
  const marks: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return found
    .replace(/^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/, "$1")
    .replace(/&(lt|gt|quot|apos|amp);/g, (whole, name: string) => marks[name] ?? whole)
    .trim();
}
