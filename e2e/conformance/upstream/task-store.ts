import { randomUUID } from "node:crypto";
import { text } from "./content";

type Outcome = { result: object } | { error: { code: number; message: string } };

interface Task {
  status: "working" | "input_required" | "completed" | "failed" | "cancelled";
  createdAt: string;
  lastUpdatedAt: string;
  /** Questions that are still open, by key. */
  inputRequests: Record<string, object>;
  outcome: Outcome | null;
}

const ask = (message: string) => ({
  method: "elicitation/create",
  params: {
    mode: "form",
    message,
    requestedSchema: { type: "object", properties: { confirm: { type: "boolean" } }, required: ["confirm"] },
  },
});

/** The tasks of one fixture (SEP-2663). They live as long as it does. */
export class TaskStore {
  private readonly tasks = new Map<string, Task>();

  /** Begins what a tool does; the task exists before its id is told. */
  begin(tool: string, args: Record<string, unknown>, answered: string): string {
    const now = new Date().toISOString();
    const task: Task = { status: "working", createdAt: now, lastUpdatedAt: now, inputRequests: {}, outcome: null };
    const id = randomUUID();
    this.tasks.set(id, task);
    if (tool === "confirm_delete") this.wait(task, { confirm: ask(`Delete ${String(args.filename)}?`) });
    else if (tool === "multi_input") this.wait(task, { first: ask("First?"), second: ask("Second?") });
    else this.later(task, tool, Number(args.seconds ?? 0.1), answered);
    return id;
  }

  private wait(task: Task, inputRequests: Record<string, object>): void {
    Object.assign(task, { status: "input_required", inputRequests });
  }

  private later(task: Task, tool: string, seconds: number, answered: string): void {
    const outcome: Outcome =
      tool === "protocol_error_job"
        ? { error: { code: -32603, message: "The job broke" } }
        : { result: { ...text(answered || "done"), ...(tool === "failing_job" && { isError: true }) } };
    setTimeout(() => this.settle(task, outcome), seconds * 1_000).unref();
  }

  private settle(task: Task, outcome: Outcome): void {
    if (task.outcome || task.status === "cancelled") return;
    Object.assign(task, { status: "error" in outcome ? "failed" : "completed", outcome, inputRequests: {} });
    task.lastUpdatedAt = new Date().toISOString();
  }

  /** A task's own fields as a client sees them; null where there is none of that id. */
  view(id: string): Record<string, unknown> | null {
    const task = this.tasks.get(id);
    if (!task) return null;
    const { status, createdAt, lastUpdatedAt, inputRequests, outcome } = task;
    const open = Object.keys(inputRequests).length > 0 ? { inputRequests } : {};
    return { taskId: id, status, createdAt, lastUpdatedAt, ttlMs: 600_000, pollIntervalMs: 100, ...open, ...outcome };
  }

  /** Takes answers to open questions; with the last one the task goes on. Others are ignored. */
  answer(id: string, responses: Record<string, unknown>): void {
    const task = this.tasks.get(id);
    if (task?.status !== "input_required") return;
    for (const key of Object.keys(responses)) delete task.inputRequests[key];
    if (Object.keys(task.inputRequests).length === 0) this.settle(task, { result: text("confirmed") });
  }

  /** Ends a task that still runs. */
  cancel(id: string): void {
    const task = this.tasks.get(id);
    if (task && !task.outcome) Object.assign(task, { status: "cancelled", inputRequests: {} });
  }
}
