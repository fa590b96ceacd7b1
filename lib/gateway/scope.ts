import type { MasterKeys } from "@/lib/crypto/master-keys";
import type { CryptoPort } from "@/lib/crypto/port";
import type { Log } from "@/lib/log";
import type { CallLog } from "./call-log";
import type { Principal, WorkspaceSnapshot } from "./ports";
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
}

/** One request: who asks, for which workspace, how to reach them meanwhile. */
export interface Scope {
  principal: Principal;
  workspace: WorkspaceSnapshot;
  session: Session | null;
  /** Where clients reach this gateway, e.g. `https://gateway.example`. */
  origin: string;
  sourceIp: string | null;
  userAgent: string | null;
  /** This request's own: aborted when the client leaves or cancels. */
  client: AbortController;
  /** Sends a notification (JSON text) that belongs to the running request. */
  emit(notification: string): void;
}

/** What is known of a request besides its caller. */
export type Asker = Pick<Scope, "origin" | "sourceIp" | "userAgent">;

/** Key under which a running request can be cancelled by its client. */
export const inFlightKey = (scope: Pick<Scope, "session" | "principal">, id: string): string =>
  `${scope.session?.id ?? scope.principal.tokenId}:${id}`;
