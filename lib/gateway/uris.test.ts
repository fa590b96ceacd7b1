import { expect, test } from "vitest";
import type { UpstreamServer, WorkspaceSnapshot } from "./ports";
import { exposeUri, fitsTemplate, splitUri } from "./uris";

const server = (slug: string) => ({ id: `srv_${slug}`, slug }) as UpstreamServer;
const git = server("git");
const view = { workspace: { servers: [git, server("a-b")] } as WorkspaceSnapshot, only: null };
const single = { ...view, only: git };

test.each(["file:///x", "git+https://h/x", "note:ü", "x+y+z", "urn:a:b", "a-b+c"])("%s finds its way back", (uri) => {
  const exposed = exposeUri(view, git, uri);
  expect(exposed).toBe(`git+${uri}`);
  expect(splitUri(view, exposed)).toEqual({ server: git, uri });
  expect(splitUri(single, exposeUri(single, git, uri))).toEqual({ server: git, uri });
});

test("interfaces stay as they are", () => {
  expect(exposeUri(view, git, "ui://w/x")).toBe("ui://w/x");
  expect(splitUri(view, "ui://w/x")).toBeNull();
});

test.each(["other+file:///x", "git+", "+x", "GIT+x", "git:x", "file:///git+x", ""])("%s names no server", (uri) => {
  expect(splitUri(view, uri)).toBeNull();
});

test.each([
  ["file:///{path}", "file:///a/b", true],
  ["file:///{path}", "file://a", false],
  ["db://{table}/rows/{id}", "db://users/rows/7", true],
  ["db://{table}/rows/{id}", "db://users/columns/7", false],
  ["x://{a}{?b,c}", "x://1?b=2", true],
  ["x://{a}/end", "x://1/end", true],
  ["x://{a}/end", "x://1/end/more", false],
  ["ab{x}ba", "aba", false],
  ["x://fixed", "x://fixed", true],
  ["x://fixed", "x://fixed/1", false],
])("%s and %s: %s", (template, uri, fits) => {
  expect(fitsTemplate(template, uri)).toBe(fits);
});

test("a hostile template costs no more than any other", () => {
  const template = `x://${"{a}a".repeat(2_000)}b`;
  expect(fitsTemplate(template, `x://${"a".repeat(100_000)}`)).toBe(false);
});
