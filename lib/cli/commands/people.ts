import type { Command } from "commander";
import type { InvitationView, InvitedView } from "@/lib/services/invitation/view";
import type { MemberRemovalView, MemberView } from "@/lib/services/member/view";
import { createClient, path } from "../client";
import { currentLogin } from "../config";
import { confirm } from "../input";
import type { Io } from "../io";
import type { Act } from "../run";
import { plain, table } from "../text";

/** `aerostack members list|role|remove`, `aerostack invite` and `aerostack invitations list|resend|revoke`. */
export function registerPeople(program: Command, io: Io, act: Act): void {
  registerMembers(program, io, act);
  registerInvitations(program, io, act);
}

function registerMembers(program: Command, io: Io, act: Act): void {
  const client = () => createClient(io, currentLogin(io.env));
  const members = program.command("members").description("people and machines of a workspace");
  members
    .command("list <workspace>")
    .description("list members")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string) => {
        const data = await client().call<{ members: MemberView[] }>("GET", path`/workspaces/${slug}/members`);
        const rows = data.members.map((row) => [
          row.id,
          row.name,
          row.email,
          row.kind === "service" ? "machine" : row.role,
          row.activeTokens,
          row.lastCallAt,
        ]);
        return { data, text: table(["ID", "NAME", "E-MAIL", "ROLE", "TOKENS", "LAST CALL"], rows, "No member.") };
      }),
    );
  members
    .command("role <workspace> <member> <role>")
    .description("give a member another role: owner, admin, member or auditor")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string, member: string, role: string) => {
        const url = path`/workspaces/${slug}/members/${member}/role`;
        const data = await client().call<MemberView>("PUT", url, { body: { role } });
        return { data, text: `${plain(data.name)} is ${data.role} now.` };
      }),
    );
  members
    .command("remove <workspace> <member>")
    .description("remove a member with their tokens, grants and own credentials")
    .option("--yes", "do not ask")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string, member: string, options: { yes?: boolean }) => {
        await confirm(io, member, "the member, their tokens, grants and own credentials", options.yes === true);
        const data = await client().call<MemberRemovalView>("DELETE", path`/workspaces/${slug}/members/${member}`);
        const { name, tokensRevoked, grantsRevoked, ownSecretsDeleted } = data;
        const text = `Removed ${plain(name)}: ${tokensRevoked} tokens and ${grantsRevoked} grants revoked, ${ownSecretsDeleted} own credentials deleted. Shared secrets stay.`;
        return { data, text };
      }),
    );
}

interface InviteOptions {
  workspace: string;
  role: string;
  expires: string;
}

function registerInvitations(program: Command, io: Io, act: Act): void {
  const client = () => createClient(io, currentLogin(io.env));
  program
    .command("invite <address...>")
    .description("invite people by address, or one person of a mail domain (@acme.example)")
    .requiredOption("--workspace <workspace>", "where to")
    .option("--role <role>", "owner, admin, member or auditor", "member")
    .option("--expires <days>", "1, 7 or 30 days", "7")
    .option("--json", "print JSON")
    .action(
      act(async (addresses: string[], { workspace, role, expires }: InviteOptions) => {
        const [first = ""] = addresses;
        const whom = addresses.length === 1 && first.startsWith("@") ? { domain: first } : { emails: addresses };
        const body = { ...whom, role, expiresInDays: Number(expires) };
        const url = path`/workspaces/${workspace}/invitations`;
        const data = await client().call<{ invited: InvitedView[] }>("POST", url, { body });
        return { data, text: data.invited.map(describe).join("\n") };
      }),
    );
  const invitations = program.command("invitations").description("invitations into a workspace");
  invitations
    .command("list <workspace>")
    .description("list invitations")
    .option("--state <state>", "pending, accepted, expired or revoked")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string, { state }: { state?: string }) => {
        const url = path`/workspaces/${slug}/invitations`;
        const data = await client().call<{ invitations: InvitationView[] }>("GET", url, { query: { state } });
        const rows = data.invitations.map((row) => [
          row.id,
          row.email ?? `@${row.domain}`,
          row.role,
          row.state,
          row.expiresAt,
        ]);
        return { data, text: table(["ID", "FOR", "ROLE", "STATE", "ENDS"], rows, "No invitation yet.") };
      }),
    );
  invitations
    .command("resend <workspace> <invitation>")
    .description("make and mail a new link; the old one stops working")
    .option("--expires <days>", "1, 7 or 30 days", "7")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string, id: string, { expires }: { expires: string }) => {
        const url = path`/workspaces/${slug}/invitations/${id}/resend`;
        const data = await client().call<InvitedView>("POST", url, { body: { expiresInDays: Number(expires) } });
        return { data: { ...data }, text: describe(data) };
      }),
    );
  invitations
    .command("revoke <workspace> <invitation>")
    .description("withdraw an invitation")
    .option("--json", "print JSON")
    .action(
      act(async (slug: string, id: string) => {
        const data = await client().call<InvitationView>("DELETE", path`/workspaces/${slug}/invitations/${id}`);
        return { data, text: `Revoked the invitation of ${data.email ?? `@${data.domain}`}.` };
      }),
    );
}

function describe({ email, domain, url, mailed, problem }: InvitedView): string {
  const whom = email ?? `@${domain}`;
  const link = url === null ? "" : mailed ? " mailed, or hand over" : " hand over this link, shown only now";
  return [`${whom}:${link}`, url, problem].filter((part) => part !== null && part !== "").join(" ");
}
