import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/auth/auth-card";
import { BackToApp } from "@/components/consent/back-to-app";
import { ConsentForm } from "@/components/consent/consent-form";
import { Callout } from "@/components/ui/callout";
import { allows } from "@/lib/access/permissions";
import { findUserCtx } from "@/lib/auth/context";
import { findConsent } from "@/lib/oauth/consent";
import { paths } from "@/lib/paths";
import { type Ctx, workspaceCtx } from "@/lib/services/context";
import { countGrantedTools } from "@/lib/services/grant/count-tools";
import { listWorkspaces } from "@/lib/services/workspace/list";
import { answerAction } from "./actions";

export const metadata: Metadata = { title: "Connect an app", robots: { index: false } };

interface Props {
  params: Promise<{ uid: string }>;
}

/** Where every MCP client that signs in by OAuth has to pass: a person looks at who asks, and for what. */
export default async function ConsentPage({ params }: Props) {
  const { uid } = await params;
  const consent = await findConsent(await headers(), uid);
  if (!consent)
    return (
      <AuthCard title="This request is over" description="It was answered, took too long, or began in another browser.">
        <Callout title="What to do">Go back to the app and connect again. Nothing was shared.</Callout>
      </AuthCard>
    );
  const ctx = await findUserCtx();
  if (!ctx) redirect(`${paths.signIn}?callbackUrl=${encodeURIComponent(paths.consent(uid))}`);

  const app = consent.client.name ?? "The app";
  const answer = answerAction.bind(null, uid);
  const choices = await findChoices(ctx, consent.slug);
  if (choices.length === 0)
    return (
      <AuthCard
        title={consent.slug ? `No access to ${consent.slug}` : "No workspace to connect"}
        description={`You are signed in as ${ctx.actor.email}.`}
      >
        <Callout tone="warn" title={`${app} gets nothing`}>
          {consent.slug
            ? "There is no such workspace, or your role there does not include calling tools. Ask an admin of the workspace, or sign in with another account."
            : "You are in no workspace whose tools you may call. Ask an admin to invite you."}
        </Callout>
        <BackToApp onAnswer={answer} />
      </AuthCard>
    );
  return (
    <AuthCard
      title={`Let ${consent.client.name ?? "an app"} use your tools?`}
      description="An app wants to connect to a workspace of this Aerostack installation in your name."
    >
      <ConsentForm
        client={{ name: app, named: consent.client.name !== null, host: consent.client.host }}
        redirect={consent.redirect}
        person={{ name: ctx.actor.name, email: ctx.actor.email }}
        choices={choices}
        onAnswer={answer}
      />
    </AuthCard>
  );
}

/** The workspaces that the person can let the client use: the one it asks for, or all of theirs. */
async function findChoices(ctx: Ctx, slug: string | null) {
  const mine = await listWorkspaces(ctx);
  const usable = mine.filter((each) => allows(each.role, "gateway.use") && (slug === null || each.slug === slug));
  return Promise.all(
    usable.map(async (each) => ({
      slug: each.slug,
      name: each.name,
      ...(await countGrantedTools(await workspaceCtx(ctx, each.slug))),
    })),
  );
}
