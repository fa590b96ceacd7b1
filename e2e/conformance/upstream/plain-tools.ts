import { setTimeout as sleep } from "node:timers/promises";
import { fromJsonSchema, type McpServer } from "@modelcontextprotocol/server";
import { PNG, text, WAV } from "./content";
// What `json-schema-2020-12` wants to find again in `tools/list`.
import EXOTIC_SCHEMA from "./exotic-schema.json";
import type { FixtureState } from "./state";

/** A parameter that travels in a header as well (`x-mcp-header`, 2026-07-28). */
const HEADER_SCHEMA = {
  type: "object",
  properties: { region: { type: "string", "x-mcp-header": "Region" }, note: { type: "string" } },
} as const;

/** Tools that answer by themselves: every kind of content, logging, progress, failure, and one that comes and goes. */
export function registerPlainTools(server: McpServer, state: FixtureState): void {
  // First by name too: one scenario calls whatever tool comes first, without arguments.
  server.registerTool("about", { description: "Says what this server is" }, () => text("A conformance fixture."));
  server.registerTool("test_simple_text", { description: "Answers with text" }, () =>
    text("This is a simple text response for testing."),
  );
  server.registerTool("test_image_content", { description: "Answers with a picture" }, () => ({
    content: [{ type: "image", data: PNG, mimeType: "image/png" }],
  }));
  server.registerTool("test_audio_content", { description: "Answers with a sound" }, () => ({
    content: [{ type: "audio", data: WAV, mimeType: "audio/wav" }],
  }));
  server.registerTool("test_embedded_resource", { description: "Answers with a resource" }, () => ({
    content: [
      {
        type: "resource",
        resource: {
          uri: "test://embedded-resource",
          mimeType: "text/plain",
          text: "This is an embedded resource content.",
        },
      },
    ],
  }));
  server.registerTool("test_multiple_content_types", { description: "Answers with three kinds of content" }, () => ({
    content: [
      { type: "text", text: "Multiple content types test:" },
      { type: "image", data: PNG, mimeType: "image/png" },
      {
        type: "resource",
        resource: {
          uri: "test://mixed-content-resource",
          mimeType: "application/json",
          text: '{"test":"data","value":123}',
        },
      },
    ],
  }));
  server.registerTool("test_error_handling", { description: "Fails" }, () => {
    throw new Error("This tool intentionally returns an error for testing");
  });
  server.registerTool("test_tool_with_logging", { description: "Logs while it runs" }, async (ctx) => {
    for (const line of ["Tool execution started", "Tool processing data", "Tool execution completed"]) {
      await ctx.mcpReq.log("info", line);
      await sleep(50);
    }
    return text("Tool with logging executed successfully");
  });
  server.registerTool("test_logging_tool", { description: "Logs once" }, async (ctx) => {
    await ctx.mcpReq.log("info", "Nobody should see this who did not ask for it");
    return text("logged");
  });
  server.registerTool("test_tool_with_progress", { description: "Reports progress" }, async (ctx) => {
    const progressToken = ctx.mcpReq._meta?.progressToken;
    for (const progress of [0, 50, 100]) {
      if (progressToken !== undefined)
        await ctx.mcpReq.notify({ method: "notifications/progress", params: { progressToken, progress, total: 100 } });
      await sleep(50);
    }
    return text("Tool with progress executed successfully");
  });
  server.registerTool("test_reconnection", { description: "Ends its own stream before it answers" }, async (ctx) => {
    ctx.http?.closeSSE?.();
    await sleep(100);
    return text("The answer came after the stream was closed.");
  });
  server.registerTool(
    "json_schema_2020_12_tool",
    { description: "Tool with JSON Schema 2020-12 features", inputSchema: fromJsonSchema(EXOTIC_SCHEMA) },
    () => text("ok"),
  );
  server.registerTool(
    "test_header_parameter",
    { description: "Takes a parameter from a header", inputSchema: fromJsonSchema<{ region?: string }>(HEADER_SCHEMA) },
    ({ region }) => text(`region ${region ?? "unset"}`),
  );
  registerChanging(server, state);
}

function registerChanging(server: McpServer, state: FixtureState): void {
  const shown = server.registerTool("test_sometimes", { description: "Comes and goes" }, () => text("here"));
  if (!state.tool) shown.disable();
  server.registerTool("test_trigger_tool_change", { description: "Changes the list of tools" }, () => {
    state.toggle("tools");
    return text("changed");
  });
  server.registerTool("test_trigger_prompt_change", { description: "Changes the list of prompts" }, () => {
    state.toggle("prompts");
    return text("changed");
  });
}
