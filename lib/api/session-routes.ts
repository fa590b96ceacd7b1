import { z } from "zod";
import { endSession } from "@/lib/services/session/end";
import { endSessionsEverywhere } from "@/lib/services/session/end-everywhere";
import { endOtherSessions } from "@/lib/services/session/end-others";
import { listSessions } from "@/lib/services/session/list";
import { EndSessionInput } from "@/lib/services/session/schemas";
import { EndedSessionsView, SessionView } from "@/lib/services/session/view";
import { createResetLink } from "@/lib/services/user/create-reset-link";
import { CreateResetLinkInput } from "@/lib/services/user/schemas";
import { ResetLinkView } from "@/lib/services/user/view";
import { listDomains } from "@/lib/services/workspace/list-domains";
import { SetDomainsInput } from "@/lib/services/workspace/schemas";
import { setDomains } from "@/lib/services/workspace/set-domains";
import { WorkspaceDomainView } from "@/lib/services/workspace/view";
import { type Operation, userOperation, workspaceOperation } from "./operation";

const Nothing = z.strictObject({});
const Domains = z.object({ domains: z.array(WorkspaceDomainView) });

export const sessionRoutes: Operation[] = [
  userOperation("Account", "GET", "/sessions", {
    summary: "List your sign-ins to the dashboard",
    input: Nothing,
    output: z.object({ sessions: z.array(SessionView) }),
    run: async (ctx) => ({ sessions: await listSessions(ctx) }),
  }),
  userOperation("Account", "DELETE", "/sessions/{session}", {
    summary: "End one of your sign-ins",
    input: EndSessionInput,
    output: EndedSessionsView,
    run: endSession,
  }),
  userOperation("Account", "POST", "/sessions/end-others", {
    summary: "End all of your sign-ins but the one that asks (with an API key: all)",
    input: Nothing,
    output: EndedSessionsView,
    run: endOtherSessions,
  }),
  userOperation("Account", "POST", "/sessions/end-everywhere", {
    summary: "End all of your sign-ins; API keys, tokens and grants go on",
    input: Nothing,
    output: EndedSessionsView,
    run: endSessionsEverywhere,
  }),
  workspaceOperation("Members", "POST", "/members/{member}/reset-link", {
    summary: "Make a link with which a member chooses a new password; it is shown in this answer only",
    input: CreateResetLinkInput,
    output: ResetLinkView,
    status: 201,
    run: createResetLink,
  }),
  workspaceOperation("Members", "GET", "/domains", {
    summary: "List the mail domains whose people join by themselves when they sign in by a provider",
    input: Nothing,
    output: Domains,
    run: async (ctx) => ({ domains: await listDomains(ctx) }),
  }),
  workspaceOperation("Members", "PUT", "/domains", {
    summary: "Replace the list of mail domains whose people join by themselves (owners only)",
    input: SetDomainsInput,
    output: Domains,
    run: async (ctx, input) => ({ domains: await setDomains(ctx, input) }),
  }),
];
