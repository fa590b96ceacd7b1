import type { SecretLocation, SecretRule, Verdict } from "../contract";
import { covers } from "./covers";

/** Values that went into one request, under the bindings that allowed each. */
export interface Substitution {
  /** Puts values in place of placeholders in a text of one location. @throws Refused */
  fill(text: string, location: SecretLocation, encode?: (value: string) => string): Promise<string>;
  /** Whether any placeholder stands in the text, in any letter case. */
  holds(text: string): boolean;
  /** Whether a secret may stand in a body sent to this host. */
  takesBody: boolean;
  /** All values that went in so far. */
  injected: Set<string>;
}

/** A request that must not leave, with the word for why. */
export class Refused extends Error {
  override readonly name = "Refused";
  constructor(readonly verdict: Verdict) {
    super(verdict);
  }
}

const DEFAULT: SecretLocation[] = ["header:authorization"];

interface Known {
  name: string;
  placeholder: string;
  bound: boolean;
  where: SecretLocation[];
}

/**
 * The substitution for one request to one host.
 * @param placeholders by secret name
 * @param getSecret the value, or null where none is set; asked once for each secret that the request uses
 */
export function substitutionFor(
  host: string,
  secrets: Record<string, SecretRule>,
  placeholders: ReadonlyMap<string, string>,
  getSecret: (name: string) => Promise<string | null>,
): Substitution {
  const known: Known[] = Object.entries(secrets).flatMap(([name, rule]) => {
    const placeholder = placeholders.get(name);
    if (placeholder === undefined) return [];
    return [{ name, placeholder, bound: rule.hosts.some((one) => covers(one, host)), where: rule.in ?? DEFAULT }];
  });
  const values = new Map<string, Promise<string | null>>();
  const injected = new Set<string>();

  async function wanted(name: string): Promise<string> {
    const asked = values.get(name) ?? getSecret(name);
    values.set(name, asked);
    const value = await asked;
    if (value === null || value === "") throw new Refused("secret_not_set");
    return value;
  }

  async function fill(text: string, location: SecretLocation, encode = (value: string) => value): Promise<string> {
    const present = known.filter((one) => text.includes(one.placeholder));
    if (present.some((one) => !one.bound)) throw new Refused("secret_not_bound_to_host");
    if (present.some((one) => !one.where.includes(location))) throw new Refused("secret_location");
    if (present.length === 0) return text;
    const found = new Map<string, string>();
    for (const { name, placeholder } of present) {
      const value = await wanted(name);
      injected.add(value);
      found.set(placeholder, encode(value));
    }
    // In one pass: a value that looks like another placeholder stays as it is.
    const pattern = new RegExp([...found.keys()].map((one) => one.replace(/[.\\-]/g, "\\$&")).join("|"), "g");
    return text.replace(pattern, (one) => found.get(one) ?? one);
  }

  return {
    fill,
    holds: (text) => known.some((one) => text.toLowerCase().includes(one.placeholder.toLowerCase())),
    takesBody: known.some((one) => one.bound && one.where.includes("body")),
    injected,
  };
}
