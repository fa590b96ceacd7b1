import ipaddr from "ipaddr.js";

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

/** Whether the text is an entry that the URL policy understands: host name, IP address or CIDR, each with `:port` if wanted. Lower case. */
export function isAllowEntry(entry: string): boolean {
  const host = ipaddr.isValid(entry) ? entry : entry.replace(/:(\d{1,5})$/, "");
  const port = entry.slice(host.length + 1);
  if (port !== "" && (Number(port) < 1 || Number(port) > 65_535)) return false;
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  if (ipaddr.isValidCIDR(bare) || ipaddr.IPv4.isValidFourPartDecimal(bare) || ipaddr.IPv6.isValid(bare)) return true;
  return HOST_NAME.test(bare) && !/^[\d.]+$/.test(bare);
}
