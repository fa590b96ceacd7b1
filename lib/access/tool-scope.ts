/**
 * Which tools a member may use. `servers` null: every server; else only those named by id, each with all of its tools
 * (null) or the named ones (the upstream's own names). `readOnly`: of these, only tools that their server marks
 * `readOnlyHint: true`.
 */
export interface ToolScope {
  readOnly: boolean;
  servers: Record<string, string[] | null> | null;
}
