import { type ListKind, listAll } from "./list-all";
import { isAcceptableToolName } from "./tool-name";
import type { UpstreamSession } from "./upstream";

/** A tool as its upstream describes it. */
export interface ListedTool {
  name: string;
  /** Raw JSON text, so that fields unknown here survive. */
  definition: string;
}

const TOOLS: ListKind = {
  method: "tools/list",
  member: "tools",
  key: "name",
  accepts: isAcceptableToolName,
  optional: false,
};

/** All tools of an upstream, page by page, within the bounds of `listAll`. @throws UpstreamError as it does */
export async function listTools(
  session: UpstreamSession,
  deadlineMs: number,
  signal?: AbortSignal,
): Promise<ListedTool[]> {
  const items = await listAll(session, TOOLS, deadlineMs, signal);
  return items.map(({ key, definition }) => ({ name: key, definition }));
}
