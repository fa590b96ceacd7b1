import {
  CLIENT_CAPABILITIES_META_KEY,
  PROTOCOL_VERSION_META_KEY,
  SERVER_INFO_META_KEY,
} from "@modelcontextprotocol/server";
import { SERVER_INFO } from "./features";
import { TaskStore } from "./task-store";
import { TASK_TOOLS } from "./task-tools";

/** Name of the extension (SEP-2663). */
export const TASKS = "io.modelcontextprotocol/tasks";

const METHODS = ["tasks/get", "tasks/update", "tasks/cancel"];
const NEEDED = { requiredCapabilities: { extensions: { [TASKS]: {} } } };

interface Message {
  id: unknown;
  method: string;
  params: {
    _meta: Record<string, unknown>;
    name?: string;
    arguments?: Record<string, unknown>;
    taskId?: string;
    inputResponses?: Record<string, { content?: { name?: string } }>;
  };
}

/** The tasks extension in front of the SDK, which has no server side for it. Everything else it leaves alone. */
export class Tasks {
  private readonly store = new TaskStore();

  /** The answer, or null where the SDK is to answer. */
  async handle(request: Request): Promise<Response | null> {
    const message = await read(request);
    if (!message) return null;
    const tool = message.method === "tools/call" ? TASK_TOOLS[message.params.name ?? ""] : undefined;
    const isTask = METHODS.includes(message.method);
    if (!tool && !isTask) return null;
    const capabilities = message.params._meta[CLIENT_CAPABILITIES_META_KEY] as { extensions?: object } | undefined;
    const able = capabilities?.extensions !== undefined && TASKS in capabilities.extensions;
    const name = isTask ? message.params.taskId : message.params.name;
    if (request.headers.get("mcp-method") !== message.method || request.headers.get("mcp-name") !== name)
      return isTask ? refuse(message, 400, -32020, "A header differs from the body") : null;
    if (!able && (isTask || tool?.required)) return refuse(message, 400, -32021, "Tasks are needed", NEEDED);
    if (isTask) return this.operate(message);
    return able ? this.call(message) : null;
  }

  private call(message: Message): Response {
    const { name = "", arguments: args = {}, inputResponses } = message.params;
    const user = inputResponses?.user_name?.content?.name;
    if (name === "test_tool_with_task" && user === undefined) return answer(message, ASK_FIRST);
    const id = this.store.begin(name, args, user ?? "");
    const { taskId, status, createdAt, lastUpdatedAt, ttlMs, pollIntervalMs } = this.store.view(id) ?? {};
    return answer(message, { resultType: "task", taskId, status, createdAt, lastUpdatedAt, ttlMs, pollIntervalMs });
  }

  private operate(message: Message): Response {
    const id = message.params.taskId ?? "";
    const task = this.store.view(id);
    if (!task) return refuse(message, 200, -32602, "Unknown task");
    if (message.method === "tasks/get") return answer(message, { resultType: "complete", ...task });
    if (message.method === "tasks/cancel") this.store.cancel(id);
    else this.store.answer(id, message.params.inputResponses ?? {});
    return answer(message, { resultType: "complete" });
  }
}

const ASK_FIRST = {
  resultType: "input_required",
  inputRequests: {
    user_name: {
      method: "elicitation/create",
      params: {
        mode: "form",
        message: "What is your name?",
        requestedSchema: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
      },
    },
  },
};

/** A request of 2026-07-28; null for anything else. */
async function read(request: Request): Promise<Message | null> {
  if (request.method !== "POST") return null;
  const message = (await request
    .clone()
    .json()
    .catch(() => null)) as Message | null;
  return message?.params?._meta?.[PROTOCOL_VERSION_META_KEY] === undefined ? null : message;
}

const answer = ({ id }: Message, result: object) =>
  Response.json({ jsonrpc: "2.0", id, result: { ...result, _meta: { [SERVER_INFO_META_KEY]: SERVER_INFO } } });

const refuse = ({ id }: Message, status: number, code: number, message: string, data?: object) =>
  Response.json({ jsonrpc: "2.0", id, error: { code, message, ...(data && { data }) } }, { status });
