import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as KMS saw it. */
export interface KmsRequest {
  operation: string;
  body: { KeyId?: string; CiphertextBlob?: string; KeySpec?: string; EncryptionContext?: Record<string, string> };
  /** Whether it came with an AWS signature (version 4). */
  signed: boolean;
}

export interface KmsStandIn {
  endpoint: string;
  requests: KmsRequest[];
  /** Set to answer everything with that error, e.g. `AccessDeniedException`. */
  failWith: string | null;
  close(): Promise<void>;
}

/**
 * The part of AWS KMS that we use, on loopback, with its JSON protocol: GenerateDataKey and Decrypt under the keys that
 * are named, sealed for real by AES-256-GCM with the encryption context as additional data.
 */
export async function startKmsStandIn(keyIds: string[]): Promise<KmsStandIn> {
  const keys = new Map(keyIds.map((id) => [id, randomBytes(32)]));
  const aad = (context: Record<string, string> = {}) => Buffer.from(JSON.stringify(Object.entries(context).sort()));
  const seal = (id: string, plain: Buffer, context?: Record<string, string>) => {
    const iv = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", keys.get(id) ?? randomBytes(32), iv).setAAD(aad(context));
    const text = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([Buffer.from([id.length]), Buffer.from(id), iv, cipher.getAuthTag(), text]);
  };
  const open = (blob: Buffer, context?: Record<string, string>) => {
    const length = blob[0] ?? 0;
    const id = blob.subarray(1, 1 + length).toString();
    const rest = blob.subarray(1 + length);
    const key = keys.get(id);
    if (!key) return null;
    const decipher = createDecipheriv("aes-256-gcm", key, rest.subarray(0, 12))
      .setAAD(aad(context))
      .setAuthTag(rest.subarray(12, 28));
    return { id, plain: Buffer.concat([decipher.update(rest.subarray(28)), decipher.final()]) };
  };
  function answer({ operation, body }: KmsRequest): object | string {
    if (state.failWith) return state.failWith;
    if (body.KeyId !== undefined && !keys.has(body.KeyId)) return "NotFoundException";
    if (operation === "GenerateDataKey") {
      const plain = randomBytes(body.KeySpec === "AES_256" ? 32 : 16);
      const blob = seal(body.KeyId ?? "", plain, body.EncryptionContext);
      return { KeyId: body.KeyId, Plaintext: plain.toString("base64"), CiphertextBlob: blob.toString("base64") };
    }
    try {
      const opened = open(Buffer.from(body.CiphertextBlob ?? "", "base64"), body.EncryptionContext);
      if (!opened) return "InvalidCiphertextException";
      if (body.KeyId !== undefined && body.KeyId !== opened.id) return "IncorrectKeyException";
      return { KeyId: opened.id, Plaintext: opened.plain.toString("base64") };
    } catch {
      return "InvalidCiphertextException";
    }
  }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const seen: KmsRequest = {
      operation: String(request.headers["x-amz-target"]).replace("TrentService.", ""),
      body: JSON.parse(Buffer.concat(chunks).toString()),
      signed: /^AWS4-HMAC-SHA256 Credential=.+Signature=[0-9a-f]{64}$/.test(request.headers.authorization ?? ""),
    };
    state.requests.push(seen);
    const result = answer(seen);
    const failed = typeof result === "string";
    response.writeHead(failed ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify(failed ? { __type: result, message: `no: account 123456789012 ${result}` } : result));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const state: KmsStandIn = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    failWith: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return state;
}
