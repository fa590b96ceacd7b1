import { checkAddress, privateReason } from "./address-policy";
import { allowsHost, type Destination, literalAddress, type UrlPolicy } from "./allow-private";

export type UrlVerdict = { ok: true; url: URL; origin: string } | { ok: false; reason: string };

const MAX_LENGTH = 2_048;
/** Scheme, authority and rest, with nothing left to a parser's forgiveness. */
const SHAPE = /^(https?):\/\/([^/?#]+)(?:[/?#]|$)/i;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Names that mean something inside a network only. */
const LOCAL_SUFFIXES = [
  "localhost",
  "local",
  "localdomain",
  "internal",
  "intranet",
  "private",
  "corp",
  "lan",
  "home",
  "svc",
  "arpa",
];

const deny = (reason: string): UrlVerdict => ({ ok: false, reason });

/**
 * The one answer to "may this installation talk to that URL?", asked when a URL is saved and again before each request.
 * It decides on the host as parsed, and refuses spellings that parse to something other than what they show.
 * A name's addresses are checked at connect, where the runtime can see them (`checkAddress`).
 * @returns the URL without its fragment, or a reason for the person who typed it
 */
export function checkUrl(text: string, policy: UrlPolicy): UrlVerdict {
  if (text === "") return deny("Enter the server's URL.");
  if (text.length > MAX_LENGTH) return deny(`A URL has at most ${MAX_LENGTH} characters.`);
  if (/[\s\p{C}\\]/u.test(text))
    return deny("The URL holds a blank, a backslash or an invisible character. Remove it.");
  const authority = SHAPE.exec(text)?.[2];
  if (authority === undefined) return deny("The URL must start with https:// and a host name.");
  if (authority.includes("@"))
    return deny("Leave user name and password out of the URL. Send them as a header with a secret instead.");
  if (!URL.canParse(text)) return deny("This is not a valid URL. Check its host and port.");
  const url = new URL(text);
  url.hash = "";
  const to: Destination = { hostname: url.hostname, port: Number(url.port || (url.protocol === "https:" ? 443 : 80)) };
  if (to.port === 0) return deny("Port 0 cannot be called.");
  if (!spellsPlainly(authority, url.hostname))
    return deny("Write the host in its usual form, without encodings or unusual digits.");
  if (isOwn(to, policy.ownHosts)) return deny("This is the gateway's own address. It cannot be a server of itself.");
  const host = checkHost(to, policy);
  if (host) return deny(host);
  if (url.protocol === "http:" && !isAllowedPrivate(to, policy))
    return deny("Use https://. Secrets would cross the network in clear over http.");
  return { ok: true, url, origin: url.origin };
}

/** Whether the typed host reads as what it parses to. Unicode names pass where nothing in them is folded away. */
function spellsPlainly(authority: string, hostname: string): boolean {
  const host = authority.replace(/:\d*$/, "").toLowerCase();
  if (host === hostname) return true;
  if (host.startsWith("[")) return hostname.startsWith("[");
  const unicode = /[^\0-\x7f]/.test(host) && /^[\p{L}\p{M}\p{N}.-]+$/u.test(host);
  return unicode && host === host.normalize("NFKC") && literalAddress(hostname) === null;
}

function checkHost(to: Destination, policy: UrlPolicy): string | null {
  if (literalAddress(to.hostname)) {
    const verdict = checkAddress(to.hostname, to, policy);
    return verdict.ok ? null : verdict.reason;
  }
  const labels = to.hostname.split(".");
  if (to.hostname.length > 253 || !labels.every((label) => LABEL.test(label)))
    return "The host name is malformed. Check it for typing errors.";
  const local = labels.length === 1 || LOCAL_SUFFIXES.includes(labels.at(-1) ?? "");
  return local && !allowsHost(policy.allowPrivate, to) ? privateReason(to.hostname) : null;
}

/** Whether the operator allows this destination by name, or it is an allowed private address itself. */
function isAllowedPrivate(to: Destination, policy: UrlPolicy): boolean {
  if (allowsHost(policy.allowPrivate, to)) return true;
  // An address that passes only with the list is a private one that the list allows.
  return literalAddress(to.hostname) !== null && !checkAddress(to.hostname, to, { ...policy, allowPrivate: [] }).ok;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Whether the destination is this gateway. All spellings of loopback are one host. */
function isOwn(to: Destination, ownHosts: string[]): boolean {
  const same = (a: string, b: string) => a === b || (LOOPBACK.test(a) && LOOPBACK.test(b));
  return ownHosts.some((own) => {
    const match = /^(.*?)(?::(\d+))?$/.exec(own.trim().toLowerCase());
    const ports = match?.[2] ? [Number(match[2])] : [443, 80];
    return same(match?.[1] ?? "", to.hostname) && ports.includes(to.port);
  });
}
