import { type Compiled, explain } from "./schema";
import type { Schema, ToolContext, ToolOptions, ToolResult } from "./types";

/** A failure whose words the caller may read. Anything else that is thrown goes to the log and nowhere else. */
export class ToolError extends Error {
  override readonly name = "ToolError";
}

/** A tool with its schemas prepared. */
export interface ReadyTool {
  name: string;
  options: ToolOptions<Schema, Schema, string>;
  input: Compiled;
  output: Compiled | null;
}

const failed = (text: string): ToolResult => ({ content: [{ type: "text", text }], isError: true });

/** One call: arguments checked, the tool run, its answer checked and put in MCP's form. Never throws. */
export async function callTool(tool: ReadyTool, args: unknown, ctx: ToolContext): Promise<ToolResult> {
  try {
    const given = await tool.input.check(args ?? {});
    if (given.issues) return failed(`Invalid arguments for ${tool.name}: ${explain(given.issues)}`);
    const answer = await tool.options.run(given.value as Record<string, unknown>, ctx);
    if (!tool.output) return isResult(answer) ? answer : shown(answer);
    const checked = await tool.output.check(answer);
    if (!checked.issues) return shown(answer);
    console.error(`${tool.name} returned what its output schema does not allow: ${explain(checked.issues)}`);
    return failed(`${tool.name} returned an answer that does not fit its output schema.`);
  } catch (error) {
    if (error instanceof ToolError) return failed(error.message);
    console.error(`${tool.name} failed:`, error);
    return failed(ctx.signal.aborted ? `${tool.name} took too long.` : `${tool.name} failed. Its log says why.`);
  }
}

function isResult(answer: unknown): answer is ToolResult {
  const content = answer && typeof answer === "object" && "content" in answer ? answer.content : undefined;
  return (
    Array.isArray(content) && content.every((part: unknown) => !!part && typeof part === "object" && "type" in part)
  );
}

function shown(answer: unknown): ToolResult {
  if (answer === undefined) return { content: [] };
  const text = typeof answer === "string" ? answer : JSON.stringify(answer);
  const structured = answer !== null && typeof answer === "object" && !Array.isArray(answer);
  return {
    content: [{ type: "text", text }],
    ...(structured ? { structuredContent: answer as Record<string, unknown> } : {}),
  };
}
