import { expect, test } from "vitest";
import { metadataUrlOf } from "@/lib/access/access-token";
import { RESOURCE_METADATA_PATH, resourceMetadata, slugOf } from "./resource";

const ORIGIN = "https://gw.example";

test("only the exact URL of a workspace is a resource", () => {
  expect(slugOf(ORIGIN, "https://gw.example/ws/acme/mcp")).toBe("acme");
  for (const other of [
    "https://gw.example/ws/acme/sse",
    "https://gw.example/ws/acme/mcp/",
    "https://gw.example/ws/acme/mcp?x=1",
    "https://gw.example:443/ws/acme/mcp",
    "https://GW.example/ws/acme/mcp",
    "https://evil.example/ws/acme/mcp",
    "https://evil.example/https://gw.example/ws/acme/mcp",
    "https://gw.example/ws/Acme/mcp",
    "https://gw.example/ws/admin/mcp",
    "urn:x",
  ])
    expect(slugOf(ORIGIN, other), other).toBeNull();
});

test("resource metadata says nothing of the workspace", () => {
  expect(resourceMetadata(ORIGIN, "acme")).toEqual({
    resource: "https://gw.example/ws/acme/mcp",
    authorization_servers: ["https://gw.example/oauth"],
    scopes_supported: ["mcp"],
    bearer_methods_supported: ["header"],
    resource_name: "Aerostack workspace acme",
  });
  expect(resourceMetadata(ORIGIN, "admin")).toBeNull();
  expect(RESOURCE_METADATA_PATH.exec(new URL(metadataUrlOf(ORIGIN, "acme")).pathname)?.[1]).toBe("acme");
  expect(RESOURCE_METADATA_PATH.test("/.well-known/oauth-protected-resource")).toBe(false);
  expect(RESOURCE_METADATA_PATH.test("/.well-known/oauth-protected-resource/ws/acme/sse")).toBe(false);
});
