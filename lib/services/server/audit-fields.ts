import type { HeaderTemplate } from "@/db/schema/servers";
import { neededSecrets } from "./needed-secrets";

/** A URL as audit rows hold it: without query and fragment, where credentials hide. */
export function safeUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** Headers as audit rows hold them: names, and which secrets they use; never the text of a template. */
export const safeHeaders = (headers: HeaderTemplate[]): { name: string; secrets: string[] }[] =>
  headers.map((header) => ({ name: header.name, secrets: neededSecrets([header]) }));
