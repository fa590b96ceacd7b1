import ipaddr from "ipaddr.js";
import { type Address, inRange, literalAddress } from "./allow-private";

type Range = [Address, number];

/**
 * One line of a list of allowed addresses in its one spelling: `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`. Null for what
 * is neither an address nor a range (names, ports, `127.1`). A range is cut to its first address.
 */
export function canonicalRange(line: string): string | null {
  const [text = "", bits, ...rest] = line.trim().toLowerCase().split("/");
  if (rest.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return null;
  const v4 = ipaddr.IPv4.isValidFourPartDecimal(text);
  if (!v4 && !(/^[0-9a-f:.]+$/.test(text) && ipaddr.IPv6.isValid(text))) return null;
  const full = v4 ? 32 : 128;
  const length = bits === undefined ? full : Number(bits);
  if (length > full) return null;
  const cidr = `${text}/${length}`;
  const base = (v4 ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(cidr).toString();
  return length === full ? (literalAddress(base)?.toString() ?? null) : `${base}/${length}`;
}

function rangeOf(line: string): Range | null {
  const [text = "", bits] = line.split("/");
  const parsed = ipaddr.isValid(text) ? ipaddr.parse(text) : null;
  if (!parsed) return null;
  const full = parsed.kind() === "ipv4" ? 32 : 128;
  const length = bits === undefined ? full : Number(bits);
  // Requests over IPv4 are told as IPv4, however the socket spells them, so ranges of mapped addresses are too.
  if (parsed.kind() === "ipv6" && (parsed as ipaddr.IPv6).isIPv4MappedAddress() && length >= 96)
    return [(parsed as ipaddr.IPv6).toIPv4Address(), length - 96];
  return [parsed, length];
}

const parsed = new WeakMap<readonly string[], Range[]>();

/** Whether requests from `ip` may come in. An empty list lets everybody in; a list with lines, nobody whose address is not known. */
export function allowsIp(list: readonly string[], ip: string | null): boolean {
  if (list.length === 0) return true;
  const address = ip === null ? null : literalAddress(ip.replace(/%.*$/, ""));
  if (!address) return false;
  const ranges = parsed.get(list) ?? list.map(rangeOf).filter((range) => range !== null);
  parsed.set(list, ranges);
  return ranges.some(([base, bits]) => base.kind() === address.kind() && inRange(address, base, bits));
}
