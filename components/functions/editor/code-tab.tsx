"use client";

import { Save } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { FunctionDetail } from "@/lib/services/function/view";
import type { GoTo } from "./code-editor";
import { DeployButton } from "./deploy-button";
import { DeployPanel } from "./deploy-panel";
import type { CodeProblem } from "./diagnostics";
import { FileTabs } from "./file-tabs";
import { orderedNames, renamed } from "./files";
import { ProblemList } from "./problem-list";
import type { Checked } from "./use-check";
import type { useDeploy } from "./use-deploy";
import type { Draft } from "./use-draft";

/** CodeMirror comes with this tab and with nothing else. */
const CodeEditor = dynamic(() => import("./code-editor"), {
  ssr: false,
  loading: () => <Skeleton className="m-4 h-[calc(100%-2rem)]" />,
});

interface CodeProps {
  slug: string;
  detail: FunctionDetail;
  draft: Draft;
  checked: Checked;
  deploying: ReturnType<typeof useDeploy>;
  onTab(tab: "settings" | "test" | "deployments"): void;
}

/** Where a function is written: files, problems, save, deploy. */
export function CodeTab({ slug, detail, draft, checked, deploying, onTab }: CodeProps) {
  const [active, setActive] = useState(draft.entry);
  const [goTo, setGoTo] = useState<GoTo | null>(null);
  const names = orderedNames(draft.files, draft.entry);
  const shown = names.includes(active) ? active : draft.entry;
  const faulty = new Set(checked.problems.map(({ file }) => file));
  const off = detail.engine.ok ? null : (detail.engine.reason ?? "Functions do not run here.");

  /** What stopped the last deploy says nothing about other text. */
  const edit: Draft["edit"] = (change) => {
    if (deploying.run?.failed) deploying.dismiss();
    draft.edit(change);
  };
  const go = ({ file, line, column }: CodeProblem) => {
    if (!names.includes(file)) return;
    setActive(file);
    setGoTo({ file, line, column });
  };
  const save = async () => {
    if (!draft.dirty) return;
    const fault = await deploying.save();
    if (fault) toast.error("Not saved", { description: fault, duration: 12_000 });
    else toast.success("Draft saved");
  };
  return (
    <Card className="min-w-0 overflow-hidden">
      <header className="flex flex-wrap items-center justify-between gap-3 border-b px-5 py-2.5">
        <p role="status" className="text-faint text-sm">
          <DraftState draft={draft} detail={detail} />
        </p>
        <div className="flex items-center gap-2">
          <Button
            size="sm"
            variant="secondary"
            pending={deploying.saving}
            disabled={!draft.dirty || deploying.running}
            title="Ctrl+S or ⌘S"
            onClick={save}
          >
            {!deploying.saving && <Save aria-hidden />} Save
          </Button>
          <DeployButton pending={deploying.running} off={off} onDeploy={deploying.deploy} />
        </div>
      </header>
      {deploying.run && (
        <DeployPanel
          slug={slug}
          run={deploying.run}
          known={[detail.active?.id, detail.staged?.id].filter((id) => id !== undefined)}
          onGo={go}
          onTab={onTab}
          onAnyway={() => deploying.run && deploying.deploy({ ...deploying.run, anyway: true })}
          onDismiss={deploying.dismiss}
        />
      )}
      <FileTabs
        names={names}
        entry={draft.entry}
        active={shown}
        files={draft.files}
        unsaved={draft.unsaved}
        faulty={faulty}
        onOpen={setActive}
        onAdd={(name) => {
          edit((files) => ({ ...files, [name]: "" }));
          setActive(name);
        }}
        onRename={(from, to) => {
          edit((files) => renamed(files, from, to));
          setActive(to);
        }}
        onDelete={(name) => edit(({ [name]: _gone, ...rest }) => rest)}
      />
      <div className="h-[max(22rem,min(62vh,44rem))]">
        <CodeEditor
          files={draft.files}
          active={shown}
          problems={checked.problems}
          goTo={goTo}
          onChange={(name, text) => edit((files) => ({ ...files, [name]: text }))}
          onSave={save}
        />
      </div>
      <ProblemList {...checked} onGo={go} />
    </Card>
  );
}

function DraftState({ draft, detail }: { draft: Draft; detail: FunctionDetail }) {
  if (draft.dirty) return "Unsaved changes";
  if (detail.version === null) return "Saved. Nothing is deployed yet.";
  return detail.changed
    ? `Saved. Differs from version ${detail.version}, which answers.`
    : `This is version ${detail.version}, which answers.`;
}
