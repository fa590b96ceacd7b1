import { createHash } from "node:crypto";
import { createLog } from "@/lib/log";
import type { WorkspaceCtx } from "@/lib/services/context";
import { getExport } from "@/lib/services/export/get";
import type { CreateExportInput } from "@/lib/services/export/schemas";
import { streamExport } from "@/lib/services/export/stream";
import { type ExportWorker, workExport } from "@/lib/services/export/work";
import { textOf } from "./text-of";

/** What an export is asked for in a test: calls as CSV unless said. */
export type ExportWish = Partial<CreateExportInput>;

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A file made while it is sent, whole. */
export const streamed = async (ctx: WorkspaceCtx, wish: ExportWish = {}): Promise<string> =>
  textOf((await streamExport(ctx, { log: "calls", ...wish })).chunks);

/** A worker of a node; `at` is what it takes the time for. */
export const node = (ctx: WorkspaceCtx, at: () => Date = () => new Date()): ExportWorker => ({
  db: ctx.db,
  masterKeys: ctx.masterKeys,
  now: at,
  log: createLog(() => undefined),
});
export const inAnHour = () => new Date(Date.now() + 3_600_000);
/** Other tests' jobs may wait too; works until this one is through. */
export async function finished(ctx: WorkspaceCtx, id: string, worker: ExportWorker = node(ctx)) {
  for (let turn = 0; turn < 50; turn++) {
    const view = await getExport(ctx, { export: id });
    if (!["queued", "running"].includes(view.state)) return view;
    await workExport(worker);
  }
  throw new Error("the export was not made");
}
