import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { AUTHORING, type Place } from "./authoring-api";

const TYPES = readFileSync("lib/functions/authoring/types.ts", "utf8");

/** Names of an interface's members, from its source. */
function membersOf(name: string): string[] {
  const body = new RegExp(`export interface ${name}\\b.*\\{\\n([\\s\\S]*?)\\n\\}`).exec(TYPES)?.[1] ?? "";
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)[?(:<]/gm)].map(([, member = ""]) => member);
}

const sorted = (names: string[]) => [...names].sort();
const labels = (place: Place) => sorted(AUTHORING[place].map(({ label }) => label));

test("the editor offers what the authoring types have, all of it and nothing else", () => {
  expect(labels("server")).toEqual(sorted(membersOf("ServerOptions")));
  expect(labels("tool")).toEqual(sorted(membersOf("ToolOptions")));
  expect(labels("annotations")).toEqual(sorted(membersOf("Annotations")));
  expect(labels("secret")).toEqual(sorted(membersOf("SecretBinding")));
  expect(labels("ctx")).toEqual(sorted(membersOf("ToolContext")));
  const host = /export type Host = string \| \{([^}]*)\}/.exec(TYPES)?.[1] ?? "";
  expect(labels("host")).toEqual(sorted([...host.matchAll(/(\w+)\??:/g)].map(([, name = ""]) => name)));
  const limits = /limits\?: \{([^}]*)\}/.exec(TYPES)?.[1] ?? "";
  expect(labels("limits")).toEqual(sorted([...limits.matchAll(/(\w+)\??:/g)].map(([, name = ""]) => name)));
});

test("each entry says what it is", () => {
  for (const entry of Object.values(AUTHORING).flat()) expect(entry.about.length).toBeGreaterThan(5);
});
