import type { Command } from "commander";
import type {
  ConnectionSaved,
  SecretDeletedView,
  SecretList,
  SecretModeView,
  SecretSetView,
} from "@/lib/services/secret/view";
import { createClient, path } from "../client";
import { currentLogin } from "../config";
import { readSecret } from "../input";
import type { Io } from "../io";
import type { Act } from "../run";
import { plain, table } from "../text";

interface SetOptions {
  own?: boolean;
  testTool?: string;
  force?: boolean;
}

/** `aerostack secrets set|list|mode|delete`. Values come by stdin only: arguments are seen by every user of the machine. */
export function registerSecrets(program: Command, io: Io, act: Act): void {
  const client = () => createClient(io, currentLogin(io.env));
  const secrets = program.command("secrets").description("sealed credentials of a server");
  secrets
    .command("set <workspace> <server> <name>")
    .description("set or replace a secret; the value comes from standard input and is tested before an old one goes")
    .option("--own", "your own value, where the server asks each member for theirs")
    .option("--test-tool <tool>", "also call this tool (one without required arguments) as a test")
    .option("--force", "keep the new value although the test fails")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string, server: string, name: string, { own, testTool, force }: SetOptions) => {
        const { value, notes } = await readSecret(io, `Value of ${name} (not shown): `);
        if (own) {
          const url = path`/workspaces/${slug}/connections/${server}/${name}`;
          const saved = await client().call<ConnectionSaved>("PUT", url, { body: { value, force } });
          const { message } = saved.probe;
          return { data: saved, text: `Stored your own ${saved.connection.name}. ${plain(message)}`, notes };
        }
        const url = path`/workspaces/${slug}/servers/${server}/secrets/${name}`;
        const set = await client().call<SecretSetView>("PUT", url, { body: { value, testTool, force } });
        const text = `Stored ${set.secret.name}, sent only to ${set.secret.origin}. ${plain(set.probe.message)}`;
        return { data: set, text, notes: [...notes, ...set.warnings] };
      }),
    );
  secrets
    .command("list <workspace> <server>")
    .description("list names and bindings; values are never shown")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string, server: string) => {
        const data = await client().call<SecretList>("GET", path`/workspaces/${slug}/servers/${server}/secrets`);
        const rows = [
          ...data.secrets.map((row) => [
            row.name,
            row.usable ? "set" : "set for another origin",
            row.origin,
            row.updatedAt,
          ]),
          ...data.missing.map((name) => [name, "missing", null, null]),
        ];
        return { data, text: table(["NAME", "STATUS", "SENT TO", "UPDATED"], rows, "This server uses no secret.") };
      }),
    );
  secrets
    .command("mode <workspace> <server> <name> <mode>")
    .description("whose value is used: shared, member (each their own) or member_or_shared")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string, server: string, name: string, mode: string) => {
        const url = path`/workspaces/${slug}/servers/${server}/secrets/${name}/mode`;
        const data = await client().call<SecretModeView>("PUT", url, { body: { mode } });
        return { data, text: `${data.name} of ${data.server} is now ${data.mode}.` };
      }),
    );
  secrets
    .command("delete <workspace> <server> <name>")
    .description("forget a secret")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string, server: string, name: string) => {
        const url = path`/workspaces/${slug}/servers/${server}/secrets/${name}`;
        const data = await client().call<SecretDeletedView>("DELETE", url);
        return { data, text: `Forgot ${data.name}.` };
      }),
    );
}
