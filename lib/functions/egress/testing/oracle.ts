const views = (text: string): string[] => [
  text,
  text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("latin1")),
  text.replace(/\\u([0-9a-f]{4})/gi, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  text.replaceAll("\\", ""),
  text.replaceAll("&amp;", "&").replaceAll("&quot;", '"').replaceAll("&lt;", "<"),
];

function decodings(text: string): string[] {
  const base64 = (text.match(/[A-Za-z0-9+/_-]{8,}/g) ?? []).flatMap((run) =>
    [0, 1, 2, 3].map((skip) => Buffer.from(run.slice(skip), "base64").toString("latin1")),
  );
  const hex = (text.match(/[0-9a-f]{12,}/gi) ?? []).flatMap((run) =>
    [0, 1].map((skip) => Buffer.from(run.slice(skip), "hex").toString("latin1")),
  );
  return [...base64, ...hex];
}

/**
 * Whether a text tells a secret, found the other way round than the scrubber does it: by decoding the text every way
 * instead of encoding the secret. Eight characters in a row are a leak.
 */
export function tells(text: string, secret: string): boolean {
  const pieces = Array.from({ length: secret.length - 7 }, (_, at) => secret.slice(at, at + 8).toLowerCase());
  const first = views(text);
  const all = [...first, ...first.flatMap(views), ...first.flatMap(decodings)].map((one) => one.toLowerCase());
  return all.some((view) => pieces.some((piece) => view.includes(piece)));
}
