import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { contentAddress } from "@/lib/functions/bundle/compiler";
import type { Policy } from "@/lib/functions/contract";
import { declaredManifest } from "@/lib/functions/declared-manifest";
import { importPlaceholderKey } from "@/lib/functions/egress/placeholders";
import { parseManifest } from "@/lib/functions/manifest";
import { createRuntime } from "@/lib/functions/runtime/runtime";
import { CliError } from "./io";
import { answering, introduce, type LocalFunction, startLocal } from "./local-function";
import { productRoot } from "./product-root";

/** What runs an author's function while they write it. */
export interface LocalEngine {
  /**
   * @param env secrets and settings by name
   * @param manifest text of `aerostack.json`, where there is one
   */
  start(
    code: string,
    env: Record<string, string>,
    manifest: string | undefined,
    say: (text: string) => void,
  ): Promise<LocalFunction>;
  close(): Promise<void>;
}

/** `workerd` where it runs on this machine, as the product does it: placeholders, declared hosts and limits hold. Else Node. */
export async function openEngine(name: string, say: (line: string) => void): Promise<LocalEngine> {
  if (!["auto", "workerd", "node"].includes(name))
    throw new CliError("invalid", "The engine is workerd or node.", "engine");
  const workerd = name === "node" ? null : await workerdEngine();
  if (workerd) return workerd;
  if (name === "workerd")
    throw new CliError("unavailable", "workerd does not run on this machine. Use --engine node.", "engine");
  if (name === "auto") say("workerd does not run here: in Node, secrets reach the code and every host is open.");
  return { start: (code, env, _, said) => startLocal(code, env, said), close: async () => undefined };
}

async function workerdEngine(): Promise<LocalEngine | null> {
  const deployments = new Map<number, { code: string; policy: Policy; env: Record<string, string> }>();
  let newest = 0;
  const runtime = createRuntime({
    host: await hostText(),
    placeholderKey: await importPlaceholderKey(new Uint8Array(randomBytes(32))),
    urls: () => ({ allowPrivate: ["127.0.0.1"], ownHosts: [] }),
    spares: 0,
    source: {
      policy: async ({ rev }) => deployments.get(rev)?.policy ?? null,
      code: async ({ rev }) => deployments.get(rev)?.code ?? null,
      secret: async ({ name }) => deployments.get(newest)?.env[name] ?? null,
      record: () => undefined,
    },
  });
  if (!runtime.available().ok) return null;
  const open = (
    code: string,
    policy: Policy,
    env: Record<string, string>,
    say: (text: string) => void,
  ): LocalFunction => {
    const rev = ++newest;
    deployments.set(rev, { code, policy, env });
    const id = { ws: "dev", ins: "dev", dep: contentAddress(code) };
    const unwatch = runtime.watch(id, ({ text }) => say(text));
    const send: LocalFunction["send"] = (init) =>
      runtime.call(
        { ...id, rev, call: `call_${randomBytes(6).toString("hex")}` },
        new Request("http://runtime/mcp", init),
      );
    return answering(send, () => {
      unwatch();
      deployments.delete(rev);
    });
  };
  return {
    async start(code, env, manifest, say) {
      const first = open(code, { ...parseManifest({}), vars: {} }, {}, say);
      const declared = declaredManifest((await introduce(first).finally(first.stop)).initialize, manifest);
      const vars = Object.fromEntries(Object.entries(env).filter(([name]) => !Object.hasOwn(declared.secrets, name)));
      return open(code, { ...declared, vars }, env, say);
    },
    close: () => runtime.close(),
  };
}

/** The host worker, built on first use where the product was not built yet. */
async function hostText(): Promise<string> {
  const folder = join(productRoot(), "dist/functions");
  const file = join(folder, "host-local.js");
  if (!existsSync(file))
    await promisify(execFile)(process.execPath, [join(productRoot(), "lib/functions/worker/build.mjs"), folder]);
  return readFileSync(file, "utf8");
}
