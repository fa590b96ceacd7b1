import type { HostRule, Policy, Verdict } from "../contract";
import { covers } from "./covers";

/** Methods that make a server send the request's headers back, or open a tunnel. */
const NEVER = new Set(["TRACE", "TRACK", "CONNECT"]);
const METHOD = /^[A-Z]{1,20}$/;

export type Destination = { ok: true; url: URL; rule: HostRule } | { ok: false; verdict: Verdict };

const refuse = (verdict: Verdict): Destination => ({ ok: false, verdict });

/** A host as it is compared: `slack.com.` is `slack.com`. */
const bare = (hostname: string) => hostname.replace(/\.$/, "");

/**
 * Whether the policy lets this method go to this URL. Decides on the URL as parsed, and hands on what it decided on.
 * @param upgrade whether the request asks for another protocol
 */
export function checkDestination(method: string, text: string, policy: Policy, upgrade: boolean): Destination {
  if (NEVER.has(method.toUpperCase()) || !METHOD.test(method)) return refuse("method_not_allowed");
  if (!URL.canParse(text)) return refuse("bad_request");
  const url = new URL(text);
  if (url.username !== "" || url.password !== "" || !/^https?:$/.test(url.protocol)) return refuse("bad_request");
  url.hash = "";
  url.hostname = bare(url.hostname);
  const rules = policy.hosts.filter((rule) => covers(rule.host, url.hostname));
  if (rules.length === 0) return refuse("host_not_allowed");
  if (upgrade) return refuse("websocket_not_allowed");
  const secure = url.protocol === "https:" ? rules : rules.filter((rule) => rule.http === true);
  if (secure.length === 0) return refuse("https_required");
  const standard = url.protocol === "https:" ? 443 : 80;
  const port = Number(url.port || standard);
  const rule = secure.find((one) => (one.ports ?? [standard]).includes(port));
  return rule ? { ok: true, url, rule } : refuse("port_not_allowed");
}
