import { z } from "zod";
import { activateDeployment } from "@/lib/services/function/activate";
import { checkFunction } from "@/lib/services/function/check";
import { createFunction } from "@/lib/services/function/create";
import { deployFunction } from "@/lib/services/function/deploy";
import { diffDeployments } from "@/lib/services/function/diff";
import { getFunction } from "@/lib/services/function/get";
import { listFunctions } from "@/lib/services/function/list";
import { listDeployments } from "@/lib/services/function/list-deployments";
import { listEgress } from "@/lib/services/function/list-egress";
import { functionLogs, tailLogs } from "@/lib/services/function/logs";
import { readOpenapi } from "@/lib/services/function/read-openapi";
import { releaseFunction } from "@/lib/services/function/release";
import { saveFunction } from "@/lib/services/function/save";
import * as Input from "@/lib/services/function/schemas";
import { setVars } from "@/lib/services/function/set-vars";
import { listTemplates } from "@/lib/services/function/templates";
import { tryFunction } from "@/lib/services/function/try";
import { uploadFunction } from "@/lib/services/function/upload";
import * as View from "@/lib/services/function/view";
import { logStreamResponse } from "./log-stream-response";
import { type Operation, workspaceOperation } from "./operation";

const TAG = "Functions";
const ONE = "/functions/{function}";
const MIB = 1 << 20;

export const functionRoutes: Operation[] = [
  workspaceOperation(TAG, "GET", "/functions", {
    summary: "List the functions, and whether they can run here",
    input: z.strictObject({}),
    output: View.FunctionList,
    run: (ctx) => listFunctions(ctx),
  }),
  workspaceOperation(TAG, "POST", "/functions", {
    summary: "Deploy a bundle made elsewhere; the function is made where there is none of that slug",
    input: Input.UploadFunctionInput,
    output: View.DeployedView,
    status: 201,
    bodyBytes: 10 * MIB,
    run: uploadFunction,
  }),
  workspaceOperation(TAG, "GET", "/function-templates", {
    summary: "List what a function can start from",
    input: z.strictObject({}),
    output: z.object({ templates: z.array(View.TemplateView) }),
    run: async (ctx) => ({ templates: await listTemplates(ctx) }),
  }),
  workspaceOperation(TAG, "POST", "/function-openapi", {
    summary: "Read an OpenAPI document, to choose operations from it",
    input: Input.ReadOpenapiInput,
    output: View.OpenapiView,
    bodyBytes: 10 * MIB,
    run: readOpenapi,
  }),
  workspaceOperation(TAG, "POST", "/function-drafts", {
    summary: "Make a function with a draft: from a template, files or an OpenAPI document",
    input: Input.CreateFunctionInput,
    output: View.FunctionDetail,
    status: 201,
    bodyBytes: 10 * MIB,
    run: createFunction,
  }),
  workspaceOperation(TAG, "GET", ONE, {
    summary: "Read a function with its draft; deleting it is deleting its server",
    input: Input.GetFunctionInput,
    output: View.FunctionDetail,
    run: getFunction,
  }),
  workspaceOperation(TAG, "PUT", `${ONE}/source`, {
    summary: "Replace the draft",
    input: Input.SaveFunctionInput,
    output: View.FunctionDetail,
    bodyBytes: 4 * MIB,
    run: saveFunction,
  }),
  workspaceOperation(TAG, "PUT", `${ONE}/vars`, {
    summary: "Replace the plain settings",
    input: Input.SetVarsInput,
    output: View.FunctionDetail,
    run: setVars,
  }),
  workspaceOperation(TAG, "POST", `${ONE}/check`, {
    summary: "Find faults in the draft or in files given, at their lines",
    input: Input.CheckFunctionInput,
    output: View.CheckView,
    bodyBytes: 4 * MIB,
    run: checkFunction,
  }),
  workspaceOperation(TAG, "GET", `${ONE}/deployments`, {
    summary: "List deployments, newest first",
    input: Input.ListDeploymentsInput,
    output: View.DeploymentPage,
    run: listDeployments,
  }),
  workspaceOperation(TAG, "POST", `${ONE}/deployments`, {
    summary: "Deploy the draft, or stage it",
    input: Input.DeployFunctionInput,
    output: View.DeployedView,
    status: 201,
    run: deployFunction,
  }),
  workspaceOperation(TAG, "POST", `${ONE}/deployments/{deployment}/activate`, {
    summary: "Let a deployment answer: promote a staged one, or roll back",
    input: Input.ActivateDeploymentInput,
    output: View.DeployedView,
    run: activateDeployment,
  }),
  workspaceOperation(TAG, "GET", `${ONE}/diff`, {
    summary: "Compare two deployments, or one with the draft",
    input: Input.DiffDeploymentsInput,
    output: View.DiffView,
    run: diffDeployments,
  }),
  workspaceOperation(TAG, "POST", `${ONE}/try`, {
    summary: "Call a tool of a deployment, staged ones too",
    input: Input.TryFunctionInput,
    output: View.TryView,
    run: tryFunction,
  }),
  workspaceOperation(TAG, "GET", `${ONE}/logs`, {
    summary: "Read the last lines of a deployment's log",
    input: Input.FunctionLogsInput,
    output: View.LogsView,
    run: functionLogs,
  }),
  workspaceOperation(TAG, "GET", `${ONE}/logs/stream`, {
    summary: "Follow a deployment's log: server-sent events `lines` and `line`",
    input: Input.FunctionLogsInput,
    output: null,
    media: "text/event-stream",
    run: async (ctx, input) => logStreamResponse(await tailLogs(ctx, input)),
  }),
  workspaceOperation(TAG, "GET", `${ONE}/egress`, {
    summary: "List outbound requests, newest first",
    input: Input.ListEgressInput,
    output: View.EgressPage,
    run: listEgress,
  }),
  workspaceOperation(TAG, "POST", `${ONE}/release`, {
    summary: "End the pause of a deployment that crashed",
    input: Input.ReleaseFunctionInput,
    output: View.LogsView,
    run: releaseFunction,
  }),
];
