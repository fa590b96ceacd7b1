import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A starting point for a function. */
export interface Template {
  id: string;
  title: string;
  description: string;
}

/** In the order in which they are offered; the source of each is `<id>.ts` beside this file. */
export const TEMPLATES: readonly Template[] = [
  { id: "hello", title: "Hello", description: "One tool with typed input and output" },
  { id: "slack", title: "Slack", description: "Send messages and list channels with a bot token" },
  { id: "github-issues", title: "GitHub issues", description: "Open and list issues with a fine-grained token" },
  {
    id: "stripe-read-only",
    title: "Stripe, read only",
    description: "Customers, charges and balance with a restricted key",
  },
  { id: "http-json", title: "JSON API", description: "Call your own API with a key in a header" },
  {
    id: "postgres-http",
    title: "Postgres over HTTP",
    description: "Look at tables and select rows of a Neon database",
  },
  { id: "rss", title: "News feeds", description: "Read RSS and Atom feeds from a fixed list" },
  { id: "webhook", title: "Webhook", description: "Send events, with retries and progress" },
  { id: "calculator", title: "Calculator", description: "Pure code: no host, no secret" },
  {
    id: "openapi-weather",
    title: "From OpenAPI",
    description: "What an imported document becomes: a weather forecast",
  },
];

/** A template's source. @param root where our `lib` is */
export const templateSource = (root: string, id: string): string =>
  readFileSync(join(root, "lib/functions/templates", `${TEMPLATES.find((each) => each.id === id)?.id}.ts`), "utf8");
