/** Which isolate: one deployment of one installation, at one revision of its policy. Ids hold letters, digits, `_` and `-`. */
export interface DeploymentId {
  ws: string;
  /** The installation: one server of a workspace. */
  ins: string;
  /** SHA-256 of the bundle, lower-case hex. */
  dep: string;
  /** Rises with each change of the policy or of a secret's name; a changed value needs none. */
  rev: number;
}

/** What the gateway tells the runtime about one call; travels as JSON in `x-rt-ctx`. */
export interface CallContext extends DeploymentId {
  /** The member. Absent where nobody called, as in a probe. */
  user?: string;
  call: string;
  /** Never longer than the deployment's own deadline. */
  timeoutMs?: number;
}

/** A host that a function may talk to. */
export interface HostRule {
  /** As `URL.hostname` spells it, or `*.` before a name: any depth below it, not the name itself. */
  host: string;
  /** Plain http is allowed too. */
  http?: boolean;
  /** Instead of the scheme's own port. */
  ports?: number[];
  /** May be on a private network, where the operator allows that address as well. */
  private?: boolean;
}

/** Where a secret's value may stand in a request. */
export type SecretLocation = `header:${string}` | `query:${string}` | "path" | "body";

/** What may be done with one secret. */
export interface SecretRule {
  hosts: string[];
  /** `header:authorization` alone where absent. */
  in?: SecretLocation[];
  /** Before the placeholder, for SDKs that check a credential's form, as `xoxb-`. */
  prefix?: string;
}

/** Bounds of one deployment. */
export interface Limits {
  /** The whole call, its stream included. */
  deadlineMs: number;
  /** Calls at once; more wait. */
  concurrency: number;
}

/** All that a deployment may do; pinned when it is installed. */
export interface Policy {
  hosts: HostRule[];
  secrets: Record<string, SecretRule>;
  /** Plain settings, given to the function as they are. */
  vars: Record<string, string>;
  limits: Limits;
}

/** Why the egress turned a request away, or `ok`. The tenant sees these words and no others. */
export type Verdict =
  | "ok"
  | "bad_request"
  | "method_not_allowed"
  | "host_not_allowed"
  | "port_not_allowed"
  | "https_required"
  | "websocket_not_allowed"
  | "address_not_allowed"
  | "secret_location"
  | "secret_not_bound_to_host"
  | "secret_not_set"
  | "request_too_large"
  | "too_many_requests"
  | "upstream_error";

/** One outbound request of a function, as it is logged: no value, no query string, no body. */
export interface EgressRecord extends DeploymentId {
  /** Unix time in ms. */
  at: number;
  user?: string;
  call?: string;
  method: string;
  host: string;
  /** With placeholders, as the function wrote it, at most 512 characters. */
  path: string;
  /** 0 where no answer came. */
  status: number;
  verdict: Verdict;
  /** Until the answer's head. */
  ms: number;
}

/** One line of a deployment's log. `system` is ours, the others are the function's own words. */
export interface LogLine {
  /** Unix time in ms. */
  at: number;
  level: "debug" | "info" | "log" | "warn" | "error" | "exception" | "system";
  text: string;
  call?: string;
}

/** What an isolate is made of. `env` holds placeholders, never a value. */
export interface Loaded {
  code: string;
  env: Record<string, string>;
}

/** Who a request leaves an isolate for; stamped by the host worker, never by the function. */
export interface Identity extends DeploymentId {
  user?: string;
  call?: string;
}

/** Where the runtime gets deployments and values from, and where its records go. */
export interface FunctionSource {
  /** Null where there is no such deployment. One id has one policy for ever. */
  policy(id: DeploymentId): Promise<Policy | null>;
  /** The bundle, one ES module. */
  code(id: DeploymentId): Promise<string | null>;
  /** Asked for each request that needs the value; null where it is not set. */
  secret(of: { ws: string; ins: string; name: string; host: string }): Promise<string | null>;
  record(record: EgressRecord): void;
}

/** The bounds that hold for every function. Sizes are bytes, times are ms. */
export const FUNCTION_LIMITS = {
  answerBytes: 1 << 20,
  requestBytes: 1 << 20,
  codeBytes: 10 << 20,
  egressConcurrency: 20,
  egressRequestBytes: 8 << 20,
  egressAnswerBytes: 16 << 20,
  egressMs: 60_000,
  deadlineMs: 30_000,
  longestDeadlineMs: 60_000,
  concurrency: 32,
  mostConcurrency: 64,
  waiting: 256,
  tailLines: 256,
  startMs: 1_000,
  smokeMs: 5_000,
} as const;
