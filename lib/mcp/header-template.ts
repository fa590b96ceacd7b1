import { AppError } from "@/lib/errors";

/** Name of a secret. */
export const SECRET_NAME = /^[A-Z][A-Z0-9_]{0,63}$/;
const MAX_VALUE = 8_192;

/** A template in pieces: text as it is, or the names of one secret (its value) or two (`base64(a:b)`, as Basic wants). */
type Piece = string | [name: string] | [user: string, password: string];

/** Headers that the transport or the protocol sets; a template must not overrule them. */
const RESERVED = new Set(
  "host connection content-length content-type content-encoding transfer-encoding te trailer upgrade keep-alive expect accept accept-encoding last-event-id cookie set-cookie origin forwarded via".split(
    " ",
  ),
);
const RESERVED_PREFIX = /^(?:mcp-|proxy-|sec-|x-forwarded-)/;

const invalid = (message: string, field: string) => new AppError("invalid", message, { field });

const cache = new Map<string, Piece[]>();

function parse(template: string): Piece[] {
  const known = cache.get(template);
  if (known) return known;
  const pieces = template
    .split(/(\{\{[^{}]*\}\})/)
    .filter((part) => part !== "")
    .map(toPiece);
  if (cache.size >= 1_000) cache.clear();
  cache.set(template, pieces);
  return pieces;
}

function toPiece(part: string): Piece {
  const inner = /^\{\{([^{}]*)\}\}$/.exec(part)?.[1];
  if (inner === undefined) return part;
  const basic = /^b64:([^:]*):([^:]*)$/.exec(inner);
  const names = basic ? [basic[1] ?? "", basic[2] ?? ""] : [inner];
  if (!names.every((name) => SECRET_NAME.test(name))) {
    throw invalid(
      "Write a secret as {{NAME}}, or two for Basic as {{b64:USER:PASSWORD}}; names are capital letters, digits and _.",
      "template",
    );
  }
  return names as Piece;
}

/**
 * Checks a header template: visible ASCII and inner blanks, with `{{NAME}}` and `{{b64:A:B}}` in it.
 * @throws AppError `invalid`, field `template`; the message quotes nothing, for people paste values here by mistake
 */
export function validateTemplate(template: string): void {
  const literal = parse(template)
    .filter((piece) => typeof piece === "string")
    .join("");
  if (/[{}]/.test(literal)) throw invalid("A { or } has no partner. Write a secret as {{NAME}}.", "template");
  if (template === "" || template !== template.trim())
    throw invalid("A header needs a value without blanks around it.", "template");
  if (!/^[\x20-\x7e]*$/.test(literal))
    throw invalid(
      "A header may hold plain visible characters only: no line break, no accents, no invisible ones.",
      "template",
    );
}

/** Names of the secrets a template uses, each once, in order. @throws AppError `invalid` on a malformed template */
export const secretNames = (template: string): string[] => [
  ...new Set(parse(template).flatMap((piece) => (typeof piece === "string" ? [] : piece))),
];

/**
 * The header's value. Values go in once and are not read as templates again, so a value cannot pull in another secret.
 * @throws AppError `invalid` naming a secret that has no value; `internal` where the result could not stand in a header
 */
export function fillTemplate(template: string, values: ReadonlyMap<string, string>): string {
  const secret = (name: string) => {
    const value = values.get(name);
    if (value === undefined) throw invalid(`The secret ${name} is not set. Set it on the server's page.`, "secrets");
    return value;
  };
  const filled = parse(template)
    .map((piece) =>
      typeof piece === "string"
        ? piece
        : piece.length === 1
          ? secret(piece[0])
          : btoa(`${secret(piece[0])}:${secret(piece[1])}`),
    )
    .join("");
  if (!/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(filled))
    throw new AppError("internal", "A header of this server cannot be sent");
  return filled;
}

/** @throws AppError `invalid`, field `name`, unless a template may set this header */
export function validateHeaderName(name: string): void {
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}$/.test(name))
    throw invalid("A header name has letters, digits and - only, for example X-Api-Key.", "name");
  const lower = name.toLowerCase();
  if (RESERVED.has(lower) || RESERVED_PREFIX.test(lower))
    throw invalid("This header is set by the gateway. Use another one.", "name");
}

/**
 * Checks a secret's value as typed; nothing is trimmed silently, so what is stored is what was given.
 * @throws AppError `invalid`, field `value`; the message never holds any of the value
 */
export function validateSecretValue(value: string): void {
  if (value === "") throw invalid("A value is needed.", "value");
  if (value.length > MAX_VALUE) throw invalid(`A value has at most ${MAX_VALUE} characters.`, "value");
  if (value !== value.trim())
    throw invalid("The value has a blank or line break at its start or end. Remove it.", "value");
  if (!/^[\x20-\x7e]+$/.test(value))
    throw invalid(
      "The value holds a line break, an accent or an invisible character. Paste it again as plain text.",
      "value",
    );
}
