import type { Command } from "commander";
import type { SecretDeletedView, SecretList, SecretSetView } from "@/lib/services/secret/view";
import { createClient, path } from "../client";
import { currentLogin } from "../config";
import { readSecret } from "../input";
import type { Io } from "../io";
import type { Act } from "../run";
import { plain, table } from "../text";

/** `aerostack secrets set|list|delete`. Values come by stdin only: arguments are seen by every user of the machine. */
export function registerSecrets(program: Command, io: Io, act: Act): void {
  const client = () => createClient(io, currentLogin(io.env));
  const secrets = program.command("secrets").description("sealed credentials of a server");
  secrets
    .command("set <workspace> <server> <name>")
    .description("set or replace a secret; the value comes from standard input")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string, server: string, name: string) => {
        const { value, notes } = await readSecret(io, `Value of ${name} (not shown): `);
        const url = path`/workspaces/${slug}/servers/${server}/secrets/${name}`;
        const set = await client().call<SecretSetView>("PUT", url, { body: { value } });
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
