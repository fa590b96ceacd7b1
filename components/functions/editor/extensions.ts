import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { completionSources } from "./completion";
import { editorTheme } from "./theme";

/** All that one file's editor is made of. Escape, then Tab, leaves it by keyboard. */
export function editorExtensions(file: string, onSave: () => void): Extension[] {
  return [
    lineNumbers(),
    lintGutter(),
    highlightActiveLineGutter(),
    highlightActiveLine(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightSelectionMatches(),
    search(),
    autocompletion({ icons: false, override: completionSources }),
    javascript({ typescript: /\.m?ts$/.test(file) }),
    EditorState.tabSize.of(2),
    // With a tabindex: not everything that looks for stops counts contenteditable as one.
    EditorView.contentAttributes.of({ "aria-label": `Code of ${file}`, spellcheck: "false", tabindex: "0" }),
    keymap.of([
      { key: "Mod-s", preventDefault: true, run: saving(onSave) },
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...lintKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
    editorTheme,
  ];
}

const saving = (onSave: () => void) => () => {
  onSave();
  return true;
};
