import { errorFields, type Log } from "@/lib/log";
import { BoundedMap } from "./bounded-map";
import type { CredentialUse, Directory } from "./ports";
import type { Scope } from "./scope";

const EVERY_MS = 60_000;

type Used = Pick<Scope, "principal" | "clientName" | "clientVersion" | "sourceIp">;

/** Remembers who used what, each credential and secret at most once a minute; nobody waits for it. */
export class Uses {
  readonly #noted = new BoundedMap<string, number>(10_000);
  constructor(
    private readonly directory: Pick<Directory, "touch">,
    private readonly now: () => number,
    private readonly defer: (work: Promise<unknown>) => void,
    private readonly log: Log,
  ) {}

  /** @param secrets the rows whose values were injected, if any */
  note(scope: Used, secrets: CredentialUse["secrets"] = []): void {
    const { tokenId } = scope.principal;
    // The first use that names its client counts anew: before `initialize` none can.
    const ofToken = this.#isDue(`${tokenId}|${scope.clientName === null}`);
    const due = secrets.filter((one) => this.#isDue(`${one.serverId}|${one.name}|${one.memberId ?? ""}`));
    if (ofToken || due.length > 0) this.#touch(scope, false, due);
  }

  /** The client asked for the tools: it got further than saying hello. */
  noteList(scope: Used): void {
    if (this.#isDue(`${scope.principal.tokenId}|listed`)) this.#touch(scope, true, []);
  }

  #touch(used: Used, listed: boolean, secrets: CredentialUse["secrets"]): void {
    const { sourceIp } = used;
    const { tokenId, workspaceId, method } = used.principal;
    this.defer(
      this.directory
        .touch({ workspaceId, method, tokenId, sourceIp, client: clientOf(used), listed, secrets })
        .catch((error: unknown) => this.log.warn("gateway.touch_failed", errorFields(error))),
    );
  }

  #isDue(key: string): boolean {
    const now = this.now();
    if (now - (this.#noted.get(key) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) return false;
    this.#noted.set(key, now);
    return true;
  }
}

const clientOf = ({ clientName, clientVersion }: Used): string | null =>
  clientName ? `${clientName} ${clientVersion ?? ""}`.trim() : null;
