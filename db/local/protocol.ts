import { protocol } from "@electric-sql/pglite";

/** One message of the Postgres wire protocol, header included. `type` is its one letter. */
export interface Frame {
  type: string;
  bytes: Buffer;
}

/** Bounds one message; our largest parameter (a list of tools) is far below. */
const MAX_FRAME_BYTES = 64 << 20;

/** Raised for bytes that are no sane wire protocol; the connection is closed then, as the embedded engine would not survive them. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}

/** Cuts a stream of bytes into frames. The very first message of a client (`startup`) has no type byte and gets the type "". */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);
  constructor(private startup: boolean) {}

  /** @throws ProtocolError for a length that is impossible or above 64 MiB */
  push(chunk: Buffer): Frame[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: Frame[] = [];
    for (;;) {
      const head = this.startup ? 0 : 1;
      if (this.#rest.length < head + 4) return frames;
      const length = this.#rest.readUInt32BE(head);
      if (length < 4 || length > MAX_FRAME_BYTES) throw new ProtocolError("Message with an impossible length");
      if (this.#rest.length < head + length) return frames;
      const bytes = this.#rest.subarray(0, head + length);
      this.#rest = this.#rest.subarray(head + length);
      frames.push({ type: head === 0 ? "" : String.fromCharCode(bytes[0] ?? 0), bytes });
      // SSLRequest, GSSENCRequest and CancelRequest are not yet the startup message.
      if (this.startup && (bytes.length < 8 || bytes.readUInt16BE(4) !== 1234)) this.startup = false;
    }
  }

  /** Takes out what came after the last whole frame, for another reader to go on with. */
  drain(): Buffer {
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    return rest;
  }
}

/** Splits whole backend output into frames. */
export const framesOf = (output: Buffer): Frame[] => new FrameReader(false).push(output);

/** A text that ends with NUL, and where the next field starts. @throws ProtocolError where it never ends */
export function readText(bytes: Buffer, at: number): { text: string; next: number } {
  const end = bytes.indexOf(0, at);
  if (end < 0) throw new ProtocolError("Message with an open-ended text");
  return { text: bytes.toString("utf8", at, end), next: end + 1 };
}

/** A message of the server: type letter, then fields (texts get their NUL, numbers are 32 bits). */
export function backendMessage(type: string, ...fields: (string | number | Buffer)[]): Buffer {
  const body = Buffer.concat(
    fields.map((field) => {
      if (typeof field === "string") return Buffer.from(`${field}\0`);
      if (typeof field !== "number") return field;
      const number = Buffer.alloc(4);
      number.writeInt32BE(field);
      return number;
    }),
  );
  const head = Buffer.alloc(5);
  head.write(type, "latin1");
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** `ErrorResponse`. `code` is an SQLSTATE. */
export const errorMessage = (severity: "ERROR" | "FATAL", code: string, message: string): Buffer =>
  backendMessage("E", `S${severity}`, `V${severity}`, `C${code}`, `M${message}`, Buffer.from([0]));

/** `ReadyForQuery`: `I` idle, `T` in a transaction, `E` in a failed one. */
export const readyMessage = (status: string): Buffer => backendMessage("Z", Buffer.from(status, "latin1"));

/** Messages a client sends, written by PGlite's own copy of pg-protocol. */
export const { serialize } = protocol;
/** Parser of what the engine answers. */
export const { Parser } = protocol;
