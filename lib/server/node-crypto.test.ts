import fc from "fast-check";
import { expect, test } from "vitest";
import { webCryptoPort } from "@/lib/crypto/port";
import { openSecret, sealSecret } from "@/lib/crypto/secret";
import { nodeCryptoPort } from "./node-crypto";

const binding = { workspaceId: "ws_1", serverId: "srv_1", origin: "https://a.example", name: "KEY", version: 1 };
const newKey = () => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);

test("both ports open the same seals and agree on digests", async () => {
  const key = await newKey();
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme" }), async (value) => {
      const sealed = await sealSecret(key, value, binding);
      expect(await openSecret(key, sealed, binding, nodeCryptoPort)).toBe(value);
      expect(nodeCryptoPort.sha256Hex(value)).toBe(await webCryptoPort.sha256Hex(value));
    }),
    { numRuns: 200 },
  );
});

test("a changed bit, another binding and another key fail alike", async () => {
  const key = await newKey();
  const sealed = await sealSecret(key, "value", binding);
  const flipped = `${sealed.slice(0, -2)}${sealed.at(-2) === "A" ? "B" : "A"}${sealed.at(-1)}`;
  const other = await newKey();
  const attempts = await Promise.allSettled([
    openSecret(key, flipped, binding, nodeCryptoPort),
    openSecret(key, `${sealed.slice(0, 24)}`, binding, nodeCryptoPort),
    openSecret(key, sealed, { ...binding, version: 2 }, nodeCryptoPort),
    openSecret(other, sealed, binding, nodeCryptoPort),
  ]);
  const why = attempts.map((attempt) => (attempt.status === "rejected" ? String(attempt.reason.message) : "opened"));
  expect(why).toEqual(attempts.map(() => "Secret cannot be opened"));
});
