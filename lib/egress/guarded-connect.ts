import type { LookupAddress } from "node:dns";
import { lookup as systemLookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { LIMITS } from "@/lib/limits";
import { checkAddress } from "@/lib/mcp/address-policy";
import { type Destination, literalAddress, type UrlPolicy } from "@/lib/mcp/allow-private";
import { UpstreamError } from "@/lib/mcp/transport";

/** All addresses of a name. Tests bring their own answers. */
export type Resolver = (hostname: string) => Promise<LookupAddress[]>;

/** What the machine itself would connect to (hosts file included). */
export const systemResolver: Resolver = (hostname) =>
  new Promise((resolve, reject) =>
    systemLookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses))),
  );

/**
 * Opens sockets for one origin, and only to addresses that the policy allows: a literal is checked before, of a name
 * every address (one bad one refuses the whole name, since a rebinding attack mixes them), and the connected peer once
 * more. What was checked is what is dialled: the socket gets the addresses, not the name.
 */
export function guardedConnect(origin: URL, policy: () => UrlPolicy, resolve: Resolver): buildConnector.connector {
  const to: Destination = {
    hostname: origin.hostname,
    port: Number(origin.port || (origin.protocol === "https:" ? 443 : 80)),
  };
  const refusal = (address: string): UpstreamError | null => {
    const verdict = checkAddress(address, to, policy());
    return verdict.ok ? null : new UpstreamError("refused_address", verdict.reason);
  };
  const lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        const denied = addresses.map((each) => refusal(each.address)).find((error) => error !== null);
        if (denied || !first)
          callback(denied ?? new UpstreamError("unreachable", "The server's host name has no address"), "");
        else if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error) => callback(error, ""),
    );
  };
  const connect = buildConnector({ timeout: LIMITS.connectMs, lookup, autoSelectFamily: true });
  return (options, callback) => {
    const denied = literalAddress(to.hostname) ? refusal(to.hostname) : null;
    if (denied) return callback(denied, null);
    connect(options, (...[error, socket]) => {
      if (error) return callback(error, null);
      const wrong = refusal(socket.remoteAddress ?? "");
      if (!wrong) return callback(null, socket);
      socket.destroy();
      callback(wrong, null);
    });
  };
}
