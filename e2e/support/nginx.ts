import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { eventually, freePort, start } from "./process";
import { RESULTS } from "./product";

/** The machine's nginx, or null. Debian keeps it where only root looks. */
export function findNginx(): string | null {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  return folders.map((folder) => join(folder, "nginx")).find(existsSync) ?? null;
}

export interface Nginx {
  origin: string;
  stop(): Promise<void>;
}

/** As an operator would have it before several nodes, but without any stickiness: each request goes to a random one. */
const config = (dir: string, port: number, nodes: number[]) => `
daemon off;
pid ${dir}/nginx.pid;
error_log stderr warn;
worker_processes 1;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path ${dir}/body;
  proxy_temp_path ${dir}/proxy;
  fastcgi_temp_path ${dir}/fastcgi;
  uwsgi_temp_path ${dir}/uwsgi;
  scgi_temp_path ${dir}/scgi;
  upstream nodes {
    random;
${nodes.map((node) => `    server 127.0.0.1:${node} max_fails=1 fail_timeout=60s;`).join("\n")}
  }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://nodes;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_buffering off;
      proxy_read_timeout 1h;
      add_header x-node $upstream_addr always;
    }
  }
}
`;

/** Starts nginx on loopback before nodes on these ports; `x-node` of an answer says which of them gave it. */
export async function startNginx(nodes: number[]): Promise<Nginx> {
  const nginx = findNginx();
  if (!nginx) throw new Error("There is no nginx on this machine");
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), "aerostack-nginx-"));
  writeFileSync(join(dir, "nginx.conf"), config(dir, port, nodes));
  const running = start(nginx, ["-p", dir, "-c", join(dir, "nginx.conf")], {
    env: { PATH: process.env.PATH },
    logFile: join(RESULTS, "logs", `nginx-${port}.log`),
  });
  const origin = `http://127.0.0.1:${port}`;
  await eventually("nginx answers", async () => ((await fetch(`${origin}/api/health`)).ok ? true : null), 20_000);
  return {
    origin,
    async stop() {
      await running.stop(5_000);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
