import type { MasterKeys } from "@/lib/crypto/master-keys";
import type { CryptoPort } from "@/lib/crypto/port";
import type { Log } from "@/lib/log";
import type { Era } from "@/lib/mcp/protocol";
import type { ClientReply, ServerRequest } from "@/lib/mcp/upstream";
import type { Asks } from "./asks";
import type { Holds } from "./bridge/holds";
import type { CallLog } from "./call-log";
import type { Clients } from "./clients";
import type { Mailbox } from "./mailbox";
import type { Offers } from "./offers";
import type { KeptResults, Principal, UpstreamServer, WorkspaceSnapshot } from "./ports";
import type { Session } from "./session";
import type { Toolsets } from "./toolsets";
import type { UpstreamPool } from "./upstream-pool";
import type { Uses } from "./uses";

/** The long-lived parts of one gateway, shared by its requests. */
export interface Engine {
  calls: CallLog;
  pool: UpstreamPool;
  toolsets: Toolsets;
  inFlight: Map<string, AbortController>;
  keys: MasterKeys;
  now(): number;
  crypto: CryptoPort;
  uses: Uses;
  log: Log;
  /** What older clients want by session, on every node: log level, resource subscriptions. */
  clients: Clients;
  /** Messages to and from other nodes. */
  mailbox: Mailbox;
  /** Questions to older clients that wait for their answer; `Scope.ask` is how a request asks. */
  asks: Asks;
  /** Lists of prompts, resources and resource templates of all servers (room B). See `OfferNews` for what streams need of it. */
  offers: Offers;
  /** Calls of older servers that wait for what their modern clients were asked. */
  holds: Holds;
  keptResults: KeptResults;
  /** Keeps the process alive for work that follows the answer. */
  defer(work: Promise<unknown>): void;
}

/** A server's lists besides tools, as streams and watches use them; `Offers` implements it. */
export interface OfferNews {
  /**
   * Texts that differ whenever the list of prompts, or of resources and templates, differs for this member; from what is
   * known now, asking nobody. Null: not read yet, so nothing can be compared.
   */
  marks(view: View, principal: Principal): { prompts: string | null; resources: string | null };
  /** Reads what is not known yet of this view's servers. Never rejects. */
  freshen(view: View, principal: Principal): Promise<void>;
  /** What is known of one server's lists is out of date: reads them anew where they were read before. Never rejects. */
  refresh(server: UpstreamServer, workspace: WorkspaceSnapshot, memberId: string): Promise<void>;
  /** Whose resource an exposed URI names, and what that server calls it. Null: nobody's. */
  ownerOf(view: View, exposed: string): { server: UpstreamServer; uri: string } | null;
}

/** What a client looks at: a whole workspace, or on a single-server endpoint one of its servers, under the server's own names. */
export interface View {
  workspace: WorkspaceSnapshot;
  /** Null: all servers, composed. */
  only: UpstreamServer | null;
  /** Whose rules the client's lists must follow. */
  era: Era;
}

/** One request: who asks, for which workspace, how to reach them meanwhile. */
export interface Scope extends View {
  principal: Principal;
  /** Null for modern clients and for those of an older revision that began none. */
  session: Session | null;
  /** Name and version of the client as it says itself, at its session's begin or with this request. */
  clientName: string | null;
  clientVersion: string | null;
  /** What the client declared, in `initialize` or with this request; empty where it declared nothing. */
  capabilities: Record<string, unknown>;
  /** Least severe log messages that the client wants; null: of a modern client none, of an older one whatever comes. */
  logLevel: string | null;
  /** `Mcp-Param-…` headers of a modern client, lower-case names, checked against the arguments. */
  paramHeaders: Record<string, string>;
  /** Where clients reach this gateway, e.g. `https://gateway.example`. */
  origin: string;
  sourceIp: string | null;
  userAgent: string | null;
  /** This request's own: aborted when the client leaves or cancels. */
  client: AbortController;
  /** Sends a notification (JSON text) that belongs to the running request. */
  emit(notification: string): void;
  /**
   * Asks the client something while the request runs: an older client, on a stream it can answer to. Null: it cannot be asked.
   * Rejects when the client leaves or never answers.
   */
  ask: ((request: ServerRequest) => Promise<ClientReply>) | null;
}

const NOTHING: Record<string, never> = {};

/** A request of which only the caller is known yet: it declared nothing, and there is nobody to tell or to ask. */
export const bareScope = (asker: Asker, principal: Principal, view: Pick<View, "workspace" | "only">): Scope => ({
  ...asker,
  workspace: view.workspace,
  only: view.only,
  era: "legacy",
  principal,
  session: null,
  clientName: null,
  clientVersion: null,
  capabilities: NOTHING,
  logLevel: null,
  paramHeaders: NOTHING,
  client: new AbortController(),
  emit: () => undefined,
  ask: null,
});

/** What is known of a request besides its caller. */
export type Asker = Pick<Scope, "origin" | "sourceIp" | "userAgent">;

/** What sessions with servers and running requests belong to: the client's session, or of a client without one its token. */
export const clientIdOf = ({ session, principal }: Pick<Scope, "session" | "principal">): string =>
  session?.id ?? principal.tokenId;

/** Key under which a running request can be cancelled by its client. */
export const inFlightKey = (scope: Pick<Scope, "session" | "principal">, id: string): string =>
  `${clientIdOf(scope)}:${id}`;
