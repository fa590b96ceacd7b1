"use client";

import { ArrowLeft, Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardHeader } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { CreateRuleInput, TestRuleInput, UpdateRuleInput } from "@/lib/services/rule/schemas";
import type { RuleTestView, RuleView } from "@/lib/services/rule/view";
import type { ListToolArgumentsInput } from "@/lib/services/tool/schemas";
import type { ServerTools, ToolArgument } from "@/lib/services/tool/view";
import { type ConditionDraft, emptyDraft, pathKey, toCondition, toDraft } from "./condition-form";
import { ConditionRow } from "./condition-row";
import { RuleTarget, type Target, toAudience, toTarget } from "./rule-target";
import { TestBox } from "./test-box";
import { useToolArguments } from "./use-tool-arguments";

export interface RuleEditorProps {
  slug: string;
  /** Null: a new one. */
  rule: RuleView | null;
  servers: ServerTools[];
  members: { id: string; name: string }[];
  keepArgumentsDays: number;
  onCreate: Action<CreateRuleInput, RuleView>;
  onUpdate: Action<UpdateRuleInput, RuleView>;
  onTest: Action<TestRuleInput, RuleTestView>;
  onArguments: Action<ListToolArgumentsInput, ToolArgument[]>;
  onClose(saved: boolean): void;
}

/** The form of one rule: which tool, for whom, what its arguments must be like; and beside it what that would do. */
export function RuleEditor({ slug, rule, servers, members, keepArgumentsDays, onClose, ...actions }: RuleEditorProps) {
  const [target, setTarget] = useState<Target>(() => toTarget(rule, servers));
  const [drafts, setDrafts] = useState<ConditionDraft[]>(() =>
    rule ? rule.conditions.map((condition, index) => toDraft(condition, `stored ${index}`)) : [emptyDraft("first")],
  );
  const [tried, setTried] = useState(false);
  const choices = useToolArguments(target, actions.onArguments);
  const save = useSubmit(
    async (input: CreateRuleInput) =>
      rule
        ? actions.onUpdate({ rule: rule.id, ...toAudience(target), conditions: input.conditions })
        : actions.onCreate(input),
    () => onClose(true),
  );
  const read = drafts.map((draft) =>
    toCondition(
      draft,
      choices.found.find((choice) => pathKey(choice.path) === draft.argument),
    ),
  );
  const conditions = read.flatMap((entry) => (entry.ok ? [entry.condition] : []));
  const complete = target.tool !== "" && conditions.length === drafts.length;
  const input = { server: target.server, tool: target.tool, ...toAudience(target), conditions };
  return (
    <>
      <Button variant="ghost" size="sm" className="-ml-3 mb-3" onClick={() => onClose(false)}>
        <ArrowLeft aria-hidden /> Rules
      </Button>
      <PageHeader title={rule ? "Edit rule" : "New rule"} />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <form
          className="grid grid-cols-1 gap-6"
          onSubmit={(event) => {
            event.preventDefault();
            setTried(true);
            if (complete) save.submit(input);
          }}
        >
          <RuleTarget
            target={target}
            fixed={rule !== null}
            servers={servers}
            members={members}
            onChange={(next) => {
              if (next.tool !== target.tool || next.server !== target.server) setDrafts([emptyDraft("first")]);
              setTarget(next);
            }}
          />
          <Card>
            <CardHeader title="Conditions" description="All of them must hold, or the call is refused." />
            <div className="grid gap-4 px-5 pb-5">
              {choices.problem && <Callout tone="bad">{choices.problem}</Callout>}
              {choices.ready && choices.found.length === 0 && (
                <Callout>This tool names no arguments, so there is nothing a rule could be about.</Callout>
              )}
              <ul className="grid gap-3">
                {drafts.map((draft, index) => {
                  const state = read[index];
                  return (
                    <ConditionRow
                      key={draft.key}
                      draft={draft}
                      choices={choices.found}
                      problem={tried && state && !state.ok ? state.problem : undefined}
                      onChange={(next) => setDrafts(drafts.map((entry) => (entry.key === next.key ? next : entry)))}
                      onRemove={
                        drafts.length > 1
                          ? () => setDrafts(drafts.filter((entry) => entry.key !== draft.key))
                          : undefined
                      }
                    />
                  );
                })}
              </ul>
              <div>
                <Button
                  variant="ghost"
                  size="sm"
                  onClick={() => setDrafts([...drafts, emptyDraft(crypto.randomUUID())])}
                >
                  <Plus aria-hidden /> Add condition
                </Button>
              </div>
            </div>
          </Card>
          {save.error && <Callout tone="bad">{save.error.message}</Callout>}
          <div className="flex flex-wrap gap-2">
            <Button type="submit" pending={save.pending}>
              Save rule
            </Button>
            <Button variant="secondary" onClick={() => onClose(false)}>
              Cancel
            </Button>
          </div>
        </form>
        <TestBox
          slug={slug}
          keepArgumentsDays={keepArgumentsDays}
          draft={complete ? input : null}
          choices={choices.found}
          onTest={actions.onTest}
        />
      </div>
    </>
  );
}
