import { API, type Diagnostic, DiagnosticCategory } from "typescript/unstable/async";
import { type Problem, problem } from "./problem";
import { type Files, SOURCE_LIMITS } from "./source";
import { SOURCE_ROOT, typeFiles } from "./type-files";

/**
 * Type-checks source that nobody trusts, with TypeScript's own API on a file system in memory. The API is called unstable,
 * so its version is pinned and our tests are its contract. Runs in a process of its own, see `compiler.ts`.
 */
export async function checkSource(files: Files, entry: string, root: string): Promise<Problem[]> {
  const { config, ...fs } = typeFiles(files, entry, root);
  const api = new API({ cwd: SOURCE_ROOT, fs });
  try {
    const snapshot = await api.updateSnapshot({ openProject: config });
    const program = snapshot.getProject(config)?.program ?? snapshot.getProjects()[0]?.program;
    if (!program) throw new Error("The type checker opened no project.");
    const found = [await program.getProgramDiagnostics(), await program.getSyntacticDiagnostics()].flat();
    if (found.length === 0) found.push(...(await program.getSemanticDiagnostics()));
    return found
      .filter(({ category }) => category === DiagnosticCategory.Error)
      .slice(0, SOURCE_LIMITS.problems)
      .map((diagnostic) => toProblem(files, diagnostic));
  } finally {
    await api.close();
  }
}

function toProblem(files: Files, diagnostic: Diagnostic): Problem {
  const name = diagnostic.fileName?.startsWith(`${SOURCE_ROOT}/`)
    ? diagnostic.fileName.slice(SOURCE_ROOT.length + 1)
    : "";
  const text = files.get(name);
  const words = `${wordsOf(diagnostic)} (TS${diagnostic.code})`;
  if (text === undefined) return problem("type", words);
  const lines = text.slice(0, diagnostic.pos).split(/\r\n|[\n\r\u2028\u2029]/);
  return { file: name, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, text: words, code: "type" };
}

/** The message with its reasons, which TypeScript nests. */
function wordsOf({ text, messageChain = [] }: Diagnostic, depth = 0): string {
  if (depth > 4) return text.slice(0, 500);
  return [text.slice(0, 500), ...messageChain.slice(0, 4).map((inner) => wordsOf(inner, depth + 1))].join(" ");
}
