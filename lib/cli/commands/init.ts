import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { TEMPLATES } from "@/lib/functions/templates/catalogue";
import { CliError } from "../io";
import { productRoot } from "../product-root";
import type { Act } from "../run";
import { starterFiles } from "../starter";

/** `aerostack init`: a new function in a folder of its own. */
export function registerInit(program: Command, act: Act): void {
  program
    .command("init <folder>")
    .description("start a new function in a folder")
    .option("--template <id>", `one of ${TEMPLATES.map(({ id }) => id).join(", ")}`, "hello")
    .option("--json", "print JSON")
    .action(
      act(async (folder: string, { template }: { template: string }) => {
        if (!TEMPLATES.some(({ id }) => id === template))
          throw new CliError(
            "invalid",
            `There is no template ${template}; \`aerostack init --help\` names them.`,
            "template",
          );
        const path = resolve(folder);
        if (existsSync(path) && readdirSync(path).some((name) => name !== ".git"))
          throw new CliError("conflict", `${folder} is not empty. Name a new folder.`, "folder");
        const slug =
          basename(path)
            .toLowerCase()
            .replace(/[^a-z0-9]+/g, "-")
            .replace(/^-+|-+$/g, "") || "function";
        const files = Object.entries(starterFiles(productRoot(), slug, template));
        for (const [name, text] of files) {
          mkdirSync(dirname(join(path, name)), { recursive: true });
          writeFileSync(join(path, name), text, { flag: "wx" });
        }
        const next = [`aerostack dev ${folder}`, `aerostack deploy ${folder} --workspace <slug> --slug ${slug}`];
        return {
          data: { folder: path, files: files.map(([name]) => name) },
          text: `Made ${folder}. Next:\n  ${next.join("\n  ")}`,
        };
      }),
    );
}
