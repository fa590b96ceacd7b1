/** A setting inside a template or address: `{name}`, not to be mixed up with a secret's `{{NAME}}`. */
const SETTING = /(?<!\{)\{(\w+)\}(?!\})/g;

/** Names of the settings in a template or address, each once. */
export const settingNames = (text: string): string[] => [
  ...new Set([...text.matchAll(SETTING)].map(([, name]) => name ?? "")),
];

/** A template as it is but for its settings, which a plain text stands for: what is left is a template of ours. */
export const withoutSettings = (template: string): string => template.replace(SETTING, "x");

/** An address with its settings put in, escaped so that none of them can end the part that it stands in. */
export const fillUrl = (url: string, settings: Record<string, string>): string =>
  url.replace(SETTING, (_, name: string) => encodeURIComponent(settings[name] ?? ""));

/** A header template with its settings put in; its secrets stay as they are. Settings hold no brace: `checkSetting`. */
export const fillHeader = (template: string, settings: Record<string, string>): string =>
  template.replace(SETTING, (_, name: string) => settings[name] ?? "");

/** Why a setting's value will not do, in words for who typed it; null where it will. */
export function checkSetting(kind: "id" | "url", value: string): string | null {
  if (kind === "id")
    return /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(value) ? null : "Letters, digits and . _ - only, 100 at most";
  const fits = value.length <= 500 && /^[\x21-\x7e]+$/.test(value) && !/[{}]/.test(value) && URL.canParse(value);
  const url = fits ? new URL(value) : null;
  return url?.protocol === "https:" && !url.username && !url.password
    ? null
    : "An address that starts with https://, without user name or password";
}
