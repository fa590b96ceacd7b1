import type { ListingView } from "@/lib/services/listing/view";

/** Something to start with, and how far getting it is. */
export interface Pick {
  /** Slug of the listing, or `hello` for the function that comes with the product. */
  id: string;
  name: string;
  description: string;
  icon: string | null;
  kind: "listing" | "function";
  state: "idle" | "working" | "done" | "failed";
  /** Tools that came with it. */
  tools: number;
  /** Why it failed, in words for an admin. */
  message: string | null;
  /** Its server, once it is there. */
  server: string | null;
}

export const HELLO: Pick = {
  id: "hello",
  name: "Hello, a function of your own",
  description: "A few lines of TypeScript that run right here. It works without any network.",
  icon: null,
  kind: "function",
  state: "idle",
  tools: 0,
  message: null,
  server: null,
};

export function pickOf({ slug, name, description, icon, installed, toolCount }: ListingView): Pick {
  const [server] = installed;
  return {
    id: slug,
    name,
    description,
    icon,
    kind: "listing",
    state: server ? "done" : "idle",
    tools: toolCount ?? 0,
    message: null,
    server: server?.slug ?? null,
  };
}
