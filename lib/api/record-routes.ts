import { z } from "zod";
import { auditFacets } from "@/lib/services/audit/facets";
import { getAudit } from "@/lib/services/audit/get";
import { getAuditHead } from "@/lib/services/audit/get-head";
import { GetAuditInput } from "@/lib/services/audit/schemas";
import { AuditFacets, AuditHead, AuditView } from "@/lib/services/audit/view";
import { getCall } from "@/lib/services/call/get";
import { getCallPayload } from "@/lib/services/call/get-payload";
import { GetCallInput } from "@/lib/services/call/schemas";
import { CallDetailView, CallPayloadView } from "@/lib/services/call/view";
import { UpdateProfileInput } from "@/lib/services/user/schemas";
import { updateProfile } from "@/lib/services/user/update-profile";
import { ProfileView } from "@/lib/services/user/view";
import { changeSlug } from "@/lib/services/workspace/change-slug";
import { ChangeSlugInput, SettingsEffectsInput } from "@/lib/services/workspace/schemas";
import { settingsEffects } from "@/lib/services/workspace/settings-effects";
import { SettingsEffectsView, WorkspaceView } from "@/lib/services/workspace/view";
import { type Operation, userOperation, workspaceOperation } from "./operation";

const Nothing = z.strictObject({});

/** Single records (a call, an event) and what changes of settings would do. */
export const recordRoutes: Operation[] = [
  userOperation("Account", "PATCH", "/me", {
    summary: "Change your own name",
    input: UpdateProfileInput,
    output: ProfileView,
    run: updateProfile,
  }),
  workspaceOperation("Workspaces", "PUT", "/slug", {
    summary: "Change the slug, and with it every client's URL; `confirm` repeats the slug of now",
    input: ChangeSlugInput,
    output: WorkspaceView,
    run: changeSlug,
  }),
  workspaceOperation("Workspaces", "GET", "/settings/effects", {
    summary: "What a change of settings would touch: members, tokens, kept payloads, calls older than a term",
    input: SettingsEffectsInput,
    output: SettingsEffectsView,
    run: settingsEffects,
  }),
  workspaceOperation("Calls", "GET", "/calls/{call}", {
    summary: "Read one call in full",
    input: GetCallInput,
    output: CallDetailView,
    run: getCall,
  }),
  workspaceOperation("Calls", "GET", "/calls/{call}/payload", {
    summary: "Read what was kept of a call's arguments and result; that it was read is recorded (owners and admins)",
    input: GetCallInput,
    output: CallPayloadView,
    run: getCallPayload,
  }),
  workspaceOperation("Audit", "GET", "/audit/facets", {
    summary: "Kinds of change and who made them, among the newest events",
    input: Nothing,
    output: AuditFacets,
    run: auditFacets,
  }),
  workspaceOperation("Audit", "GET", "/audit/head", {
    summary: "Where the chain of events ends now, to be noted down elsewhere; null before the first event",
    input: Nothing,
    output: z.object({ head: AuditHead.nullable() }),
    run: async (ctx) => ({ head: await getAuditHead(ctx) }),
  }),
  workspaceOperation("Audit", "GET", "/audit/events/{event}", {
    summary: "Read one event of the audit log",
    input: GetAuditInput,
    output: AuditView,
    run: getAudit,
  }),
];
