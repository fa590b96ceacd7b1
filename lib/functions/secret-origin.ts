import type { SecretRule } from "./contract";

const PREFIX = "function:";

/**
 * What the value of a function's secret is sealed to, in place of an origin: the hosts that it may go to. A deployment
 * that binds the secret to other hosts finds no value for those until somebody sets it again.
 */
export const secretOrigin = ({ hosts }: Pick<SecretRule, "hosts">): string =>
  PREFIX + [...new Set(hosts)].sort().join();

/** The hosts that a value was given for, or null where it belongs to a proxied server. */
export const boundHosts = (origin: string): string[] | null =>
  origin.startsWith(PREFIX) ? origin.slice(PREFIX.length).split(",") : null;

/** For people: the hosts of a function's secret, or a proxied server's origin as it is. */
export const shownOrigin = (origin: string): string =>
  origin.startsWith(PREFIX) ? origin.slice(PREFIX.length).replaceAll(",", ", ") : origin;
