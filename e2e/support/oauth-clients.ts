import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { MODULES, modernNode, quietEnv } from "./clients";
import { eventually, type Started, start } from "./process";

/** A foreign program with a home of its own, and a "browser" that only writes down where it was sent. */
export class Desktop {
  readonly home = mkdtempSync(join(tmpdir(), "aerostack-desktop-"));
  private readonly opened = join(this.home, "opened.txt");

  constructor() {
    const bin = join(this.home, "bin");
    mkdirSync(bin);
    for (const name of ["xdg-open", "open", "browser"]) {
      const script = join(bin, name);
      writeFileSync(script, `#!/bin/sh\nfor last; do :; done\nprintf '%s\\n' "$last" >> "${this.opened}"\n`);
      chmodSync(script, 0o755);
    }
  }

  private environment(): Record<string, string> {
    const env = quietEnv(this.home);
    const path = [join(this.home, "bin"), env.PATH].join(delimiter);
    return { ...env, PATH: path, BROWSER: join(this.home, "bin/browser") };
  }

  /** `mcp-remote` as a client's configuration starts it: a bridge from standard input and output to the workspace. */
  mcpRemote(url: string): { transport: StdioClientTransport; output(): string } {
    const args = [join(MODULES, "mcp-remote/dist/proxy.js"), url, "--allow-http"];
    const env = this.environment();
    const transport = new StdioClientTransport({ command: modernNode(), args, env, cwd: this.home, stderr: "pipe" });
    let output = "";
    transport.stderr?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    return { transport, output: () => output };
  }

  /** `opencode …`, with the workspace in its configuration as `gateway`. */
  opencode(url: string, args: string[]): Started {
    const config = { mcp: { gateway: { type: "remote", url, enabled: true } }, autoupdate: false };
    writeFileSync(join(this.home, "opencode.json"), JSON.stringify(config));
    return start(opencodeBinary() ?? "opencode", args, { cwd: this.home, env: this.environment() });
  }

  /** The authorization URL that the program printed or opened. */
  authorizationUrl(started: Pick<Started, "output">, ms = 30_000): Promise<string> {
    return eventually(
      "the program wants a browser",
      () => {
        const text = started.output() + (existsSync(this.opened) ? readFileSync(this.opened, "utf8") : "");
        return /http:\/\/127\.0\.0\.1:\d+\/oauth\/authorize\?[\w%&=.~+:/-]+/.exec(text)?.[0] ?? null;
      },
      ms,
    );
  }
}

/** opencode's own binary for this machine, or null; its npm wrapper would have to run an install script to find it. */
export function opencodeBinary(): string | null {
  const path = join(MODULES, `opencode-${process.platform}-${process.arch}-baseline`, "bin/opencode");
  return existsSync(path) ? path : null;
}

/** The official conformance suite against an authorization server. */
export function startConformance(issuer: string, clientId: string, port: number): Started {
  const script = join(MODULES, "@modelcontextprotocol/conformance/dist/index.js");
  const args = ["authorization", "--url", issuer, "--client-id", clientId, "--port", String(port)];
  return start(modernNode(), [script, ...args], { env: quietEnv(tmpdir()) });
}
