import ipaddr from "ipaddr.js";
import {
  type Address,
  allowsAddress,
  allowsHost,
  type Destination,
  inRange,
  literalAddress,
  type UrlPolicy,
} from "./allow-private";

/** A refusal says what to do about it and names no address that a resolver gave. */
export type Verdict = { ok: true } | { ok: false; reason: string };

/** Where clouds answer questions about the machine, its credentials included. A range in the allow list never opens these. */
const METADATA = ["169.254.0.0/16", "100.100.100.200/32", "192.0.0.192/32", "fe80::/10", "fd00:ec2::/32"].map((range) =>
  ipaddr.parseCIDR(range),
);
/** All of the IPv6 internet; what lies outside is local, reserved, or carries an IPv4 address inside. */
const GLOBAL_V6 = ipaddr.parseCIDR("2000::/3");

const within = (address: Address, [base, bits]: [Address, number]) =>
  base.kind() === address.kind() && inRange(address, base, bits);

/** Whether an address belongs to the public internet, by the registries and by the gaps that `ipaddr.js` leaves. */
const isPublic = (address: Address): boolean =>
  address.range() === "unicast" && (address.kind() === "ipv4" || within(address, GLOBAL_V6));

/** The words for a private address; they name the operator's two switches. */
export const privateReason = (hostname: string): string =>
  `${hostname} is on a private network. Where that is meant, the operator allows it in AEROSTACK_ALLOW_PRIVATE_UPSTREAMS or on the Instance page.`;

/**
 * Whether a connection to `ip` may be made for `to`: public addresses, and private ones that the operator allows by
 * the host's name, by address or by range. Called for each address a name has and again for the connected peer.
 * @param ip an address as a resolver or a socket spells it
 */
export function checkAddress(ip: string, to: Destination, policy: UrlPolicy): Verdict {
  const address = literalAddress(ip.replace(/%.*$/, ""));
  if (!address) return { ok: false, reason: `${to.hostname} has no usable address.` };
  if (isPublic(address)) return { ok: true };
  const never = ["unspecified", "broadcast", "multicast"].includes(address.range());
  const metadata = METADATA.some((range) => within(address, range));
  const allowed =
    !never &&
    (metadata
      ? allowsAddress(policy.allowPrivate, address, to.port, true)
      : allowsHost(policy.allowPrivate, to) || allowsAddress(policy.allowPrivate, address, to.port));
  return allowed ? { ok: true } : { ok: false, reason: privateReason(to.hostname) };
}
