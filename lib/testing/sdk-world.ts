import { createUndiciTransport } from "@/lib/egress/undici-transport";
import type { GatewayPorts, UpstreamServer } from "@/lib/gateway/ports";
import { gatewayWorld, type World } from "./gateway-world";

/** A gateway in front of real servers, by slug. Nothing is known of them before. */
export async function worldOf(
  servers: { slug: string; url: string; transport?: "streamable-http" | "sse" }[],
  more: Partial<GatewayPorts> = {},
): Promise<World> {
  const transport = createUndiciTransport(() => ({ allowPrivate: ["127.0.0.1"], ownHosts: [] }));
  const world = await gatewayWorld(transport, [], null, more);
  const [template] = world.snapshot.servers;
  if (!template) throw new Error("the world has no server");
  world.snapshot.servers = servers.map(
    ({ slug, url, transport: kind = "streamable-http" }): UpstreamServer => ({
      ...template,
      id: `srv_${slug}`,
      slug,
      url,
      transport: kind,
      headers: [],
      secrets: [],
      tools: [],
    }),
  );
  return world;
}
