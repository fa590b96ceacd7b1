import { run } from "./run";

const { env, stdin, stdout, stderr } = process;
stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1)); // `… | head` is no failure
process.exitCode = await run(process.argv.slice(2), { env, stdin, stdout, stderr, fetch });
