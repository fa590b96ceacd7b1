import { resolve } from "node:path";
import type { Command } from "commander";
import { startDev } from "../dev-server";
import { CliError, type Io } from "../io";
import { openEngine } from "../local-engine";
import type { Act } from "../run";

/** `aerostack dev`: runs until it is interrupted. */
export function registerDev(program: Command, io: Io, act: Act): void {
  program
    .command("dev <folder>")
    .description("run a function here while you write it; it starts again at each change")
    .option("--port <port>", "port on this machine", "8787")
    .option("--engine <engine>", "workerd, as the product runs it, or node; by itself what there is", "auto")
    .action(
      act(async (folder: string, { port, engine }: { port: string; engine: string }) => {
        if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
          throw new CliError("invalid", "The port is a number up to 65535.", "port");
        const say = (line: string) =>
          void io.stdout.write(`${line}
`);
        const server = await startDev(resolve(folder), Number(port), say, await openEngine(engine, say));
        io.stdout.write(`${server.url}  (end with Ctrl-C)\n`);
        await new Promise<void>((done) => {
          for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => done());
        });
        await server.close();
        return null;
      }),
    );
}
