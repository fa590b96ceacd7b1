import type { MasterKeys } from "@/lib/crypto/master-keys";
import { importPlaceholderKey } from "@/lib/functions/egress/placeholders";
import { createRuntime } from "@/lib/functions/runtime/runtime";
import { templateSource } from "@/lib/functions/templates/catalogue";
import { buildHost } from "@/lib/functions/testing/world";
import { createLog } from "@/lib/log";
import { createFunctionSource } from "@/lib/server/function-source";
import type { FunctionEngine } from "@/lib/services/context";
import { ROOT, testCompiler } from "./compiler";
import type { TestDatabase } from "./database";

/** The product's engine over a test's database: real workerd, real compiler. Outbound requests are recorded nowhere. */
export async function startFunctionEngine(
  { query }: Pick<TestDatabase, "query">,
  masterKeys: MasterKeys,
): Promise<FunctionEngine & { close(): Promise<void> }> {
  const log = createLog(() => undefined);
  const runtime = createRuntime({
    host: await buildHost(),
    placeholderKey: await importPlaceholderKey(new Uint8Array(32).fill(7)),
    urls: () => ({ allowPrivate: [], ownHosts: [] }),
    source: createFunctionSource({ query, masterKeys, record: () => undefined, log }),
  });
  const { bundle, check, openapi } = testCompiler();
  return { ...runtime, bundle, check, openapi, templateSource: (id) => templateSource(ROOT, id) };
}
