import { z } from "zod";
import { listCalls } from "@/lib/services/call/list";
import { ListCallsInput } from "@/lib/services/call/schemas";
import { CallPage } from "@/lib/services/call/view";
import { createWorkspace } from "@/lib/services/workspace/create";
import { deleteWorkspace } from "@/lib/services/workspace/delete";
import { getWorkspace } from "@/lib/services/workspace/get";
import { listWorkspaces } from "@/lib/services/workspace/list";
import { workspaceOverview } from "@/lib/services/workspace/overview";
import { renameWorkspace } from "@/lib/services/workspace/rename";
import {
  CreateWorkspaceInput,
  DeleteWorkspaceInput,
  RenameWorkspaceInput,
  UpdateWorkspaceSettingsInput,
} from "@/lib/services/workspace/schemas";
import { getWorkspaceSettings, updateWorkspaceSettings } from "@/lib/services/workspace/update-settings";
import {
  DeletedView,
  OverviewView,
  WorkspaceListItem,
  WorkspaceSettingsView,
  WorkspaceView,
} from "@/lib/services/workspace/view";
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
  workspaceOperation("Workspaces", "GET", "/settings", {
    summary: "Read the settings",
    input: Nothing,
    output: WorkspaceSettingsView,
    run: getWorkspaceSettings,
  }),
  workspaceOperation("Workspaces", "PATCH", "/settings", {
    summary:
      "Change what is given of the settings; `keepArgumentsDays` 0 deletes the kept payloads of calls, names that `nameLength` changes answer for another 30 days",
    input: UpdateWorkspaceSettingsInput,
    output: WorkspaceSettingsView,
    run: updateWorkspaceSettings,
  }),
  workspaceOperation("Calls", "GET", "/calls", {
    summary: "List attributed calls, newest first",
    input: ListCallsInput,
    output: CallPage,
    run: listCalls,
  }),
];
