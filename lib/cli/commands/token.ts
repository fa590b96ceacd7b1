import type { Command } from "commander";
import type { NewTokenView, RevokedTokensView, TokenView } from "@/lib/services/token/view";
import { createClient, path } from "../client";
import { currentLogin } from "../config";
import type { Io } from "../io";
import type { Act } from "../run";
import { plain, table } from "../text";

/** `aerostack workspace token create|list|revoke|revoke-all`, also without the word workspace. */
export function registerToken(parent: Command, io: Io, act: Act): void {
  const client = () => createClient(io, currentLogin(io.env));
  const token = parent.command("token").description("members' tokens for the gateway");
  token
    .command("create <workspace>")
    .description("create a token; it is shown this once")
    .requiredOption("--name <name>", "the person (or device) it is for")
    .option("--member <id>", "existing member it belongs to; otherwise the member of that name, added when new")
    .option("--expires-in-days <days>", "lifetime; without it the token does not expire")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string, options: { name: string; member?: string; expiresInDays?: string }) => {
        const { name, member: memberId, expiresInDays } = options;
        const body = { name, memberId, expiresInDays };
        const made = await client().call<NewTokenView>("POST", path`/workspaces/${slug}/tokens`, { body });
        const text = [
          `Token ${made.id} for ${plain(made.member.name)}, shown only now:`,
          made.token,
          "For an MCP client:",
          JSON.stringify(made.mcp_json, null, 2),
        ];
        return { data: made, text: text.join("\n") };
      }),
    );
  token
    .command("list <workspace>")
    .description("list tokens")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string) => {
        const data = await client().call<{ tokens: TokenView[] }>("GET", path`/workspaces/${slug}/tokens`);
        const rows = data.tokens.map((row) => [
          row.id,
          row.name,
          row.member.name,
          row.prefix,
          row.status,
          row.lastUsedAt,
        ]);
        return { data, text: table(["ID", "NAME", "MEMBER", "PREFIX", "STATUS", "LAST USED"], rows, "No token yet.") };
      }),
    );
  token
    .command("revoke <workspace> <token>")
    .description("revoke a token by its id; it stops working within a second")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string, id: string) => {
        const data = await client().call<TokenView>("DELETE", path`/workspaces/${slug}/tokens/${id}`);
        return { data, text: `Revoked ${data.id} of ${plain(data.member.name)}.` };
      }),
    );
  token
    .command("revoke-all <workspace> <member>")
    .description("revoke all tokens of a member by their id; they stop working within a second")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string, member: string) => {
        const url = path`/workspaces/${slug}/members/${member}/tokens`;
        const data = await client().call<RevokedTokensView>("DELETE", url);
        return { data, text: `Revoked ${data.revoked} tokens of ${plain(data.member.name)}.` };
      }),
    );
}
