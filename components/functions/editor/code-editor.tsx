"use client";

import { setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useEffectEvent, useRef } from "react";
import { type CodeProblem, offsetOf, toDiagnostics } from "./diagnostics";
import { editorExtensions } from "./extensions";

/** A place to go to. Each object is one going, so that the same place can be gone to twice. */
export interface GoTo {
  file: string;
  line: number;
  column: number;
}

export interface CodeEditorProps {
  files: Readonly<Record<string, string>>;
  /** The file that is shown. */
  active: string;
  problems: readonly CodeProblem[];
  goTo: GoTo | null;
  onChange(file: string, text: string): void;
  onSave(): void;
}

/** CodeMirror on several files, each with its own history and cursor. Loaded by the Code tab only. */
export default function CodeEditor({ files, active, problems, goTo, onChange, onSave }: CodeEditorProps) {
  const holder = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const shown = useRef(active);
  const states = useRef(new Map<string, EditorState>());
  const text = files[active] ?? "";
  const save = useEffectEvent(onSave);
  const change = useEffectEvent(onChange);
  const initial = useEffectEvent(() => stateOf(active, text));

  function stateOf(file: string, doc: string): EditorState {
    const onUpdate = EditorView.updateListener.of((update) => {
      if (update.docChanged) change(file, update.state.doc.toString());
    });
    return EditorState.create({ doc, extensions: [editorExtensions(file, () => save()), onUpdate] });
  }

  useEffect(() => {
    if (!holder.current) return;
    const made = new EditorView({ parent: holder.current, state: initial() });
    view.current = made;
    return () => {
      view.current = null;
      made.destroy();
    };
  }, []);

  const show = useEffectEvent((file: string, doc: string) => {
    const editor = view.current;
    if (!editor) return;
    if (shown.current !== file) {
      states.current.set(shown.current, editor.state);
      shown.current = file;
      editor.setState(states.current.get(file) ?? stateOf(file, doc));
    }
    // The text came from elsewhere: another version was taken up.
    if (editor.state.doc.toString() !== doc)
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: doc } });
  });
  useEffect(() => show(active, text), [active, text]);

  useEffect(() => {
    const editor = view.current;
    if (editor) editor.dispatch(setDiagnostics(editor.state, toDiagnostics(editor.state.doc, problems, active)));
  }, [problems, active]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || !goTo || goTo.file !== active || goTo.line === 0) return;
    const at = offsetOf(editor.state.doc, goTo.line, goTo.column);
    editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    editor.focus();
  }, [goTo, active]);

  return <div ref={holder} className="h-full min-h-0" />;
}
