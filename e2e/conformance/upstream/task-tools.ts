import { setTimeout as sleep } from "node:timers/promises";
import { fromJsonSchema, type McpServer } from "@modelcontextprotocol/server";
import { text } from "./content";

/** Tools that `tasks.ts` answers with a task for clients that take tasks, and how. `required`: only with a task. */
export const TASK_TOOLS: Record<string, { required: boolean }> = {
  slow_compute: { required: false },
  confirm_delete: { required: false },
  multi_input: { required: false },
  failing_job: { required: true },
  protocol_error_job: { required: true },
  test_tool_with_task: { required: true },
};

const object = <T>(properties: Record<string, { type: "string" | "number" }>) =>
  fromJsonSchema<T>({ type: "object", properties });

/** The tools of the suite's `tasks-*` scenarios as they are listed, and as they answer where no task may be made. */
export function registerTaskTools(server: McpServer): void {
  server.registerTool(
    "greet",
    { description: "Greets at once", inputSchema: object<{ name?: string }>({ name: { type: "string" } }) },
    ({ name }) => text(`Hello, ${name ?? "you"}!`),
  );
  server.registerTool(
    "slow_compute",
    {
      description: "Takes its time",
      inputSchema: object<{ seconds?: number }>({ seconds: { type: "number" }, label: { type: "string" } }),
    },
    async ({ seconds = 0 }) => {
      await sleep(Math.min(seconds, 1) * 1_000); // longer only as a task
      return text("computed");
    },
  );
  for (const name of Object.keys(TASK_TOOLS).filter((tool) => tool !== "slow_compute"))
    server.registerTool(name, { description: "Runs as a task" }, () => text("done without a task"));
}
