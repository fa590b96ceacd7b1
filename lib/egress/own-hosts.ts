import { hostname, networkInterfaces } from "node:os";

/** Every `host:port` by which this server can be reached; an upstream there would be the gateway calling itself. */
export function ownHosts(publicUrl: string | null, port: number): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const names = addresses.map(({ address, family }) => (family === "IPv6" ? `[${address.split("%")[0]}]` : address));
  const local = new Set(["localhost", hostname().toLowerCase(), "127.0.0.1", "[::1]", ...names]);
  return [...(publicUrl ? [new URL(publicUrl).host] : []), ...[...local].map((name) => `${name}:${port}`)];
}

/** Origin under which people on this machine reach the server; where it listens everywhere, by the loopback name. */
export function localOrigin(host: string, port: number): string {
  const everywhere = host === "0.0.0.0" || host === "::";
  const name = everywhere ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
