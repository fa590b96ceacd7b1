import { z } from "zod";
import { AppError } from "@/lib/errors";
import { FUNCTION_LIMITS, type Policy, type SecretLocation } from "./contract";
import { covers } from "./egress/covers";

const MOST = 50; // hosts, secrets and places, each
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Headers that the transport sets or that name the sender; no secret goes there. */
const NO_SECRET = /^(?:host|content-.*|connection|transfer-encoding|te|trailer|upgrade|expect|proxy-.*|x-rt-.*|range)$/;

/** Whether the text reads as `URL.hostname` would spell it: no port, capital, blank, odd number or final dot. */
function isHost(text: string): boolean {
  const name = text.startsWith("*.") ? text.slice(2) : text;
  if (name.length > 253 || !URL.canParse(`https://${name}/`) || new URL(`https://${name}/`).hostname !== name)
    return false;
  if (name.startsWith("[") || /^[\d.]+$/.test(name)) return name === text; // an address has nothing below it
  const labels = name.split(".");
  return labels.every((label) => LABEL.test(label)) && (name === text || labels.length > 1);
}

const Host = z
  .string()
  .max(255)
  .refine(isHost, "must be a host name in small letters, such as api.example.com or *.example.com");

const Location = z.string().max(80).refine(isLocation, "must be header:<name>, query:<name>, path or body");

function isLocation(text: string): text is SecretLocation {
  if (text === "path" || text === "body") return true;
  const header = /^header:([a-z0-9][a-z0-9_-]*)$/.exec(text)?.[1];
  return header === undefined ? /^query:[\w.[\]-]{1,64}$/.test(text) : !NO_SECRET.test(header);
}

const Manifest = z
  .strictObject({
    hosts: z
      .array(
        z.strictObject({
          host: Host,
          http: z.boolean().optional(),
          ports: z.array(z.int().min(1).max(65_535)).min(1).max(10).optional(),
          private: z.boolean().optional(),
        }),
      )
      .max(MOST, `has at most ${MOST} hosts`)
      .default([]),
    secrets: z
      .record(
        z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/, "must be named in capital letters, digits and _"),
        z.strictObject({
          hosts: z.array(Host).min(1, "must name at least one host").max(MOST),
          in: z.array(Location).min(1).max(MOST).optional(),
          prefix: z
            .string()
            .regex(/^[A-Za-z0-9_.-]{0,16}$/, "has at most 16 letters, digits, _ . -")
            .optional(),
        }),
      )
      .refine((secrets) => Object.keys(secrets).length <= MOST, `has at most ${MOST} secrets`)
      .default({}),
    limits: z
      .strictObject({
        deadlineMs: z.int().min(100).max(FUNCTION_LIMITS.longestDeadlineMs).default(FUNCTION_LIMITS.deadlineMs),
        concurrency: z.int().min(1).max(FUNCTION_LIMITS.mostConcurrency).default(FUNCTION_LIMITS.concurrency),
      })
      .prefault({}),
  })
  .superRefine(({ hosts, secrets }, context) => {
    for (const [name, secret] of Object.entries(secrets))
      for (const [at, host] of secret.hosts.entries())
        if (!hosts.some((rule) => covers(rule.host, host)))
          context.addIssue({
            code: "custom",
            path: ["secrets", name, "hosts", at],
            message: "must be one of the hosts",
          });
  });

/** What a package declares that it needs: hosts, secrets and where they may go, limits. */
export type Manifest = Omit<Policy, "vars">;

/**
 * Reads a manifest. Closed: what it does not know, it refuses, so that a misspelt restriction is never a missing one.
 * @throws AppError `invalid`; `field` is the path of the entry at fault, as `secrets.TOKEN.in.0`
 */
export function parseManifest(value: unknown): Manifest {
  const parsed = Manifest.safeParse(value);
  if (parsed.success) return parsed.data as Manifest;
  const issue = parsed.error.issues[0];
  const inner = issue?.code === "invalid_key" ? issue.issues[0] : issue;
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const field = [...(issue?.path ?? []), ...unknown].map(String).join(".") || "manifest";
  const why = unknown.length > 0 ? "is not known here. Remove it." : `${inner?.message ?? "is malformed"}.`;
  throw new AppError("invalid", `The manifest's ${field.slice(0, 120)} ${why}`, { field });
}
