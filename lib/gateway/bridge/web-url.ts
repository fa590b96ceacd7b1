import { RPC } from "@/lib/mcp/protocol";
import { readInputRequired } from "./input-required";

/** Whether a page that a person is asked to open is one: `javascript:`, `file:` and the like open nothing good. */
export function isWebUrl(value: unknown): boolean {
  if (typeof value !== "string") return false;
  return URL.canParse(value) && ["http:", "https:"].includes(new URL(value).protocol);
}

const opens = (params: unknown): boolean => {
  const { mode, url } = (typeof params === "object" && params !== null ? params : {}) as Record<string, unknown>;
  return mode !== "url" || isWebUrl(url);
};

/** Whether an `input_required` result asks the user to open what is no web page. */
export const asksToOpenOther = (result: string): boolean =>
  result.includes('"url"') &&
  (readInputRequired(result)?.requests ?? []).some(
    ({ request: { method, params } }) => method === "elicitation/create" && !opens(JSON.parse(params ?? "{}")),
  );

/** The same of an older server's error (2025-11-25, `URLElicitationRequiredError`). */
export function errorOpensOther(error: string): boolean {
  if (!error.includes(String(RPC.urlElicitationRequired))) return false;
  const { code, data } = JSON.parse(error) as { code?: unknown; data?: { elicitations?: unknown } | null };
  const asked = data?.elicitations;
  return code === RPC.urlElicitationRequired && Array.isArray(asked) && !asked.every(opens);
}
