import { z } from "zod";
import { listAudit } from "@/lib/services/audit/list";
import { ListAuditInput } from "@/lib/services/audit/schemas";
import { AuditPage } from "@/lib/services/audit/view";
import { exportCallsCsv } from "@/lib/services/call/export-csv";
import { listCalls } from "@/lib/services/call/list";
import { ExportCallsInput, ListCallsInput } from "@/lib/services/call/schemas";
import { CallPage } from "@/lib/services/call/view";
import { listMembers } from "@/lib/services/member/list";
import { MemberView } from "@/lib/services/member/view";
import { createWorkspace } from "@/lib/services/workspace/create";
import { deleteWorkspace } from "@/lib/services/workspace/delete";
import { getWorkspace } from "@/lib/services/workspace/get";
import { listWorkspaces } from "@/lib/services/workspace/list";
import { workspaceOverview } from "@/lib/services/workspace/overview";
import { renameWorkspace } from "@/lib/services/workspace/rename";
import { CreateWorkspaceInput, DeleteWorkspaceInput, RenameWorkspaceInput } from "@/lib/services/workspace/schemas";
import { DeletedView, OverviewView, WorkspaceListItem, WorkspaceView } from "@/lib/services/workspace/view";
import { csvResponse } from "./csv-response";
import { type Operation, userOperation, workspaceOperation } from "./operation";

const Nothing = z.strictObject({});

export const workspaceRoutes: Operation[] = [
  userOperation("Workspaces", "GET", "/workspaces", {
    summary: "List your workspaces",
    input: Nothing,
    output: z.object({ workspaces: z.array(WorkspaceListItem) }),
    run: async (ctx) => ({ workspaces: await listWorkspaces(ctx) }),
  }),
  userOperation("Workspaces", "POST", "/workspaces", {
    summary: "Create a workspace",
    input: CreateWorkspaceInput,
    output: WorkspaceView,
    status: 201,
    run: createWorkspace,
  }),
  workspaceOperation("Workspaces", "GET", "", {
    summary: "Read a workspace",
    input: Nothing,
    output: WorkspaceView,
    run: getWorkspace,
  }),
  workspaceOperation("Workspaces", "PATCH", "", {
    summary: "Rename a workspace",
    input: RenameWorkspaceInput,
    output: WorkspaceView,
    run: renameWorkspace,
  }),
  workspaceOperation("Workspaces", "DELETE", "", {
    summary: "Delete a workspace; `confirm` repeats its slug",
    input: DeleteWorkspaceInput,
    output: DeletedView,
    run: deleteWorkspace,
  }),
  workspaceOperation("Workspaces", "GET", "/overview", {
    summary: "Figures of the last day and the last calls",
    input: Nothing,
    output: OverviewView,
    run: workspaceOverview,
  }),
  workspaceOperation("Members", "GET", "/members", {
    summary: "List the members",
    input: Nothing,
    output: z.object({ members: z.array(MemberView) }),
    run: async (ctx) => ({ members: await listMembers(ctx) }),
  }),
  workspaceOperation("Calls", "GET", "/calls", {
    summary: "List attributed calls, newest first",
    input: ListCallsInput,
    output: CallPage,
    run: listCalls,
  }),
  workspaceOperation("Calls", "GET", "/calls.csv", {
    summary: "Export attributed calls as CSV, newest first, with the filters of the list",
    input: ExportCallsInput,
    output: null,
    run: async (ctx, input) => csvResponse(await exportCallsCsv(ctx, input)),
  }),
  workspaceOperation("Audit", "GET", "/audit", {
    summary: "List changes made in the workspace, newest first",
    input: ListAuditInput,
    output: AuditPage,
    run: listAudit,
  }),
];
