import { decodeProtectedHeader, jwtVerify } from "jose";
import { type AccessTokenClaims, ISSUER_PATH, resourceOf, SCOPE } from "@/lib/access/access-token";
import { findMasterKey, type MasterKeys } from "@/lib/crypto/master-keys";
import type { CryptoPort } from "@/lib/crypto/port";
import { BoundedMap } from "./bounded-map";

const KEY_ID = /^[0-9a-f]{16}$/;
const MAX_LENGTH = 4_096;
const MAX_LIFE_S = 30 * 60;

/** What a good access token says; `expiresAt` in ms UTC. */
export interface Verified extends AccessTokenClaims {
  audience: string;
  expiresAt: number;
}

/** Whether a bearer credential has the form of a signed JWT; workspace tokens hold no dot. */
export const looksLikeJwt = (credential: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(credential);

/**
 * Checks OAuth access tokens (RFC 9068) without the database: signature by the master key that `kid` names, type,
 * issuer, audience (RFC 8707) and life. Good ones are remembered by hash until they end.
 */
export class AccessTokens {
  readonly #verified = new BoundedMap<string, Verified>(10_000);
  constructor(
    private readonly keys: MasterKeys,
    private readonly crypto: Pick<CryptoPort, "sha256Hex">,
    private readonly now: () => number,
  ) {}

  /** @param origin where clients reach this gateway; null for whatever is wrong with the token, all alike */
  async verify(token: string, origin: string, slug: string): Promise<Verified | null> {
    if (token.length > MAX_LENGTH) return null;
    const audience = resourceOf(origin, slug);
    const hash = await this.crypto.sha256Hex(token);
    const known = this.#verified.get(hash);
    if (known) return known.audience === audience && known.expiresAt > this.now() ? known : null;
    const verified = await this.#check(token, `${origin}${ISSUER_PATH}`, audience).catch(() => null);
    if (verified) this.#verified.set(hash, verified);
    return verified;
  }

  async #check(token: string, issuer: string, audience: string): Promise<Verified | null> {
    const { kid } = decodeProtectedHeader(token);
    const key = kid !== undefined && KEY_ID.test(kid) ? await findMasterKey(this.keys, kid) : undefined;
    if (!key) return null;
    const { payload } = await jwtVerify(token, key.signing, {
      algorithms: ["HS256"],
      typ: "at+jwt",
      issuer,
      audience,
      requiredClaims: ["exp", "iat", "sub", "gid", "wid", "scope"],
      currentDate: new Date(this.now()),
    });
    const { sub, gid, wid, scope, exp, iat } = payload;
    if (payload.aud !== audience || exp === undefined || iat === undefined || exp - iat > MAX_LIFE_S) return null;
    if (!isId(sub) || !isId(gid) || !isId(wid)) return null;
    if (typeof scope !== "string" || !scope.split(" ").includes(SCOPE)) return null;
    return { sub, gid, wid, audience, expiresAt: exp * 1_000 };
  }
}

const isId = (claim: unknown): claim is string => typeof claim === "string" && claim !== "";
