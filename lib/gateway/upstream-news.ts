import type { ListKind } from "./notifications";
import type { UpstreamServer } from "./ports";
import type { Engine } from "./scope";
import type { Streams } from "./streams";
import type { UpstreamNews, Wanted } from "./upstream-watch";

/** What becomes of news from servers: their lists are read anew, then whoever looks at them is told. */
export function upstreamNews(engine: Pick<Engine, "toolsets" | "offers">, streams: () => Streams): UpstreamNews {
  return {
    async list({ server, workspace, memberId }: Wanted, kind: ListKind, said: boolean): Promise<void> {
      if (kind === "tools") await engine.toolsets.refresh(server, workspace, memberId);
      else await engine.offers.refresh(server, workspace, memberId);
      if (said) streams().changed(server, kind);
      else void streams().tick();
    },
    updated(server: UpstreamServer, json: string): void {
      streams().updated(server, json);
    },
  };
}
