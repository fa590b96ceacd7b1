import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { AppError } from "@/lib/errors";
import { bundleFolder } from "@/lib/functions/bundle/bundle-folder";
import { type Problem, problemLine } from "@/lib/functions/bundle/problem";
import { declaredManifest, MANIFEST_FILE } from "@/lib/functions/declared-manifest";
import type { DeployedView, DeployRequest } from "@/lib/functions/deploy-request";
import { createClient, path } from "../client";
import { currentLogin } from "../config";
import { CliError, type Io } from "../io";
import { introduce, startLocal } from "../local-function";
import { productRoot } from "../product-root";
import type { Act } from "../run";
import { plain } from "../text";

interface DeployOptions {
  workspace: string;
  slug: string;
  name?: string;
  note?: string;
  stage?: boolean;
}

/** `aerostack deploy`: bundled and tried here, with the author's packages, then uploaded as one file. */
export function registerDeploy(program: Command, io: Io, act: Act): void {
  program
    .command("deploy <folder>")
    .description("bundle a function and make it a server of a workspace")
    .requiredOption("--workspace <slug>", "the workspace")
    .requiredOption("--slug <slug>", "of the server; prefixes its tools: slug__tool")
    .option("--name <name>", "name for people")
    .option("--note <text>", "what this deployment is for")
    .option("--stage", "keep it without letting it answer yet; `functions activate` does that")
    .option("--json", "print JSON")
    .action(
      act(async (folder: string, { workspace, slug, name, note, stage }: DeployOptions) => {
        const client = createClient(io, currentLogin(io.env));
        const request: DeployRequest = { slug, name, ...(await prepare(resolve(folder))) };
        const body = { ...request, note, stage };
        const data = await client.call<DeployedView>("POST", path`/workspaces/${workspace}/functions`, { body });
        return { data: { ...data }, text: describe(workspace, data) };
      }),
    );
}

/** Bundles the folder, starts the bundle once and reads what it declares. @throws CliError */
export async function prepare(folder: string): Promise<Omit<DeployRequest, "slug" | "name">> {
  const built = await bundleFolder(folder, productRoot());
  if (!built.ok) throw new CliError("build_failed", problemText(built.problems));
  const local = await startLocal(built.code, {}, () => undefined);
  try {
    const { initialize } = await introduce(local);
    const path = join(folder, MANIFEST_FILE);
    const file = existsSync(path) ? readFileSync(path, "utf8") : undefined;
    const manifest = declaredManifest(initialize, file);
    const { code, sha256, entry } = built;
    const files = file === undefined ? built.files : { ...built.files, [MANIFEST_FILE]: file };
    return { code, sha256, entry, files, manifest };
  } catch (error) {
    throw error instanceof AppError ? new CliError(error.code, error.message, error.field) : error;
  } finally {
    local.stop();
  }
}

/** All faults, one a line. */
export const problemText = (problems: Problem[]): string =>
  `The function cannot be bundled:\n${problems.map((each) => `  ${plain(problemLine(each))}`).join("\n")}`;

function describe(
  workspace: string,
  { server, deployment, tools, missingSecrets, staged, widened = [] }: DeployedView,
): string {
  const lines = [
    `${staged ? "Staged" : "Deployed"} ${server.slug}, version ${deployment.version}.`,
    ...tools.map((tool) => `  ${plain(tool.qualifiedName)}`),
  ];
  lines.push(...widened.map((change) => `Note: ${plain(change)}`));
  lines.push(...missingSecrets.map((name) => `Next: aerostack secrets set ${workspace} ${server.slug} ${name} < file`));
  return lines.join("\n");
}
