import { z } from "zod";
import { addServer } from "@/lib/services/server/add";
import { getServer } from "@/lib/services/server/get";
import { listServers } from "@/lib/services/server/list";
import { probeServer } from "@/lib/services/server/probe";
import { refreshTools } from "@/lib/services/server/refresh-tools";
import { removeServer } from "@/lib/services/server/remove";
import {
  AddServerInput,
  GetServerInput,
  ProbeServerInput,
  RefreshToolsInput,
  RemoveServerInput,
  SetServerEnabledInput,
  UpdateServerInput,
} from "@/lib/services/server/schemas";
import { setServerEnabled } from "@/lib/services/server/set-enabled";
import { updateServer } from "@/lib/services/server/update";
import { ProbeView, ServerDetail, ServerSaved, ServerView } from "@/lib/services/server/view";
import { SetToolEnabledInput } from "@/lib/services/tool/schemas";
import { setToolEnabled } from "@/lib/services/tool/set-enabled";
import { ToolView } from "@/lib/services/tool/view";
import { DeletedView } from "@/lib/services/workspace/view";
import { type Operation, workspaceOperation } from "./operation";

export const serverRoutes: Operation[] = [
  workspaceOperation("Servers", "GET", "/servers", {
    summary: "List the servers",
    input: z.strictObject({}),
    output: z.object({ servers: z.array(ServerView) }),
    run: async (ctx) => ({ servers: await listServers(ctx) }),
  }),
  workspaceOperation("Servers", "POST", "/servers", {
    summary: "Add a proxied server: it is tested, then saved with its tools",
    input: AddServerInput,
    output: ServerSaved,
    status: 201,
    run: addServer,
  }),
  workspaceOperation("Servers", "POST", "/probe", {
    summary: "Test a URL without saving anything",
    input: ProbeServerInput,
    output: ProbeView,
    run: probeServer,
  }),
  workspaceOperation("Servers", "GET", "/servers/{server}", {
    summary: "Read a server with its tools",
    input: GetServerInput,
    output: ServerDetail,
    run: getServer,
  }),
  workspaceOperation("Servers", "PATCH", "/servers/{server}", {
    summary: "Change name, URL or headers; a new URL or new headers are tested",
    input: UpdateServerInput,
    output: ServerSaved,
    run: updateServer,
  }),
  workspaceOperation("Servers", "DELETE", "/servers/{server}", {
    summary: "Remove a server; `confirm` repeats its slug",
    input: RemoveServerInput,
    output: DeletedView,
    run: removeServer,
  }),
  workspaceOperation("Servers", "PUT", "/servers/{server}/enabled", {
    summary: "Switch a server on or off",
    input: SetServerEnabledInput,
    output: ServerView,
    run: setServerEnabled,
  }),
  workspaceOperation("Servers", "POST", "/servers/{server}/refresh", {
    summary: "Test a server again and take over its tools",
    input: RefreshToolsInput,
    output: ServerSaved,
    run: refreshTools,
  }),
  workspaceOperation("Tools", "PUT", "/servers/{server}/tools/{tool}/enabled", {
    summary: "Switch a tool on or off",
    input: SetToolEnabledInput,
    output: ToolView,
    run: setToolEnabled,
  }),
];
