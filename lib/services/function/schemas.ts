import { z } from "zod";
import { DisplayName, PageSize, Ref } from "@/lib/services/fields";
import { ServerSlug } from "@/lib/slug";

const NAME =
  /^(?!node_modules\/)(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*\/){0,8}[A-Za-z0-9_-][A-Za-z0-9_.-]*\.(?:ts|mts|js|mjs|json)$/;
const FILE_CHARACTERS = 1 << 20;
const ALL_CHARACTERS = 2 << 20;

/** Text that Postgres can hold: no NUL, no half of a surrogate pair. */
const storable = (text: string): boolean => !/[\0\p{Cs}]/u.test(text);
const Text = (most: number, words: string) =>
  z.string().max(most, words).refine(storable, "Remove NUL and broken characters");

/** Path of a file of a function, as the compiler takes it. */
export const FileName = z
  .string()
  .max(128, "At most 128 characters")
  .regex(NAME, 'Use letters, digits, "_", "-", "." and "/", ending in .ts, .mts, .js, .mjs or .json');

const Files = z
  .record(FileName, Text(FILE_CHARACTERS, "A file has at most 1 MiB"))
  .refine((files) => Object.keys(files).length <= 100, "At most 100 files")
  .refine(
    (files) => Object.values(files).reduce((sum, text) => sum + text.length, 0) <= ALL_CHARACTERS,
    "All files together have at most 2 MiB",
  );

const Source = { files: Files, entry: FileName };
const hasEntry = ({ files, entry }: { files: Record<string, string>; entry: string }): boolean =>
  Object.hasOwn(files, entry);
const NO_ENTRY = { message: "There is no such file", path: ["entry"] };
/** Says what a deployment is for. */
const Note = Text(200, "At most 200 characters").optional();
/** Id of a deployment. */
const Deployment = z.string().max(64);
const ByFunction = z.strictObject({ function: Ref });

const Choice = {
  /** The document's text, JSON or YAML; or `url` where it lies. */
  document: z
    .string()
    .max(16 << 20, "At most 16 MiB")
    .optional(),
  url: z.string().max(2_048, "At most 2048 characters").optional(),
  /** Ids of operations; without them those of `tags`, or the first 40. */
  ids: z.array(z.string().max(500)).max(40, "At most 40 operations").optional(),
  tags: z.array(z.string().max(200)).max(200).optional(),
  /** Instead of the address that the document names. */
  baseUrl: z.string().max(2_048).optional(),
};

/** Reads an OpenAPI document, to choose operations from it. Saves nothing. */
export const ReadOpenapiInput = z.strictObject({ slug: ServerSlug, ...Choice });
export type ReadOpenapiInput = z.input<typeof ReadOpenapiInput>;

/** Starts from one of: `template`, `files` with `entry`, `openapi`; from a small working function without any. */
export const CreateFunctionInput = z.strictObject({
  slug: ServerSlug,
  name: DisplayName.optional(),
  template: z.string().max(64).optional(),
  files: Files.optional(),
  entry: FileName.default("server.ts"),
  openapi: z.strictObject(Choice).optional(),
});
export type CreateFunctionInput = z.input<typeof CreateFunctionInput>;

export const GetFunctionInput = ByFunction;
export type GetFunctionInput = z.input<typeof GetFunctionInput>;

/** Replaces the draft: all files at once. Nothing is deployed by it. */
export const SaveFunctionInput = z.strictObject({ function: Ref, ...Source }).refine(hasEntry, NO_ENTRY);
export type SaveFunctionInput = z.input<typeof SaveFunctionInput>;

const MAX_VARS = 50;
/** Replaces all settings. Not for credentials: everybody who manages functions reads them. */
export const SetVarsInput = z.strictObject({
  function: Ref,
  vars: z
    .record(
      z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/, "Use capital letters, digits and _, starting with a letter"),
      Text(4_096, "At most 4096 characters"),
    )
    .refine((vars) => Object.keys(vars).length <= MAX_VARS, `At most ${MAX_VARS} settings`),
});
export type SetVarsInput = z.input<typeof SetVarsInput>;

/** Looks for faults in the draft, or in files that are not saved yet. */
export const CheckFunctionInput = z.strictObject({
  function: Ref,
  files: Files.optional(),
  entry: FileName.optional(),
});
export type CheckFunctionInput = z.input<typeof CheckFunctionInput>;

/** `stage` keeps the deployment ready without answering by it yet. */
export const DeployFunctionInput = z.strictObject({ function: Ref, note: Note, stage: z.boolean().default(false) });
export type DeployFunctionInput = z.input<typeof DeployFunctionInput>;

/** `DeployRequest` of the CLI, with what only the API takes. `manifest` is read by the manifest's own reader. */
export const UploadFunctionInput = z
  .strictObject({
    slug: ServerSlug,
    name: DisplayName.optional(),
    code: Text(10 << 20, "A bundle has at most 10 MiB").min(1, "The bundle is empty"),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, "64 hex digits, the SHA-256 of the bundle"),
    ...Source,
    manifest: z.record(z.string(), z.unknown()),
    note: Note,
    stage: z.boolean().default(false),
  })
  .refine(hasEntry, NO_ENTRY);
export type UploadFunctionInput = z.input<typeof UploadFunctionInput>;

/** Makes a deployment the one that answers: to promote a staged one, or to roll back. */
export const ActivateDeploymentInput = z.strictObject({ function: Ref, deployment: Deployment });
export type ActivateDeploymentInput = z.input<typeof ActivateDeploymentInput>;

/** Newest first; `cursor` is the id of the last row of the page before. */
export const ListDeploymentsInput = z.strictObject({
  function: Ref,
  cursor: z
    .string()
    .regex(/^dep_[0-9a-z]{1,60}$/, "Not a cursor of this list")
    .optional(),
  limit: PageSize,
});
export type ListDeploymentsInput = z.input<typeof ListDeploymentsInput>;

/** Ids of deployments; `to` may also be `draft`. */
export const DiffDeploymentsInput = z.strictObject({ function: Ref, from: Deployment, to: Deployment });
export type DiffDeploymentsInput = z.input<typeof DiffDeploymentsInput>;

/** One call as the acting member, of the active deployment or another. */
export const TryFunctionInput = z.strictObject({
  function: Ref,
  deployment: Deployment.optional(),
  tool: z.string().min(1, "Choose a tool").max(128),
  arguments: z.record(z.string(), z.unknown()).default({}),
});
export type TryFunctionInput = z.input<typeof TryFunctionInput>;

export const FunctionLogsInput = z.strictObject({ function: Ref, deployment: Deployment.optional() });
export type FunctionLogsInput = z.input<typeof FunctionLogsInput>;

const Exact = Text(200, "At most 200 characters").optional();
/** Newest first. `call` and `member` are ids; `verdict` a word of the egress. */
export const ListEgressInput = z.strictObject({
  function: Ref,
  call: Exact,
  member: Exact,
  verdict: Exact,
  cursor: z
    .string()
    .regex(/^egr_[0-9a-z]{1,60}$/, "Not a cursor of this list")
    .optional(),
  limit: PageSize,
});
export type ListEgressInput = z.input<typeof ListEgressInput>;

/** Ends the pause of a deployment that crashed. */
export const ReleaseFunctionInput = z.strictObject({ function: Ref, deployment: Deployment.optional() });
export type ReleaseFunctionInput = z.input<typeof ReleaseFunctionInput>;
