import { neonConfig } from "@neondatabase/serverless";
import { expect, it } from "vitest";
import { configureNeon } from "./neon-config";

it("leaves a real Neon address to the driver's own defaults", () => {
  const before = { endpoint: neonConfig.fetchEndpoint, secure: neonConfig.useSecureWebSocket };
  configureNeon("postgres://user:password@ep-cool-name.eu-central-1.aws.neon.tech/neondb?sslmode=require");
  expect({ endpoint: neonConfig.fetchEndpoint, secure: neonConfig.useSecureWebSocket }).toEqual(before);
});

it("leads a marked address to our endpoint", () => {
  configureNeon("postgres://aerostack:secret@127.0.0.1:4321/aerostack?aerostack=local");
  expect((neonConfig.fetchEndpoint as (host: string, port: number) => string)("127.0.0.1", 4321)).toBe(
    "http://127.0.0.1:4321/sql",
  );
  expect((neonConfig.wsProxy as (host: string, port: number) => string)("127.0.0.1", 4321)).toBe("127.0.0.1:4321/v2");
  expect(neonConfig.useSecureWebSocket).toBe(false);
});
