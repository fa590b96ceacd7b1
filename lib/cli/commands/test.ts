import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { folderOptions, problemsOf } from "@/lib/functions/bundle/bundle-folder";
import { CliError, type Io } from "../io";
import { productRoot } from "../product-root";
import type { Act } from "../run";
import { problemText } from "./deploy";

/** `aerostack test`: a function's tests by Node's own runner, which on Node 20 reads no TypeScript by itself. */
export function registerTest(program: Command, io: Io, act: Act): void {
  program
    .command("test <folder>")
    .description("run the *.test.ts of a function with Node's test runner")
    .action(
      act(async (folder: string) => {
        const path = resolve(folder);
        const names = readdirSync(path).filter((name) => /\.test\.[mc]?[jt]s$/.test(name));
        if (names.length === 0) throw new CliError("invalid", "There is no *.test.ts in this folder.", "folder");
        const out = mkdtempSync(join(tmpdir(), "aerostack-test-"));
        try {
          await bundleTests(path, names, out);
          const code = await runNode(
            io,
            ["--test", ...names.map((name) => join(out, name.replace(/\.[mc]?[jt]s$/, ".mjs")))],
            out,
          );
          if (code !== 0) throw new CliError("tests_failed", "The tests failed.");
        } finally {
          rmSync(out, { recursive: true });
        }
        return null;
      }),
    );
}

async function bundleTests(folder: string, names: string[], out: string): Promise<void> {
  const { build } = await import("esbuild");
  const entryPoints = names.map((name) => `./${name}`);
  const outExtension = { ".js": ".mjs" };
  try {
    const options = folderOptions(folder, "", productRoot());
    await build({ ...options, entryPoints, outdir: out, outExtension, write: true, minify: false });
  } catch (error) {
    throw new CliError("build_failed", problemText(problemsOf(error)));
  }
}

function runNode(io: Io, args: string[], cwd: string): Promise<number | null> {
  const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.on("data", (chunk) => io.stdout.write(chunk));
  child.stderr.on("data", (chunk) => io.stderr.write(chunk));
  return new Promise((resolve) => child.once("close", resolve));
}
