import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags as t } from "@lezer/highlight";

/** The product's tokens, so that light and dark follow the page by themselves. */
const looks = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--surface)", color: "var(--ink)", fontSize: "0.8125rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.6" },
  ".cm-content": { padding: "0.75rem 0", caretColor: "var(--accent-text)" },
  ".cm-line": { padding: "0 1rem 0 0.5rem" },
  ".cm-cursor": { borderLeftColor: "var(--accent-text)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in oklch, var(--accent) 24%, transparent)",
  },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--faint)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 0.25rem 0 0.75rem", minWidth: "2.5rem" },
  ".cm-gutter-lint": { width: "1rem" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0.2rem 0" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--muted) 65%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--ink)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--accent-soft)",
    outline: "1px solid color-mix(in oklch, var(--accent) 40%, transparent)",
  },
  ".cm-tooltip": {
    backgroundColor: "var(--surface)",
    color: "var(--ink)",
    border: "1px solid var(--line)",
    borderRadius: "0.75rem",
    boxShadow: "var(--shadow-raised)",
    overflow: "hidden",
  },
  ".cm-tooltip.cm-tooltip-autocomplete": { overflow: "visible" }, // what is said of an entry stands beside the list
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--font-mono)",
    maxHeight: "16rem",
    padding: "0.25rem",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.25rem 0.5rem", borderRadius: "0.375rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--accent-soft)",
    color: "var(--accent-text)",
  },
  ".cm-completionDetail": { color: "var(--faint)", fontStyle: "normal", marginLeft: "0.75rem" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600" },
  ".cm-completionIcon": { color: "var(--faint)", opacity: "1" },
  ".cm-tooltip.cm-completionInfo": {
    padding: "0.5rem 0.75rem",
    maxWidth: "20rem",
    fontFamily: "var(--font-sans)",
    lineHeight: "1.5",
    overflow: "visible",
  },
  ".cm-diagnostic": {
    padding: "0.375rem 0.75rem",
    fontFamily: "var(--font-sans)",
    maxWidth: "34rem",
    whiteSpace: "pre-wrap",
  },
  ".cm-diagnostic-error": { borderLeft: "3px solid var(--bad-mark)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--bad-mark) 1px",
    textUnderlineOffset: "3px",
  },
  ".cm-lint-marker": { width: "0.5rem", height: "0.5rem", margin: "0.35rem auto 0" },
  ".cm-lint-marker-error": { content: "none", borderRadius: "999px", backgroundColor: "var(--bad-mark)" },
  ".cm-panels": { backgroundColor: "var(--muted)", color: "var(--ink)" },
  ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--line)" },
  ".cm-panel.cm-search": { padding: "0.5rem 2rem 0.5rem 0.75rem", fontFamily: "var(--font-sans)" },
  ".cm-panel.cm-search label": { fontSize: "0.75rem" },
  ".cm-panel.cm-search [name=close]": { fontSize: "1.125rem", right: "0.75rem", top: "0.5rem" },
  ".cm-textfield": {
    fontSize: "0.8125rem",
    padding: "0.25rem 0.5rem",
    border: "1px solid var(--field)",
    borderRadius: "0.375rem",
    backgroundColor: "var(--surface)",
  },
  ".cm-button": {
    fontSize: "0.75rem",
    padding: "0.25rem 0.5rem",
    border: "1px solid var(--line-strong)",
    borderRadius: "0.375rem",
    backgroundImage: "none",
    backgroundColor: "var(--surface)",
  },
  ".cm-searchMatch": { backgroundColor: "var(--warn-soft)", outline: "1px solid var(--warn-mark)" },
  ".cm-snippetField": { backgroundColor: "color-mix(in oklch, var(--accent) 14%, transparent)" },
  ".cm-placeholder": { color: "var(--faint)" },
});

/** Few colours: what is said (texts, numbers) apart from how it is said (keywords), and comments out of the way. */
const colours = HighlightStyle.define([
  { tag: [t.keyword, t.modifier, t.controlKeyword, t.operatorKeyword, t.moduleKeyword], color: "var(--accent-text)" },
  { tag: [t.string, t.special(t.string), t.regexp], color: "var(--good)" },
  { tag: [t.number, t.bool, t.null, t.atom], color: "var(--warn)" },
  { tag: t.comment, color: "var(--faint)", fontStyle: "italic" },
  { tag: [t.function(t.variableName), t.function(t.propertyName)], color: "var(--ink)", fontWeight: "550" },
  { tag: [t.typeName, t.className], color: "var(--accent-text)" },
  { tag: [t.propertyName, t.definition(t.propertyName)], color: "var(--soft)" },
  { tag: [t.punctuation, t.bracket, t.operator], color: "var(--soft)" },
  { tag: t.invalid, color: "var(--bad)" },
]);

/** Looks of the editor. */
export const editorTheme = [looks, syntaxHighlighting(colours)];
