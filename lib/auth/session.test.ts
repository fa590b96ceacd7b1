import { encode } from "next-auth/jwt";
import { describe, expect, test } from "vitest";
import { claimsOf, cookieName, readSession, sessionHolds } from "./session";

const SECRET = "a secret of more than thirty-two characters";
const claims = { userId: "usr_1", sessionId: "ses_1", sessionVersion: 3, since: 1_000 };
const user = { id: "usr_1", email: "a@b.c", name: "A", instanceOwner: false, sessionVersion: 3, disabledAt: null };
const NOW = 1_000_000 + 60_000;

describe("session check", () => {
  test("holds while the row agrees", () => expect(sessionHolds(claims, user, NOW)).toBe(true));
  test("ends with the user", () => expect(sessionHolds(claims, undefined, NOW)).toBe(false));
  test("ends when disabled", () => expect(sessionHolds(claims, { ...user, disabledAt: new Date() }, NOW)).toBe(false));
  test("ends when the version was raised", () =>
    expect(sessionHolds(claims, { ...user, sessionVersion: 4 }, NOW)).toBe(false));
  test("ends after 30 days", () => expect(sessionHolds(claims, user, (1_000 + 30 * 86_400) * 1_000)).toBe(false));
});

describe("session cookie", () => {
  test("reads its own JWT and nothing else", async () => {
    const token = await encode({ secret: SECRET, token: { sub: "usr_1", sid: "ses_1", sv: 3, since: 1_000 } });
    await expect(readSession(token, SECRET)).resolves.toEqual(claims);
    await expect(readSession(token, `${SECRET}!`)).resolves.toBeNull();
    await expect(readSession(`${token}x`, SECRET)).resolves.toBeNull();
    await expect(readSession(undefined, SECRET)).resolves.toBeNull();
    const expired = await encode({
      secret: SECRET,
      token: { sub: "usr_1", sid: "ses_1", sv: 3, since: 1_000 },
      maxAge: -60,
    });
    await expect(readSession(expired, SECRET)).resolves.toBeNull();
  });
  test("wants all claims: a cookie from before sign-ins had rows has ended", () => {
    expect(claimsOf({ sub: "usr_1", sid: "ses_1", sv: "3", since: 1 })).toBeNull();
    expect(claimsOf({ sub: "usr_1", sv: 3, since: 1 })).toBeNull();
  });
  test("takes the __Host- prefix over https only", () => {
    expect(cookieName("session", true)).toBe("__Host-aerostack.session");
    expect(cookieName("session", false)).toBe("aerostack.session");
  });
});
