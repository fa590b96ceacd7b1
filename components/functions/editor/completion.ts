import {
  type Completion,
  type CompletionContext,
  type CompletionSource,
  completeFromList,
  ifNotIn,
  snippetCompletion,
} from "@codemirror/autocomplete";
import { localCompletionSource, typescriptSnippets } from "@codemirror/lang-javascript";
import { syntaxTree } from "@codemirror/language";
import type { Entry } from "./authoring-api";
import { offerAt } from "./place";

const TYPE = { property: "property", method: "method", function: "function", value: "constant" } as const;
const NO_CODE = ["String", "TemplateString", "RegExp", "LineComment", "BlockComment", "PropertyName"];

const offerFor = ({ state, pos }: CompletionContext) => offerAt(syntaxTree(state), state.doc.toString(), pos);

/** What the authoring API has at the cursor. */
const authoring: CompletionSource = (context) => {
  const offer = offerFor(context);
  if (!offer) return null;
  return { from: offer.from, options: offer.entries.map(toCompletion), validFor: /^[\w$:-]*$/ };
};

/** Unless the authoring API says all there is to say. */
const elsewhere =
  (source: CompletionSource): CompletionSource =>
  (context) =>
    offerFor(context)?.only ? null : source(context);

/** The authoring API first; names of the file and the language's own words where those make sense. */
export const completionSources: CompletionSource[] = [
  authoring,
  elsewhere(localCompletionSource),
  elsewhere(ifNotIn(NO_CODE, completeFromList(typescriptSnippets))),
];

function toCompletion({ label, kind, type, about, snippet }: Entry, at: number): Completion {
  const shown: Completion = { label, detail: type, info: about, type: TYPE[kind], boost: 50 - at };
  return snippet === undefined ? shown : snippetCompletion(snippet, shown);
}
