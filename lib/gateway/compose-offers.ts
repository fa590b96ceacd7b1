import { exposeName } from "@/lib/mcp/tool-name";
import type { Offers } from "./offers";
import type { Principal, UpstreamServer } from "./ports";
import type { View } from "./scope";
import { type OfferKind, showOffer } from "./show-offer";
import { exposeUri } from "./uris";

/** One entry of a composed list. */
interface Exposed {
  exposed: string;
  server: UpstreamServer;
  /** The upstream's own name, URI or template. */
  key: string;
  definition: string;
}

type Whose = Pick<Principal, "memberId" | "toolScope">;

/** What is known of one kind of offer of all servers that a member sees, by exposed name or URI, in its order. */
export function exposedOffers(
  offers: Offers,
  view: Pick<View, "workspace" | "only">,
  whose: Whose,
  kind: OfferKind,
): Exposed[] {
  const entries = offers.serversOf(view, whose).flatMap((server) => {
    const listed = offers.of(server, whose.memberId)?.[kind] ?? [];
    return listed.map(({ key, definition }) => ({
      exposed: exposedKey(view, server, kind, key),
      server,
      key,
      definition,
    }));
  });
  const owners = new Map<string, number>();
  for (const { exposed } of entries) owners.set(exposed, (owners.get(exposed) ?? 0) + 1);
  const byName = new Map<string, Exposed>();
  for (const entry of entries) {
    // Two servers with one `ui://` address: neither may be taken for the other, so both go by their server's name.
    const isShared = kind !== "prompts" && (owners.get(entry.exposed) ?? 0) > 1;
    const exposed = isShared ? `${entry.server.slug}+${entry.key}` : entry.exposed;
    if (!byName.has(exposed)) byName.set(exposed, { ...entry, exposed });
  }
  return [...byName.values()].sort((a, b) => (a.exposed < b.exposed ? -1 : 1));
}

/** JSON text of one list's array, as a client of this era takes it. */
export function listOffers(offers: Offers, view: View, whose: Whose, kind: OfferKind): string {
  const texts = exposedOffers(offers, view, whose, kind).flatMap(
    ({ definition, exposed }) => showOffer(kind, definition, exposed, view.era) ?? [],
  );
  return `[${texts.join(",")}]`;
}

function exposedKey(
  view: Pick<View, "workspace" | "only">,
  server: UpstreamServer,
  kind: OfferKind,
  key: string,
): string {
  if (kind !== "prompts") return exposeUri(view, server, key);
  return view.only ? key : exposeName(server.slug, key, view.workspace.nameLength);
}
