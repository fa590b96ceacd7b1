import { AppError } from "@/lib/errors";
import { secretNames, validateHeaderName, validateTemplate } from "@/lib/mcp/header-template";
import { settingNames, withoutSettings } from "./fill";
import type { ListingEntry } from "./listing";

interface Fault {
  path: (string | number)[];
  message: string;
}

/** What no single field shows: that headers, secrets, settings and addresses of a listing fit together. */
export function findFaults({ auth, endpoints }: Pick<ListingEntry, "auth" | "endpoints">): Fault[] {
  const faults: Fault[] = [];
  const fault = (message: string, ...path: (string | number)[]) => faults.push({ path, message });
  const usedSecrets = new Set<string>();
  const usedSettings = new Set<string>();

  auth.headers.forEach(({ name, template }, index) => {
    const said = checkHeader(name, template);
    if (said) fault(said, "auth", "headers", index);
    else for (const secret of secretNames(withoutSettings(template))) usedSecrets.add(secret);
    for (const setting of settingNames(template)) usedSettings.add(setting);
  });
  endpoints.forEach(({ url, label }, index) => {
    const said = checkAddress(url);
    if (said) fault(said, "endpoints", index, "url");
    if (endpoints.findIndex((other) => other.label === label) !== index)
      fault("another endpoint has this label", "endpoints", index, "label");
    for (const setting of settingNames(url)) usedSettings.add(setting);
  });
  compare(usedSecrets, auth.secrets, (message) => fault(message, "auth", "secrets"));
  compare(usedSettings, auth.settings, (message) => fault(message, "auth", "settings"));

  const required = auth.secrets.filter((secret) => !secret.optional).length;
  if (auth.kind === "none" && required > 0) fault("is “none”, yet a secret is required", "auth", "kind");
  if (auth.kind === "secret" && required === 0) fault("is “secret”, yet none is required", "auth", "kind");
  if (auth.kind === "oauth" && auth.secrets.length > 0) fault("is “oauth”, yet there are secrets", "auth", "kind");
  if (auth.kind === "oauth" && auth.oauth === null) fault("is missing", "auth", "oauth");
  return faults;
}

function checkHeader(name: string, template: string): string | null {
  try {
    validateHeaderName(name);
    validateTemplate(withoutSettings(template));
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

function checkAddress(text: string): string | null {
  const url = new URL(text);
  if (url.username || url.password) return "must hold no user name or password: they belong into a header";
  if (url.hash) return "must have no # part";
  return /[{}]|%7b/i.test(url.host) ? "must name its host in full: settings go into path or query" : null;
}

function compare(used: Set<string>, declared: { name: string }[], fault: (message: string) => void): void {
  const names = declared.map(({ name }) => name);
  for (const name of used) if (!names.includes(name)) fault(`${name} is used but not declared`);
  for (const name of names) if (!used.has(name)) fault(`${name} is declared but not used`);
  if (new Set(names).size < names.length) fault("a name is there twice");
}
