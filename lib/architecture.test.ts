import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { EDGE_PACKAGES, READS_ENVIRONMENT, ROOMS, roomOf } from "./architecture";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SOURCE = /\.(ts|tsx|mjs)$/;

interface Import {
  from: string;
  /** Erased by the compiler, so it never reaches a bundle. */
  typeOnly: boolean;
}

/** Imports by pattern: TypeScript 7 has no parser to call from JavaScript. */
function importsOf(text: string): Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  const found = [...code.matchAll(/^\s*(?:import|export)\s+(type\s)?([^;"'`]*?)\s*from\s*["']([^"']+)["']/gm)].map(
    ([, type, names = "", from = ""]) => {
      const inline = /^\{([^}]*)\}$/
        .exec(names)?.[1]
        ?.split(",")
        .filter((name) => name.trim());
      const erased =
        inline !== undefined && inline.length > 0 && inline.every((name) => name.trim().startsWith("type "));
      return { from, typeOnly: type !== undefined || erased };
    },
  );
  const bare = [...code.matchAll(/^\s*import\s*["']([^"']+)["']/gm)].map(([, from = ""]) => ({
    from,
    typeOnly: false,
  }));
  const dynamic = [...code.matchAll(/\bimport\(\s*["']([^"']+)["']/g)].map(([, from = ""]) => ({
    from,
    typeOnly: false,
  }));
  return [...found, ...bare, ...dynamic];
}

function filesBelow(folder: string): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "node_modules" || path === "e2e/clients" ? [] : filesBelow(path);
    return SOURCE.test(path) ? [path] : [];
  });
}

const atRoot = readdirSync(ROOT).filter(
  (name) => SOURCE.test(name) && !name.startsWith(".") && name !== "next-env.d.ts",
);
const FILES = [...atRoot, ...["app", "components", "lib", "db", "e2e"].flatMap(filesBelow)];
const TEXT = new Map(FILES.map((file) => [file, readFileSync(join(ROOT, file), "utf8")]));
const text = (file: string) => TEXT.get(file) ?? "";

/** The file of the house that an import names, or null for npm and Node. */
function resolveInside(file: string, from: string): string | null {
  const path = from.startsWith("@/") ? from.slice(2) : from.startsWith(".") ? join(dirname(file), from) : null;
  if (path === null) return null;
  const candidates = [path, ...["ts", "tsx", "mjs"].map((end) => `${path}.${end}`), `${path}/index.ts`];
  return candidates.find((candidate) => TEXT.has(candidate)) ?? path;
}

function packageOf(from: string): string {
  const name = from
    .split("/")
    .slice(0, from.startsWith("@") ? 2 : 1)
    .join("/");
  return from.startsWith("node:") || builtinModules.includes(name) ? "node" : name;
}

/** What of a file's imports its room's row does not allow. */
function breaches(file: string): string[] {
  const name = roomOf(file);
  if (name === null) return ["belongs to no room of lib/architecture.ts"];
  const room = ROOMS[name];
  return importsOf(text(file)).flatMap(({ from }) => {
    const inside = resolveInside(file, from);
    if (inside === null) {
      const npm = packageOf(from);
      return room?.packages === null || room?.packages.includes(npm) ? [] : [`${from} (package)`];
    }
    const target = roomOf(inside);
    return target === name || room?.may.includes("*") || (target !== null && room?.may.includes(target))
      ? []
      : [`${inside} (${target})`];
  });
}

/** Everything that the bundle of a file holds: files of the house and names from outside. */
function closureOf(entry: string): { files: Set<string>; outside: Set<string> } {
  const files = new Set<string>();
  const outside = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const { from, typeOnly } of importsOf(text(file))) {
      if (typeOnly) continue;
      const inside = resolveInside(file, from);
      if (inside === null) outside.add(from);
      else visit(inside);
    }
  };
  visit(entry);
  return { files, outside };
}

describe("the import table", () => {
  const housed = FILES.filter((file) => file.includes("/") || file === "proxy.ts");
  test.each(housed)("%s", (file) => expect(breaches(file)).toEqual([]));

  test("sees a breach", () => {
    expect(
      importsOf('import a from "x";\nexport { b } from "y";\nimport "z";\nawait import("w");').map(({ from }) => from),
    ).toEqual(["x", "y", "z", "w"]);
    expect(
      importsOf('import type { A } from "x";\nimport { type B, c } from "y";').map(({ typeOnly }) => typeOnly),
    ).toEqual([true, false]);
    expect(ROOMS[roomOf("lib/gateway/handler.ts") ?? ""]?.may).not.toContain(roomOf("db/node.ts"));
  });
});

describe("the edge bundle", () => {
  const entry = "app/ws/[slug]/[[...endpoint]]/route.ts";
  const { files, outside } = closureOf(entry);

  test("is found and reaches the gateway", () => expect([...files]).toContain("lib/gateway/handler.ts"));

  test("holds nothing but Web-standard packages", () => {
    expect([...outside].filter((from) => !EDGE_PACKAGES.includes(packageOf(from)))).toEqual([]);
  });

  test("uses nothing that the edge runtime lacks though types and Node have it", () => {
    const lacking = /\bAbortSignal\.any\(|\btimingSafeEqual\b|\bsetImmediate\(/;
    expect([...files].filter((file) => lacking.test(text(file)))).toEqual([]);
  });

  test("is the only one that asks for the edge runtime", () => {
    expect(FILES.filter((file) => /^export const runtime\s*=\s*["']edge["']/m.test(text(file)))).toEqual([entry]);
  });
});

describe("habits", () => {
  const ours = FILES.filter((file) => !file.startsWith("e2e/clients/"));

  test("no file is longer than 300 lines", () => {
    expect(ours.filter((file) => text(file).split("\n").length > 301)).toEqual([]);
  });

  test("names are kebab-case", () => {
    const part = /^(?:\.well-known|[a-z0-9]+(?:-[a-z0-9]+)*|\([a-z-]+\)|\[{1,2}(?:\.\.\.)?[a-z]+\]{1,2})$/;
    const wrong = ours.filter(
      (file) => !file.split("/").every((name) => part.test(name.replace(/(?<=.)(?:\.[a-z0-9]+)+$/, ""))),
    );
    expect(wrong).toEqual([]);
  });

  test("the environment is read only where configuration enters", () => {
    const reads = ours.filter((file) => /process\.env(?!\.NODE_ENV\b)/.test(text(file)));
    expect(reads.filter((file) => roomOf(file) !== "testing" && !READS_ENVIRONMENT.test(file))).toEqual([]);
  });

  test("nothing is silenced and nothing is re-exported wholesale", () => {
    const silenced = new RegExp(
      ["biome-" + "ignore", "@ts-" + "(ignore|nocheck|expect-error)", "eslint-" + "disable"].join("|"),
    );
    expect(ours.filter((file) => silenced.test(text(file)))).toEqual([]);
    expect(ours.filter((file) => /^export \* from/m.test(text(file)) && file !== "db/schema/index.ts")).toEqual([]);
  });
});
