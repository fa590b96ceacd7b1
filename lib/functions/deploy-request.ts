import type { Manifest } from "./manifest";

/** Body of `POST /api/v1/workspaces/{workspace}/functions`: a bundle made on the author's machine. */
export interface DeployRequest {
  /** Of the server; made where there is none yet. */
  slug: string;
  name?: string;
  /** One ES module. */
  code: string;
  /** Of `code`, lower-case hex: what arrived is what was built. */
  sha256: string;
  /** The author's own files, for reading and comparing; packages are in the bundle only. */
  files: Record<string, string>;
  entry: string;
  /** As the author's machine read it; the server reads it again in its own smoke test and refuses a difference. */
  manifest: Manifest;
}

/** Its answer. */
export interface DeployedView {
  server: { slug: string };
  deployment: { id: string; version: number; sha256: string };
  tools: { name: string; qualifiedName: string }[];
  missingSecrets: string[];
  /** Kept, but not answering yet. */
  staged?: boolean;
  /** In words, what it may do that the deployment before could not. */
  widened?: string[];
}
