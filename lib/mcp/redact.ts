/** Values shorter than this are common words too often; they are left alone. Characters. */
const MIN_LENGTH = 6;

/**
 * Takes secret texts out of what came from the server they were sent to, in the spellings that a JSON answer may hold
 * them in: a server that echoes its request must not write a secret into the team's tool list. Longest first, so that
 * one value inside another leaves no rest.
 */
export function redactor(secrets: Iterable<string>): (text: string) => string {
  const spellings = [...secrets]
    .filter((value) => value.length >= MIN_LENGTH)
    .flatMap((value) => [
      value,
      JSON.stringify(value).slice(1, -1),
      btoa(value).replace(/=+$/, ""),
      encodeURIComponent(value),
    ])
    .sort((a, b) => b.length - a.length);
  return (text) => spellings.reduce((clean, spelling) => clean.replaceAll(spelling, "[redacted]"), text);
}
