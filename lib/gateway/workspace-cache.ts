import { AppError } from "@/lib/errors";
import { BoundedMap } from "./bounded-map";
import type { Directory, Principal, WorkspaceSnapshot } from "./ports";
import { orUnavailable } from "./unavailable";

interface Entry {
  version: number;
  snapshot: Promise<WorkspaceSnapshot>;
}

/** Workspace snapshots, read again whenever a token's read shows another version; any number of requests share one read. */
export class WorkspaceCache {
  readonly #entries = new BoundedMap<string, Entry>(1_000);
  constructor(private readonly directory: Pick<Directory, "readWorkspace">) {}

  /** @throws AppError `not_found` when the workspace is gone; UnavailableError when the database is down */
  read(principal: Principal): Promise<WorkspaceSnapshot> {
    const cached = this.#entries.get(principal.workspaceId);
    if (cached && cached.version >= principal.workspaceVersion) return cached.snapshot;
    const entry: Entry = { version: principal.workspaceVersion, snapshot: this.#load(principal.workspaceId) };
    this.#entries.set(principal.workspaceId, entry);
    entry.snapshot.then(
      (snapshot) => {
        entry.version = Math.max(entry.version, snapshot.version);
      },
      () => this.#entries.drop(principal.workspaceId, entry),
    );
    return entry.snapshot;
  }

  async #load(workspaceId: string): Promise<WorkspaceSnapshot> {
    const snapshot = await orUnavailable(this.directory.readWorkspace(workspaceId));
    if (!snapshot) throw new AppError("not_found", "This workspace no longer exists.");
    return snapshot;
  }
}
