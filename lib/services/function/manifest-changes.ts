import type { HostRule, SecretRule } from "@/lib/functions/contract";
import { covers } from "@/lib/functions/egress/covers";
import type { Manifest } from "@/lib/functions/manifest";
import type { ManifestChange } from "./view";

/** Both sides of two lists by name, names in order. */
function pairs<T>(before: Map<string, T>, after: Map<string, T>): [string, T | undefined, T | undefined][] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.map((name) => [name, before.get(name), after.get(name)]);
}

/** What differs between two manifests, and whether it lets the function do more than before. */
export function manifestChanges(before: Manifest, after: Manifest): ManifestChange[] {
  const rules = (manifest: Manifest) => new Map(manifest.hosts.map((rule) => [rule.host, rule]));
  const secrets = (manifest: Manifest) => new Map(Object.entries(manifest.secrets));
  return [
    ...pairs(rules(before), rules(after)).flatMap(([name, old, now]) => hostChange(before.hosts, name, old, now)),
    ...pairs(secrets(before), secrets(after)).flatMap(([name, old, now]) => secretChange(name, old, now)),
    ...limitChanges(before, after),
  ];
}

/** In words, what a deployment may do that the one before could not. */
export const widened = (before: Manifest | null, after: Manifest): string[] =>
  before === null ? [] : manifestChanges(before, after).flatMap(({ wider, text }) => (wider ? [text] : []));

function hostChange(all: HostRule[], name: string, old?: HostRule, now?: HostRule): ManifestChange[] {
  const change = (wider: boolean, text: string): ManifestChange[] => [{ kind: "host", name, wider, text }];
  if (!now) return change(false, `May no longer reach ${name}`);
  if (!old) {
    const within = all.find((rule) => covers(rule.host, name) && extras(now, rule).length === 0);
    return change(!within, within ? `Names ${name}, which ${within.host} held already` : `May also reach ${name}`);
  }
  const more = extras(now, old);
  if (more.length > 0) return change(true, `May also reach ${name} ${more.join(" and ")}`);
  return extras(old, now).length > 0 ? change(false, `May reach ${name} in fewer ways`) : [];
}

/** In which ways a rule goes beyond another. No `ports` means the scheme's own. */
function extras(rule: HostRule, than: HostRule): string[] {
  const own = (one: HostRule) => one.ports ?? (one.http ? [80, 443] : [443]);
  const ports = own(rule).filter((port) => !own(than).includes(port));
  return [
    ...(rule.http && !than.http ? ["without encryption"] : []),
    ...(ports.length > 0 ? [`at port ${ports.join(", ")}`] : []),
    ...(rule.private && !than.private ? ["on a private network"] : []),
  ];
}

function secretChange(name: string, old?: SecretRule, now?: SecretRule): ManifestChange[] {
  const change = (wider: boolean, text: string): ManifestChange[] => [{ kind: "secret", name, wider, text }];
  if (!now) return change(false, `Uses ${name} no longer`);
  if (!old) return change(true, `Asks for ${name}, for ${now.hosts.join(", ")}`);
  const places = (rule: SecretRule) => rule.in ?? ["header:authorization"];
  const hosts = now.hosts.filter((host) => !old.hosts.some((one) => covers(one, host)));
  const spots = places(now).filter((place) => !places(old).includes(place));
  const more = [
    ...(hosts.length > 0 ? [`to ${hosts.join(", ")}`] : []),
    ...(spots.length > 0 ? [`in ${spots.join(", ")}`] : []),
  ];
  if (more.length > 0) return change(true, `May also send ${name} ${more.join(" and ")}`);
  const same = [old, now].map((rule) =>
    JSON.stringify([[...rule.hosts].sort(), [...places(rule)].sort(), rule.prefix]),
  );
  return same[0] === same[1] ? [] : change(false, `Uses ${name} more narrowly or otherwise`);
}

function limitChanges(before: Manifest, after: Manifest): ManifestChange[] {
  const words = { deadlineMs: "Time for a call, in ms", concurrency: "Calls at once" };
  return (["deadlineMs", "concurrency"] as const).flatMap((name): ManifestChange[] => {
    const [old, now] = [before.limits[name], after.limits[name]];
    return old === now
      ? []
      : [{ kind: "limit", name, wider: now > old, text: `${words[name]}: ${old} before, ${now} now` }];
  });
}
