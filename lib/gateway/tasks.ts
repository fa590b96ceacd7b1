import { RPC, TASKS_EXTENSION } from "@/lib/mcp/protocol";
import { type Answer, failure, success } from "./answer";
import { editMember, withExposedUris } from "./bridge/results";
import { openTask } from "./bridge/task-ids";
import { maySee } from "./may-see";
import type { Message } from "./message";
import { withMember } from "./notifications";
import { pass } from "./pass";
import type { UpstreamServer } from "./ports";
import type { Engine, Scope } from "./scope";
import { exposeUri } from "./uris";

const METHODS: Record<Scope["era"], readonly string[]> = {
  /** The extension of 2026-07-28. */
  modern: ["tasks/get", "tasks/update", "tasks/cancel"],
  /**
   * Of 2025-11-25, on single-server endpoints. Without `tasks/list`: to the server all members with one credential are one,
   * and it would show each of them everybody's (2025-11-25, tasks, section "Task Isolation and Access Control").
   */
  legacy: ["tasks/get", "tasks/result", "tasks/cancel"],
};

/** Whether a request is about tasks that its client and this view can have. */
export const isTaskMethod = ({ era, only }: Scope, method: string): boolean =>
  method.startsWith("tasks/") && METHODS[era].includes(method) && (era === "modern" || only !== null);

/**
 * `tasks/…`: passed to the server that began the task. Both sides must be of one revision family, since each has tasks of
 * its own kind. The call that began it has its row; following it up has none.
 */
export async function onTask(engine: Engine, scope: Scope, message: Message): Promise<Answer> {
  const span = message.spans.get("params");
  const params = span ? message.text.slice(span.valueStart, span.valueEnd) : "{}";
  const exposed = message.params?.taskId;
  if (scope.era === "modern" && !hasTasks(scope)) {
    const requiredCapabilities = { extensions: { [TASKS_EXTENSION]: {} } };
    return failure(RPC.missingCapability, "Tasks need their extension to be declared.", { requiredCapabilities });
  }
  if (scope.only) {
    if (!maySee(scope.principal.toolScope, scope.only)) return unknown();
    const { session, answer } = await pass(engine, scope, scope.only, message.method, params);
    return session && session.era !== scope.era ? unknown() : answer;
  }
  const task = typeof exposed === "string" ? await openTask(engine.keys, scope, exposed) : null;
  if (!task || typeof exposed !== "string" || !maySee(scope.principal.toolScope, task.server))
    return failure(RPC.invalidParams, "Unknown task.");
  const own = withMember(params, "taskId", JSON.stringify(task.taskId));
  const { answer } = await pass(engine, scope, task.server, message.method, own);
  return answer.kind === "error" ? answer : success(exposeTask(scope, task.server, answer.json, exposed));
}

const unknown = (): Answer => failure(RPC.methodNotFound, "Method not found");

function hasTasks({ capabilities }: Scope): boolean {
  const { extensions } = capabilities as { extensions?: unknown };
  return typeof extensions === "object" && extensions !== null && Object.hasOwn(extensions, TASKS_EXTENSION);
}

/** The task under the id that its client knows, and its result as any result of that server. */
function exposeTask(scope: Scope, server: UpstreamServer, json: string, exposed: string): string {
  const named = editMember(json, "taskId", () => JSON.stringify(exposed));
  return editMember(named, "result", (result) =>
    withExposedUris(result, "content", (uri) => exposeUri(scope, server, uri)),
  );
}
