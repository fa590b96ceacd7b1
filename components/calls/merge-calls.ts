import type { CallPage, CallView } from "@/lib/services/call/view";

/**
 * Puts a fresh first page over the rows seen so far, newest first. Rows of the page win, since a running call gets its
 * outcome later. Where the page does not reach down to what was seen, more calls came than fit in between: older rows
 * are dropped rather than shown with a hole.
 */
export function mergeCalls(seen: CallView[], page: CallView[]): CallView[] {
  const newestSeen = seen[0];
  const oldest = page.at(-1);
  if (!newestSeen || !oldest) return page;
  if (oldest.id > newestSeen.id) return page;
  return [...page, ...seen.filter((call) => call.id < oldest.id)];
}

/** The same for pages: the cursor stays at the end of what is shown. */
export function mergePages(seen: CallPage | undefined, page: CallPage): CallPage {
  if (!seen) return page;
  const calls = mergeCalls(seen.calls, page.calls);
  return { calls, nextCursor: calls.length > page.calls.length ? seen.nextCursor : page.nextCursor };
}
