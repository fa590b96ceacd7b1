import type { z } from "zod";
import { notingRefusals } from "@/lib/services/audit/record-refusal";
import type { Ctx, WorkspaceCtx } from "@/lib/services/context";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One route of the API. Path parameters, query and JSON body are one input: names never repeat between them. */
export interface Operation {
  method: Method;
  /** Below `/api/v1`, e.g. `/workspaces/{workspace}/tokens/{token}`. */
  path: string;
  tag: string;
  summary: string;
  /** Whole input without `{workspace}`, for the document. The verb checks it again; it is the one that decides. */
  input: z.ZodObject;
  /** Answers are parsed through it, so a field that is not published does not leave. Null: the answer is no JSON. */
  output: z.ZodType | null;
  /** Content type of an answer that is no JSON. */
  media?: string;
  /** Status of success; a function where it depends on what was done. */
  status: number | ((output: unknown) => number);
  /** Largest body; `LIMITS.requestBytes` where absent. */
  bodyBytes?: number;
  /** Runs with the workspace's context where the path names one. */
  run: (ctx: Ctx, workspace: () => Promise<WorkspaceCtx>, input: Record<string, unknown>) => Promise<unknown>;
}

interface Common<I extends z.ZodObject, O extends z.ZodType | null> {
  summary: string;
  input: I;
  output: O;
  media?: string;
  bodyBytes?: number;
  status?: number | ((output: O extends z.ZodType ? z.output<O> : never) => number);
}

type Answer<O extends z.ZodType | null> = O extends z.ZodType ? z.input<O> : Response;

/** An operation of the signed-in user, outside any workspace. */
export function userOperation<I extends z.ZodObject, O extends z.ZodType | null>(
  tag: string,
  method: Method,
  path: string,
  operation: Common<I, O> & { run: (ctx: Ctx, input: z.input<I>) => Promise<Answer<O>> },
): Operation {
  const { run, status = 200, ...rest } = operation;
  // The verb parses its input, so handing on unchecked input is no more than its signature says.
  const typed = run as (ctx: Ctx, input: unknown) => Promise<unknown>;
  return {
    tag,
    method,
    path,
    ...rest,
    status: status as Operation["status"],
    run: (ctx, _, input) => typed(ctx, input),
  };
}

/** An operation inside a workspace; its path starts with `/workspaces/{workspace}`. */
export function workspaceOperation<I extends z.ZodObject, O extends z.ZodType | null>(
  tag: string,
  method: Method,
  path: string,
  operation: Common<I, O> & { run: (ctx: WorkspaceCtx, input: z.input<I>) => Promise<Answer<O>> },
): Operation {
  const { run, status = 200, ...rest } = operation;
  const typed = run as (ctx: WorkspaceCtx, input: unknown) => Promise<unknown>;
  return {
    tag,
    method,
    path: `/workspaces/{workspace}${path}`,
    ...rest,
    status: status as Operation["status"],
    run: async (_, workspace, input) => {
      const ctx = await workspace();
      return notingRefusals(ctx, () => typed(ctx, input));
    },
  };
}
