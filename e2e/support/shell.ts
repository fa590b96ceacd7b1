import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Ran } from "./clients";
import { start } from "./process";
import { ROOT } from "./product";

/** A terminal of somebody who installed the package: `aerostack` is on the PATH, home and folder are their own. */
export class Shell {
  readonly home = mkdtempSync(join(tmpdir(), "aerostack-shell-"));

  constructor(private readonly env: Record<string, string>) {
    const bin = join(this.home, "bin");
    mkdirSync(bin);
    writeFileSync(
      join(bin, "aerostack"),
      `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, "lib/cli/aerostack.mjs")}" "$@"\n`,
    );
    chmodSync(join(bin, "aerostack"), 0o755);
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.home, name), text);
  }

  /** Runs a command line exactly as a person would type it. */
  async run(line: string, env: Record<string, string> = {}): Promise<Ran> {
    const path = [join(this.home, "bin"), process.env.PATH].join(delimiter);
    const started = start("/bin/sh", ["-c", line], {
      cwd: this.home,
      env: { PATH: path, HOME: this.home, ...this.env, ...env },
    });
    const code = await started.exited;
    return { code, stdout: started.stdout(), output: started.output() };
  }

  /** The same, for commands with `--json` that must succeed. */
  async json<T>(line: string): Promise<T> {
    const { code, stdout, output } = await this.run(line);
    if (code !== 0) throw new Error(`${line} → ${code}: ${output}`);
    return JSON.parse(stdout) as T;
  }
}
