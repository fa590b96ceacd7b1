import type { Metadata } from "next";
import Link from "next/link";
import { AuthCard } from "@/components/auth/auth-card";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { ANONYMOUS } from "@/lib/auth/anonymous";
import { findUserCtx, requestCtx } from "@/lib/auth/context";
import { providerButtons } from "@/lib/auth/providers";
import { runtime } from "@/lib/auth/runtime";
import { AppError } from "@/lib/errors";
import { formatDay } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { Ctx } from "@/lib/services/context";
import { domainOf } from "@/lib/services/fields";
import { readInvitation } from "@/lib/services/invitation/read-by-token";
import type { OpenInvitationView } from "@/lib/services/invitation/view";
import { Accept } from "./accept";
import type { Heading } from "./heading";
import { Join } from "./join";
import { SwitchAccount } from "./switch-account";

export const metadata: Metadata = { title: "Invitation" };

const CLOSED = {
  accepted: "This invitation was used already",
  expired: "This invitation has expired",
  revoked: "This invitation was taken back",
};
const ROLE = { owner: "an owner", admin: "an admin", member: "a member", auditor: "an auditor" };

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const user = await findUserCtx();
  const invitation = await read(user ?? (await requestCtx(ANONYMOUS)), token);
  if (!invitation)
    return (
      <AuthCard title="This link does not work" description="It is incomplete, or a newer link took its place.">
        <Callout title="Ask whoever invited you for a new link">Only the newest link of an invitation works.</Callout>
        <Home signedIn={user !== null} />
      </AuthCard>
    );
  const { workspaceName, invitedBy, role, state, expiresAt } = invitation;
  if (state !== "pending")
    return (
      <AuthCard title={CLOSED[state]} description={`It was for the workspace ${workspaceName}.`}>
        <Callout title={`Ask ${invitedBy} for a new link`}>
          {state === "accepted"
            ? "Each invitation works once. If it was you who used it, you are a member already."
            : "A new one takes a minute to make."}
        </Callout>
        <Home signedIn={user !== null} />
      </AuthCard>
    );
  const heading = {
    title: `Join ${workspaceName}`,
    description: `${invitedBy} invites you as ${ROLE[role]}. The link works once, until ${formatDay(Date.parse(expiresAt))}.`,
  };
  if (user) return <SignedIn user={user} invitation={invitation} token={token} heading={heading} />;
  return <SignedOut invitation={invitation} token={token} heading={heading} />;
}

async function read(ctx: Ctx, token: string): Promise<OpenInvitationView | null> {
  return readInvitation(ctx, { token }).catch((error: unknown) => {
    if (error instanceof AppError && error.code !== "internal") return null;
    throw error;
  });
}

interface Part {
  heading: Heading;
  invitation: OpenInvitationView;
  token: string;
}

function SignedIn({ user, invitation: { email, domain }, token, heading }: Part & { user: Ctx }) {
  const own = user.actor.email ?? "";
  if (email === null ? domainOf(own) === domain : email === own)
    return <Accept heading={heading} token={token} account={own} />;
  return (
    <AuthCard {...heading}>
      <Callout tone="warn" title={`You are signed in as ${own}`}>
        This invitation is for {email ?? `addresses of ${domain}`}. Switch to that account to accept it.
      </Callout>
      <SwitchAccount />
    </AuthCard>
  );
}

async function SignedOut({ invitation, token, heading }: Part) {
  const { env } = await runtime();
  return (
    <Join
      heading={heading}
      token={token}
      email={invitation.email}
      domain={invitation.domain}
      providers={providerButtons(env.signIn)}
    />
  );
}

function Home({ signedIn }: { signedIn: boolean }) {
  return (
    <Button asChild size="lg" variant="secondary">
      <Link href={signedIn ? paths.workspaces : paths.signIn}>{signedIn ? "To your workspaces" : "Sign in"}</Link>
    </Button>
  );
}
