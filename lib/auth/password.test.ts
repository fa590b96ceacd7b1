import { describe, expect, test } from "vitest";
import { hashPassword, verifyPassword } from "./password";

describe("passwords", () => {
  test("a hash is argon2id with our cost and fits only its password", async () => {
    const phc = await hashPassword("correct horse battery");
    expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await expect(verifyPassword("correct horse battery", phc)).resolves.toBe(true);
    await expect(verifyPassword("correct horse batterY", phc)).resolves.toBe(false);
  });

  test("composed and decomposed letters are one password", async () => {
    const phc = await hashPassword("caf\u00e9 caf\u00e9 caf\u00e9");
    await expect(verifyPassword("cafe\u0301 cafe\u0301 cafe\u0301", phc)).resolves.toBe(true);
  });

  test("short, huge and unknown are refused", async () => {
    await expect(hashPassword("elevenchars")).rejects.toMatchObject({ code: "invalid", field: "password" });
    await expect(hashPassword("x".repeat(1_025))).rejects.toMatchObject({ code: "invalid" });
    await expect(verifyPassword("x".repeat(1_025), null)).resolves.toBe(false);
    await expect(verifyPassword("whatever it may be", null)).resolves.toBe(false);
    await expect(verifyPassword("whatever it may be", "no hash at all")).resolves.toBe(false);
  });
});
