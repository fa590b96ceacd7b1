import type { CallToolResult, GetPromptResult } from "@modelcontextprotocol/server";

/** One red pixel. */
export const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";
/** The head of a sound without samples. */
export const WAV = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=";

/** A tool result of one text block. */
export const text = (value: string): CallToolResult => ({ content: [{ type: "text", text: value }] });

/** A prompt of one user message. */
export const said = (value: string): GetPromptResult => ({
  messages: [{ role: "user", content: { type: "text", text: value } }],
});
