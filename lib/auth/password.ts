import { hash, verify } from "@node-rs/argon2";
import { AppError } from "@/lib/errors";
import { createGate } from "./gate";

/** Argon2id (the library's default algorithm) at OWASP's minimum: about 25 ms and 19 MiB each. `memoryCost` in KiB. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const MAX_BYTES = 1_024;
const MIN_LENGTH = 12;

const gate = createGate(2, 20);
let dummy: Promise<string> | undefined;

/** NFKC first: the same password typed on another system may come composed otherwise. */
const normalise = (password: string) => password.normalize("NFKC");
const tooLong = (password: string) => Buffer.byteLength(password) > MAX_BYTES;

/**
 * PHC string of a new password.
 * @throws AppError `invalid` (field `password`) when shorter than 12 characters or over 1,024 bytes, `rate_limited`
 */
export async function hashPassword(password: string): Promise<string> {
  const text = normalise(password);
  if ([...text].length < MIN_LENGTH)
    throw new AppError("invalid", `Choose at least ${MIN_LENGTH} characters.`, { field: "password" });
  if (tooLong(text)) throw new AppError("invalid", `Choose at most ${MAX_BYTES} bytes.`, { field: "password" });
  return gate.run(() => hash(text, COST));
}

/**
 * True when the password fits the PHC string. Without one (no such user, or one who signs in another way) it spends
 * the same time on a dummy, so that the time of the answer tells nothing about who exists.
 * @throws AppError `rate_limited`
 */
export async function verifyPassword(password: string, phc: string | null): Promise<boolean> {
  const text = normalise(password);
  if (tooLong(text)) return false;
  return gate.run(async () => {
    dummy ??= hash(crypto.randomUUID(), COST);
    const right = await verify(phc ?? (await dummy), text).catch(() => false);
    return right && phc !== null;
  });
}
