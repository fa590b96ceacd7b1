"use client";

import { useState } from "react";
import type { Action, ActionState } from "@/lib/action-state";
import type { DeployFunctionInput, SaveFunctionInput } from "@/lib/services/function/schemas";
import type { DeployedView, FunctionDetail, ProblemView } from "@/lib/services/function/view";
import type { Draft } from "./use-draft";

/** The way from source to answering, in order. */
export const STEPS = ["save", "check", "bundle", "trial", "live"] as const;
export type Step = (typeof STEPS)[number];

export interface DeployOptions {
  /** Keeps it ready without going live. */
  stage: boolean;
  note?: string;
  /** Despite errors of types, which stop nothing by themselves. */
  anyway?: boolean;
}

/** One deploy under way, stopped or done. */
export interface DeployRun extends Omit<DeployOptions, "anyway"> {
  /** Where it is. While it bundles, the trial follows in the same breath: the server says only how both ended. */
  step: Step;
  failed: { message: string; problems: ProblemView[] } | null;
  result: DeployedView | null;
}

export interface DeployPorts {
  function: string;
  draft: Draft;
  onSave: Action<SaveFunctionInput, FunctionDetail>;
  onDeploy: Action<DeployFunctionInput, DeployedView>;
  /** @throws Error in words for a person */
  check(files: Draft["files"]): Promise<ProblemView[]>;
}

const OFFLINE = "The server did not answer. Check that it is running, then try again.";

/** Saving, and deploying step by step; the first fault stops it. */
export function useDeploy({ function: name, draft, onSave, onDeploy, check }: DeployPorts) {
  const [run, setRun] = useState<DeployRun | null>(null);
  const [saving, setSaving] = useState(false);

  /** Null where it worked, else what went wrong. */
  async function save(): Promise<string | null> {
    const { files, entry } = draft;
    setSaving(true);
    const answer = await settled(onSave({ function: name, files: { ...files }, entry }));
    setSaving(false);
    if (!answer.ok) return answer.message;
    draft.settle(files);
    return null;
  }

  async function deploy(options: DeployOptions): Promise<void> {
    const { stage, note, anyway } = options;
    const at = (step: Step): DeployRun => ({ stage, note, step, failed: null, result: null });
    const stop = (step: Step, message: string, problems: ProblemView[] = []) =>
      setRun({ ...at(step), failed: { message, problems } });
    setRun(at("save"));
    const fault = draft.dirty ? await save() : null;
    if (fault !== null) return stop("save", fault);
    setRun(at("check"));
    const problems = anyway ? [] : await check(draft.files).catch(wordsOf);
    if (typeof problems === "string") return stop("check", problems);
    if (problems.length > 0) return stop("check", "", problems);
    setRun(at("bundle"));
    const answer = await settled(onDeploy({ function: name, stage, ...(note && { note }) }));
    if (!answer.ok) return stop(answer.field === "files" ? "bundle" : "trial", answer.message);
    setRun({ ...at("live"), result: answer.data });
  }
  const running = run !== null && run.failed === null && run.result === null;
  return { run, running, saving, save, deploy, dismiss: () => setRun(null) };
}

async function settled<T>(work: Promise<ActionState<T>>): Promise<ActionState<T>> {
  return work.catch(() => ({ ok: false, code: "unavailable", message: OFFLINE }));
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : OFFLINE);
