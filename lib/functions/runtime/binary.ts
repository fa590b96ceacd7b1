import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

const PACKAGES: Record<string, string> = {
  "linux-x64": "workerd-linux-64",
  "linux-arm64": "workerd-linux-arm64",
  "darwin-x64": "workerd-darwin-64",
  "darwin-arm64": "workerd-darwin-arm64",
};

/** The engine, or for people: why there is none and what to do. */
export type Engine = { ok: true; path: string } | { ok: false; reason: string };

const missing = (reason: string): Engine => ({
  ok: false,
  reason: `Hosted functions are off: ${reason} Set RUNTIME_URL to a host worker elsewhere; everything else works.`,
});

/**
 * Finds workerd's binary through its npm package and runs it once: a musl system has the file and cannot start it.
 * @param platform as `process.platform`-`process.arch`
 */
export function findEngine(platform = `${process.platform}-${process.arch}`): Engine {
  const name = PACKAGES[platform];
  if (!name) return missing(`workerd has no binary for ${platform} that we can guard.`);
  try {
    const here = createRequire(import.meta.url);
    const path = createRequire(here.resolve("workerd")).resolve(`@cloudflare/${name}/bin/workerd`);
    const { status } = spawnSync(path, ["--version"], { stdio: "ignore", timeout: 10_000 });
    return status === 0
      ? { ok: true, path }
      : missing(`workerd does not start on this system (${platform}; it needs glibc).`);
  } catch {
    return missing(`the package @cloudflare/${name} is not installed.`);
  }
}
