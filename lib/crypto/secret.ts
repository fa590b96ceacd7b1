import { AppError } from "@/lib/errors";
import { lengthPrefixed, text, utf8 } from "./bytes";
import type { CryptoPort } from "./port";
import { reseal, type SealedParts, seal, takeApart, unseal } from "./seal";

/**
 * What a sealed secret belongs to. Every part is authenticated with the value: a ciphertext that is moved to another
 * workspace, server, origin or name, or rolled back to an older version, does not open.
 */
export interface SecretBinding {
  workspaceId: string;
  serverId: string;
  /** Origin of the upstream that may receive the value, e.g. `https://api.example`. */
  origin: string;
  name: string;
  version: number;
  /** Whose own value it is; null or left out: the workspace's. One member's value never opens as another's, nor as shared. */
  memberId?: string | null;
}

const aad = (binding: SecretBinding) =>
  lengthPrefixed([
    "aerostack secret v1",
    binding.workspaceId,
    binding.serverId,
    binding.origin,
    binding.name,
    String(binding.version),
    ...(binding.memberId ? [binding.memberId] : []),
  ]);

/** Seals a value under a workspace's data key as `v1.<iv>.<ciphertext>`; two seals of one value differ. */
export const sealSecret = (key: CryptoKey, value: string, binding: SecretBinding): Promise<string> =>
  seal(key, utf8(value), aad(binding));

/** Moves a sealed secret to another data key; value and binding stay. Null where it does not open (a row that was tampered with). */
export const resealSecret = (
  from: CryptoKey,
  to: CryptoKey,
  sealed: string,
  binding: SecretBinding,
): Promise<string | null> => reseal(from, to, sealed, aad(binding));

/** Takes a sealed secret apart and works its binding out: once for many openings. @throws AppError `internal` where it is none */
export function prepareSecret(sealed: string, binding: SecretBinding): SealedParts {
  return takeApart(sealed, aad(binding)) ?? cannotOpen();
}

/** @throws AppError `internal`, the same for a wrong key, a wrong binding and a damaged text */
export async function openPrepared(
  key: CryptoKey,
  prepared: SealedParts,
  port?: Pick<CryptoPort, "decrypt">,
): Promise<string> {
  return text((await unseal(key, prepared, port)) ?? cannotOpen());
}

/** Both steps at once. @throws AppError `internal` */
export const openSecret = async (
  key: CryptoKey,
  sealed: string,
  binding: SecretBinding,
  port?: Pick<CryptoPort, "decrypt">,
): Promise<string> => openPrepared(key, prepareSecret(sealed, binding), port);

function cannotOpen(): never {
  throw new AppError("internal", "Secret cannot be opened");
}
