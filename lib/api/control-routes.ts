import { z } from "zod";
import { listAudit } from "@/lib/services/audit/list";
import { ListAuditInput, VerifyAuditInput } from "@/lib/services/audit/schemas";
import { verifyAudit } from "@/lib/services/audit/verify";
import { AuditPage, AuditVerifyView } from "@/lib/services/audit/view";
import { createRule } from "@/lib/services/rule/create";
import { deleteRule } from "@/lib/services/rule/delete";
import { listRules } from "@/lib/services/rule/list";
import {
  CreateRuleInput,
  DeleteRuleInput,
  ListRulesInput,
  TestRuleInput,
  UpdateRuleInput,
} from "@/lib/services/rule/schemas";
import { testRule } from "@/lib/services/rule/try";
import { updateRule } from "@/lib/services/rule/update";
import { RuleTestView, RuleView } from "@/lib/services/rule/view";
import { createToken } from "@/lib/services/token/create";
import { listTokens } from "@/lib/services/token/list";
import { revokeToken } from "@/lib/services/token/revoke";
import { revokeAllTokens } from "@/lib/services/token/revoke-all";
import {
  CreateTokenInput,
  ListTokensInput,
  RevokeAllTokensInput,
  RevokeTokenInput,
} from "@/lib/services/token/schemas";
import { NewTokenView, RevokedTokensView, TokenView } from "@/lib/services/token/view";
import { DeletedView } from "@/lib/services/workspace/view";
import { type Operation, workspaceOperation } from "./operation";

/** What members may do and what they did: tokens, argument rules, the audit log. */
export const controlRoutes: Operation[] = [
  workspaceOperation("Tokens", "GET", "/tokens", {
    summary: "List tokens, all or of one member; members see their own",
    input: ListTokensInput,
    output: z.object({ tokens: z.array(TokenView) }),
    run: async (ctx, input) => ({ tokens: await listTokens(ctx, input) }),
  }),
  workspaceOperation("Tokens", "POST", "/tokens", {
    summary: "Create a token; it is shown in this answer only",
    input: CreateTokenInput,
    output: NewTokenView,
    status: 201,
    run: createToken,
  }),
  workspaceOperation("Tokens", "DELETE", "/tokens/{token}", {
    summary: "Revoke a token",
    input: RevokeTokenInput,
    output: TokenView,
    run: revokeToken,
  }),
  workspaceOperation("Tokens", "DELETE", "/members/{member}/tokens", {
    summary: "Revoke all tokens of a member",
    input: RevokeAllTokensInput,
    output: RevokedTokensView,
    run: revokeAllTokens,
  }),
  workspaceOperation("Rules", "GET", "/rules", {
    summary: "List argument rules, all or of one server or tool",
    input: ListRulesInput,
    output: z.object({ rules: z.array(RuleView) }),
    run: async (ctx, input) => ({ rules: await listRules(ctx, input) }),
  }),
  workspaceOperation("Rules", "POST", "/rules", {
    summary: "Say what the arguments of a tool must be like, for a member, a role or everyone",
    input: CreateRuleInput,
    output: RuleView,
    status: 201,
    run: createRule,
  }),
  workspaceOperation("Rules", "POST", "/rules/test", {
    summary: "Try a draft of a rule on past calls with kept arguments, and on arguments given here",
    input: TestRuleInput,
    output: RuleTestView,
    run: testRule,
  }),
  workspaceOperation("Rules", "PATCH", "/rules/{rule}", {
    summary: "Change the conditions of a rule, or whom it concerns",
    input: UpdateRuleInput,
    output: RuleView,
    run: updateRule,
  }),
  workspaceOperation("Rules", "DELETE", "/rules/{rule}", {
    summary: "Delete a rule",
    input: DeleteRuleInput,
    output: DeletedView,
    run: deleteRule,
  }),
  workspaceOperation("Audit", "GET", "/audit", {
    summary: "List changes made in the workspace, newest first",
    input: ListAuditInput,
    output: AuditPage,
    run: listAudit,
  }),
  workspaceOperation("Audit", "GET", "/audit/verify", {
    summary: "Check that no event of the audit log was changed, taken out, put in or cut off; at once or in steps",
    input: VerifyAuditInput,
    output: AuditVerifyView,
    run: verifyAudit,
  }),
];
