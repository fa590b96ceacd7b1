import ipaddr from "ipaddr.js";

/** What decides where the gateway may connect; the operator's and the product's part of it. */
export interface UrlPolicy {
  /** Hosts on private networks that the operator allows: host names, IPs and CIDRs, each optionally with `:port`. */
  allowPrivate: string[];
  /** `host` or `host:port` under which this gateway itself is reached; calling those would be a loop. */
  ownHosts: string[];
}

/** Where a connection goes, as the parsed URL says it. */
export interface Destination {
  /** As `URL.hostname` spells it; IPv6 in brackets. */
  hostname: string;
  port: number;
}

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** The address that a host name spells, mapped IPv4 unfolded; null for a name. */
export function literalAddress(hostname: string): Address | null {
  const bare = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}

interface Entry {
  host: string;
  port: number | null;
  range: [Address, number] | null;
}

/** Reads `host`, `host:port`, `1.2.3.4:80`, `[::1]:80`, `::1`, `10.0.0.0/8` and `10.0.0.0/8:80`. */
function parseEntry(entry: string): Entry {
  const text = entry.trim().toLowerCase();
  const bareV6 = !text.startsWith("[") && text.split(":").length > 2;
  const match = bareV6 ? null : /^(.*?)(?::(\d{1,5}))?$/.exec(text);
  const host = (match?.[1] ?? text).replace(/^\[(.*)\]$/, "$1");
  const port = match?.[2] ? Number(match[2]) : null;
  const [base = "", bits] = host.split("/");
  const address = literalAddress(base);
  const full = address?.kind() === "ipv4" ? 32 : 128;
  const length = bits === undefined ? full : Number(bits);
  const valid = address !== null && Number.isInteger(length) && length >= 0 && length <= full;
  return { host, port, range: valid ? [address, length] : null };
}

const parsed = new WeakMap<string[], Entry[]>();

function entriesOf(list: string[]): Entry[] {
  const known = parsed.get(list) ?? list.map(parseEntry);
  parsed.set(list, known);
  return known;
}

/** Whether the list names this very host (a name, or a single address spelled out in the URL). */
export function allowsHost(list: string[], to: Destination): boolean {
  const host = to.hostname.replace(/^\[(.*)\]$/, "$1");
  return entriesOf(list).some((entry) => entry.host === host && (entry.port === null || entry.port === to.port));
}

/** Whether the list holds this address, alone or in a range. `exactly`: alone only. */
export function allowsAddress(list: string[], address: Address, port: number, exactly = false): boolean {
  return entriesOf(list).some(({ range, port: only }) => {
    if (!range || (only !== null && only !== port)) return false;
    const [base, bits] = range;
    if (base.kind() !== address.kind()) return false;
    return exactly
      ? bits === (base.kind() === "ipv4" ? 32 : 128) && base.toString() === address.toString()
      : inRange(address, base, bits);
  });
}

/** Whether the first `bits` bits of both addresses, which are of one kind, are equal. */
export function inRange(address: Address, base: Address, bits: number): boolean {
  const [a, b] = [address.toByteArray(), base.toByteArray()];
  return a.every((byte, i) => {
    const shift = Math.min(8, Math.max(0, (i + 1) * 8 - bits));
    return byte >> shift === (b[i] ?? 0) >> shift;
  });
}
