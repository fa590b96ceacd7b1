import type { FunctionEngine } from "@/lib/services/context";

/** Our server and Next's code in one process share the global object, but no modules. */
const holder = globalThis as { aerostackFunctions?: FunctionEngine };

/** Gives the engine to all code of this process. */
export function shareFunctionEngine(engine: FunctionEngine): void {
  holder.aerostackFunctions = engine;
}

/** What makes and runs functions in this process; null where no server of ours runs (Vercel). */
export const functionEngine = (): FunctionEngine | null => holder.aerostackFunctions ?? null;
