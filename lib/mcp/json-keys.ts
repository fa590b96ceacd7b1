import { elementTexts, topLevelSpans } from "./json-span";

/**
 * Looks through a whole JSON text for an object that has a key twice: parsers differ on which one counts. Recursive;
 * the message around it was held to `LIMITS.jsonDepth` before.
 * @throws SyntaxError where it finds one
 */
export function refuseDuplicateKeys(json: string): void {
  if (json.startsWith("{"))
    for (const { valueStart, valueEnd } of topLevelSpans(json).values())
      refuseDuplicateKeys(json.slice(valueStart, valueEnd));
  else if (json.startsWith("[")) for (const element of elementTexts(json)) refuseDuplicateKeys(element);
}
