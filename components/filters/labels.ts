import { OUTCOMES } from "@/components/calls/outcome";
import type { RangeName } from "@/lib/range";

/** A value that a filter can take, in words. */
export interface FilterOption {
  value: string;
  label: string;
  /** A second, quieter text, e.g. a slug. */
  hint?: string;
}

const TITLES: Record<string, string> = {
  range: "Range",
  from: "From",
  to: "To",
  outcome: "Outcome",
  server: "Server",
  member: "Member",
  errorClass: "Error class",
  tool: "Tool",
  client: "Client",
  kind: "Kind of tool",
  action: "Action",
  actor: "Who",
  target: "Target",
};

/** What a filter is called on screen. */
export const filterTitle = (name: string): string => TITLES[name] ?? name;

export const RANGE_LABELS: Record<RangeName, string> = {
  "1h": "Last hour",
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
  "365d": "Last 12 months",
};

export const OUTCOME_OPTIONS: FilterOption[] = Object.entries(OUTCOMES).map(([value, { label }]) => ({ value, label }));

export const KIND_OPTIONS: FilterOption[] = [
  { value: "read", label: "Read", hint: "changes nothing" },
  { value: "write", label: "Write", hint: "changes something" },
  { value: "destructive", label: "Destructive", hint: "may delete or overwrite" },
];

/** The classes that the gateway writes; another one can be typed. */
export const ERROR_CLASS_OPTIONS: FilterOption[] = [
  { value: "timeout", label: "Timeout" },
  { value: "unreachable", label: "Server unreachable" },
  { value: "http_status", label: "HTTP error status" },
  { value: "rpc_error", label: "Protocol error" },
  { value: "tool_error", label: "Tool error" },
  { value: "tool_scope", label: "Outside the member's tools" },
  { value: "argument_rule", label: "Refused by a rule" },
  { value: "ip_denied", label: "Address not allowed" },
  { value: "unknown_tool", label: "No such tool" },
  { value: "unknown_prompt", label: "No such prompt" },
  { value: "unknown_resource", label: "No such resource" },
  { value: "no_input", label: "Input did not come" },
  { value: "client_closed", label: "Client left" },
];
