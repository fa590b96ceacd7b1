import type { KMSClient } from "@aws-sdk/client-kms";
import type { Kms } from "./kms-source";
import { StartError } from "./start-error";

/** Goes with each sealed key and is authenticated: a blob that was sealed for anything else does not open. Seen in CloudTrail. */
const CONTEXT = { aerostack: "master-key" };
/** ms; a start that waits longer for KMS is better told so. */
const TIMEOUT = { connectionTimeout: 3_000, requestTimeout: 5_000 };

/**
 * AWS KMS by its official client; credentials, region and endpoint come from the usual AWS variables, files and roles.
 * Opening names the key, so that a blob sealed under somebody else's key, put into the database, is refused.
 * @param key id, ARN or alias; several, separated by commas: the first one seals, all of them open
 */
export function createAwsKms(key: string): Kms {
  const keys = key.split(",").map((part) => part.trim());
  const current = keys[0] ?? key;
  let client: Promise<KMSClient> | null = null;
  const send = async <T>(keyId: string, run: (sdk: Sdk, kms: KMSClient) => Promise<T>): Promise<T> => {
    try {
      const sdk = await import("@aws-sdk/client-kms"); // half a second that only its users pay
      client ??= Promise.resolve(new sdk.KMSClient({ ...regionOf(keyId), maxAttempts: 2, requestHandler: TIMEOUT }));
      return await run(sdk, await client);
    } catch (error) {
      throw explain(error, keyId);
    }
  };
  return {
    name: `AWS KMS ${current}`,
    async generate() {
      const answer = await send(current, ({ GenerateDataKeyCommand }, kms) =>
        kms.send(new GenerateDataKeyCommand({ KeyId: current, KeySpec: "AES_256", EncryptionContext: CONTEXT })),
      );
      return { plain: base64(answer.Plaintext, current), sealed: base64(answer.CiphertextBlob, current) };
    },
    async open(sealed) {
      let refused: unknown;
      for (const KeyId of keys) {
        try {
          const command = { KeyId, CiphertextBlob: Buffer.from(sealed, "base64"), EncryptionContext: CONTEXT };
          const answer = await send(KeyId, ({ DecryptCommand }, kms) => kms.send(new DecryptCommand(command)));
          return base64(answer.Plaintext, KeyId);
        } catch (error) {
          if (!(error instanceof WrongKey)) throw error;
          refused = error;
        }
      }
      throw refused;
    },
  };
}

type Sdk = typeof import("@aws-sdk/client-kms");

/** Sealed under another key than the one named; the next one may fit. */
class WrongKey extends StartError {}

function base64(bytes: Uint8Array | undefined, key: string): string {
  if (!bytes) throw new StartError(`AWS KMS gave no key for ${key}. Try again.`);
  const text = Buffer.from(bytes).toString("base64");
  bytes.fill(0);
  return text;
}

/** An ARN says its region; else AWS_REGION and the profile do. */
const regionOf = (key: string) => (key.startsWith("arn:") ? { region: key.split(":")[3] } : {});

/** The failure in words for the operator. What the SDK says itself may quote account numbers and roles, so it is not repeated. */
function explain(error: unknown, key: string): StartError {
  if (error instanceof StartError) return error;
  const name = error instanceof Error ? error.name : "";
  const message = error instanceof Error ? error.message : "";
  switch (name) {
    case "AccessDeniedException":
    case "UnrecognizedClientException":
    case "InvalidSignatureException":
    case "ExpiredTokenException":
      return new StartError(
        `AWS KMS refuses access to ${key} (${name}). Allow this server's role kms:GenerateDataKey and kms:Decrypt on that key, and check its credentials.`,
      );
    case "IncorrectKeyException":
    case "InvalidCiphertextException":
      return new WrongKey(
        `The master key of this database was not sealed by ${key}. Set AEROSTACK_KMS_KEY to the key that sealed it; several may be given, separated by commas. Nothing was changed.`,
      );
    case "NotFoundException":
      return new StartError(`AWS KMS has no key ${key}. Check AEROSTACK_KMS_KEY and AWS_REGION.`);
    case "DisabledException":
    case "KMSInvalidStateException":
      return new StartError(
        `The KMS key ${key} is disabled or about to be deleted. Enable it in AWS, then start again.`,
      );
    case "CredentialsProviderError":
      return new StartError(
        "AWS KMS is configured, but no AWS credentials were found. Give this server a role, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
      );
    default:
      if (/region is missing/i.test(message))
        return new StartError(
          "AWS KMS is configured without a region. Set AWS_REGION, or AEROSTACK_KMS_KEY to an ARN.",
        );
      return new StartError(
        `AWS KMS cannot be reached or did not answer (${name || "unknown"}). Check the network and AWS_REGION, then start again.`,
      );
  }
}
