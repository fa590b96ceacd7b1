import { text } from "node:stream/consumers";
import { OpenapiError } from "../openapi/document";
import { importOpenapi } from "../openapi/import-openapi";
import { bundleSource } from "./bundle-source";
import { checkSource } from "./check-source";
import type { CompilerRequest, OpenapiOutcome } from "./compiler";

/** A child process for one piece of foreign text: a request on standard input, the answer on standard output, the end. */
const request = JSON.parse(await text(process.stdin)) as CompilerRequest;
process.stdout.write(JSON.stringify(await answer(request)), () => process.exit(0));

function answer(request: CompilerRequest): object | Promise<object> {
  if (request.task === "openapi") return readOpenapi(request);
  const { task, files, entry, root } = request;
  const work = task === "bundle" ? bundleSource : checkSource;
  return work(new Map(files), entry, root);
}

function readOpenapi({ document, options }: Extract<CompilerRequest, { task: "openapi" }>): OpenapiOutcome {
  try {
    return { ok: true, imported: importOpenapi(document, options) };
  } catch (error) {
    if (error instanceof OpenapiError) return { ok: false, message: error.message };
    throw error;
  }
}
