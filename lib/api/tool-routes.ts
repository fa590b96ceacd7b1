import { z } from "zod";
import { serverHealth } from "@/lib/services/server/health";
import { serverRemoval } from "@/lib/services/server/removal";
import { GetServerInput } from "@/lib/services/server/schemas";
import { ServerHealthView, ServerRemovalView } from "@/lib/services/server/view";
import { createRunToken } from "@/lib/services/token/create-run-token";
import { connectionProgress } from "@/lib/services/token/progress";
import { ConnectionProgressInput } from "@/lib/services/token/schemas";
import { ConnectionProgressView, NewTokenView } from "@/lib/services/token/view";
import { editTool } from "@/lib/services/tool/edit";
import { getTool } from "@/lib/services/tool/get";
import { listAllTools } from "@/lib/services/tool/list-all";
import { acceptTools, listToolReviews } from "@/lib/services/tool/review";
import {
  AcceptToolsInput,
  EditToolInput,
  GetToolInput,
  ListToolReviewsInput,
  SetToolsEnabledInput,
} from "@/lib/services/tool/schemas";
import { setToolsEnabled } from "@/lib/services/tool/set-many";
import { ListedTool, ToolDetail, ToolReview, ToolsChanged, WorkspaceTool } from "@/lib/services/tool/view";
import { contextUse } from "@/lib/services/workspace/context-use";
import { setupProgress, skipSetup } from "@/lib/services/workspace/setup-progress";
import { ContextView, SetupProgressView } from "@/lib/services/workspace/view";
import { type Operation, workspaceOperation } from "./operation";

/** The toolset as a whole, and the way of a client to its first call. */
export const toolRoutes: Operation[] = [
  workspaceOperation("Tools", "GET", "/tools", {
    summary: "List all tools of all servers; members see those that they may use",
    input: z.strictObject({}),
    output: z.object({ tools: z.array(WorkspaceTool) }),
    run: async (ctx) => ({ tools: await listAllTools(ctx) }),
  }),
  workspaceOperation("Tools", "PUT", "/tools/enabled", {
    summary: "Switch many tools on or off, all or none",
    input: SetToolsEnabledInput,
    output: ToolsChanged,
    run: setToolsEnabled,
  }),
  workspaceOperation("Tools", "GET", "/servers/{server}/tools/{tool}", {
    summary: "Read one tool with the JSON Schema of its arguments",
    input: GetToolInput,
    output: ToolDetail,
    run: getTool,
  }),
  workspaceOperation("Tools", "PATCH", "/servers/{server}/tools/{tool}", {
    summary:
      "Rename a tool (`alias`) or describe it otherwise (`description`); null gives it back to its server. The old name answers for 30 days; one that is taken is refused (409, field `alias`)",
    input: EditToolInput,
    output: ListedTool,
    run: editTool,
  }),
  workspaceOperation("Workspaces", "GET", "/context", {
    summary: "What the tools that are on take of a model's context, and what search mode would take",
    input: z.strictObject({}),
    output: ContextView,
    run: contextUse,
  }),
  workspaceOperation("Tools", "GET", "/servers/{server}/reviews", {
    summary: "List the definitions that wait for a review, beside what was accepted before",
    input: ListToolReviewsInput,
    output: z.object({ reviews: z.array(ToolReview) }),
    run: async (ctx, input) => ({ reviews: await listToolReviews(ctx, input) }),
  }),
  workspaceOperation("Tools", "POST", "/servers/{server}/reviews", {
    summary: "Accept definitions as they were seen",
    input: AcceptToolsInput,
    output: ToolsChanged,
    run: acceptTools,
  }),
  workspaceOperation("Servers", "GET", "/server-health", {
    summary: "How the servers did in the last 24 hours: p95 and last failure",
    input: z.strictObject({}),
    output: z.object({ servers: z.array(ServerHealthView) }),
    run: async (ctx) => ({ servers: await serverHealth(ctx) }),
  }),
  workspaceOperation("Servers", "GET", "/servers/{server}/removal", {
    summary: "What would go with a server",
    input: GetServerInput,
    output: ServerRemovalView,
    run: serverRemoval,
  }),
  workspaceOperation("Tokens", "GET", "/connection", {
    summary: "How far a client has come: came in, asked for the tools, made a call",
    input: ConnectionProgressInput,
    output: ConnectionProgressView,
    run: connectionProgress,
  }),
  workspaceOperation("Tokens", "POST", "/run-token", {
    summary: "Make a token of one's own that ends after an hour, for running tools by hand",
    input: z.strictObject({}),
    output: NewTokenView,
    status: 201,
    run: createRunToken,
  }),
  workspaceOperation("Workspaces", "GET", "/setup", {
    summary: "How far setting up has come",
    input: z.strictObject({}),
    output: SetupProgressView,
    run: setupProgress,
  }),
  workspaceOperation("Workspaces", "POST", "/setup/skip", {
    summary: "Put setting up aside",
    input: z.strictObject({}),
    output: SetupProgressView,
    run: skipSetup,
  }),
];
