import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AUTHORING } from "./vendor";

/** What `server.ts` adds to `types.ts`; its test holds both together. */
const VALUES = `
export declare function tool<Input extends Schema, Output extends Schema = Schema, Secret extends string = string>(
  options: ToolOptions<Input, Output, Secret>,
): Tool<Secret>;

export declare function defineServer<const Secrets extends Record<string, SecretBinding> = Record<never, never>>(
  options: ServerOptions<Secrets>,
): FunctionServer;

/** For schema libraries without JSON Schema export, \`zod/mini\` among them: \`withJsonSchema(schema, z.toJSONSchema(schema))\`. */
export declare function withJsonSchema<Input, Output>(
  schema: StandardSchema<Input, Output>,
  json: JsonSchema,
): StandardSchema<Input, Output>;

/** A failure whose words the caller may read. Anything else that is thrown goes to the log and nowhere else. */
export declare class ToolError extends Error {
  override readonly name: "ToolError";
}
`;

/** The types of `@aerostack/server` as one declaration file: for the type checker, the editor and an author's folder. */
export const authoringDeclarations = (root: string): string =>
  readFileSync(join(root, AUTHORING, "types.ts"), "utf8") + VALUES;
