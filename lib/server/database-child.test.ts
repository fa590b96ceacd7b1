import { expect, test } from "vitest";
import { databaseKind } from "./database-child";

test.each([
  [null, "embedded"],
  ["postgres://u:p@localhost:5432/x", "postgres"],
  ["postgresql://u:p@db.example.com/x?sslmode=require", "postgres"],
  ["postgres://u:p@ep-a-b.eu-central-1.aws.neon.tech/x", "neon"],
  ["postgres://u:p@neon.tech.evil.example/x", "postgres"],
  ["postgres://aerostack:s@127.0.0.1:5/aerostack?aerostack=local", "neon"],
] as const)("%s is %s", (url, kind) => expect(databaseKind(url)).toBe(kind));
