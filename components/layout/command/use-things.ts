import { useQuery } from "@tanstack/react-query";
import { allows } from "@/lib/access/permissions";
import { paths } from "@/lib/paths";

/** Something of a workspace that the palette leads to. */
export interface Thing {
  kind: "server" | "tool" | "member" | "listing";
  id: string;
  title: string;
  hint: string;
  href: string;
}

/** Shown of each kind at most; who has more types another letter. */
const MOST = 8;
const FRESH_MS = 30_000;

async function read<T>(path: string, signal: AbortSignal): Promise<Partial<T>> {
  const response = await fetch(`/api/v1/${path}`, {
    signal,
    headers: { accept: "application/json" },
  });
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  return response.json();
}

interface Servers {
  servers: { slug: string; name: string }[];
}
interface Tools {
  tools: { name: string; qualifiedName: string; title: string | null; server: { slug: string; name: string } }[];
}
interface Members {
  members: { id: string; name: string; email: string | null }[];
}
interface Listings {
  listings: { slug: string; name: string; description: string }[];
}

/**
 * Servers, tools, members and Hub listings that fit `search`, as far as the reader's role may see them: the same API as the
 * pages decides that. Asked for only while the palette is open.
 */
export function useThings(slug: string | null, role: string, open: boolean, search: string) {
  const from = <T>(path: string, may: boolean) => ({
    queryKey: ["palette", slug, path],
    queryFn: ({ signal }: { signal: AbortSignal }) => read<T>(path, signal),
    enabled: open && slug !== null && may,
    staleTime: FRESH_MS,
    retry: false,
  });
  const base = `workspaces/${encodeURIComponent(slug ?? "")}`;
  const servers = useQuery(from<Servers>(`${base}/servers`, allows(role, "server.read")));
  const tools = useQuery(from<Tools>(`${base}/tools`, allows(role, "server.read")));
  const members = useQuery(from<Members>(`${base}/members`, allows(role, "member.read")));
  const listings = useQuery(from<Listings>("hub/listings", allows(role, "server.read")));

  const wanted = search.trim().toLowerCase();
  if (slug === null || wanted === "") return { things: [], failed: false, loading: false };
  const all: Thing[] = [
    ...(servers.data?.servers ?? []).map(
      (server): Thing => ({
        kind: "server",
        id: server.slug,
        title: server.name,
        hint: server.slug,
        href: paths.server(slug, server.slug),
      }),
    ),
    ...(tools.data?.tools ?? []).map(
      (tool): Thing => ({
        kind: "tool",
        id: tool.qualifiedName,
        title: tool.qualifiedName,
        hint: tool.title ?? tool.server.name,
        href: `${paths.tools(slug)}?tool=${encodeURIComponent(tool.qualifiedName)}`,
      }),
    ),
    ...(members.data?.members ?? []).map(
      (member): Thing => ({
        kind: "member",
        id: member.id,
        title: member.name,
        hint: member.email ?? "",
        href: paths.member(slug, member.id),
      }),
    ),
    ...(listings.data?.listings ?? []).map(
      (listing): Thing => ({
        kind: "listing",
        id: listing.slug,
        title: listing.name,
        hint: listing.description,
        href: paths.listing(slug, listing.slug),
      }),
    ),
  ];
  const queries = [servers, tools, members, listings];
  return {
    things: firstOfEachKind(all.filter((thing) => `${thing.title} ${thing.hint}`.toLowerCase().includes(wanted))),
    failed: queries.some((query) => query.isError),
    loading: queries.some((query) => query.isLoading),
  };
}

function firstOfEachKind(things: Thing[]): Thing[] {
  const seen = new Map<string, number>();
  return things.filter(({ kind }) => {
    const count = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, count);
    return count <= MOST;
  });
}
