"use client";

import { Plus, ShieldCheck } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { toast } from "@/components/ui/toast";
import type { Action } from "@/lib/action-state";
import { paths } from "@/lib/paths";
import type { DeleteRuleInput } from "@/lib/services/rule/schemas";
import type { RuleView } from "@/lib/services/rule/view";
import type { DeletedView } from "@/lib/services/workspace/view";
import { RuleEditor, type RuleEditorProps } from "./rule-editor";
import { RuleList } from "./rule-list";

interface ManagerProps extends Omit<RuleEditorProps, "rule" | "onClose"> {
  rules: RuleView[];
  onDelete: Action<DeleteRuleInput, DeletedView>;
}

/** The rules page: what arguments must be like, or the form for one rule with its test box. */
export function RulesManager({ rules, onDelete, ...editor }: ManagerProps) {
  const [editing, setEditing] = useState<RuleView | "new" | null>(null);
  const [deleting, setDeleting] = useState<RuleView | null>(null);
  if (editing !== null)
    return (
      <RuleEditor
        {...editor}
        rule={editing === "new" ? null : editing}
        onClose={(saved) => {
          setEditing(null);
          if (saved) toast.success("Rule saved. It holds from now on, within a second");
        }}
      />
    );
  const create =
    editor.servers.length === 0 ? (
      <Button asChild>
        <Link href={paths.newServer(editor.slug)}>
          <Plus aria-hidden /> Add server
        </Link>
      </Button>
    ) : (
      <Button onClick={() => setEditing("new")}>
        <Plus aria-hidden /> New rule
      </Button>
    );
  return (
    <>
      <PageHeader
        title="Rules"
        description="What a tool may be asked for. A call that breaks a rule is refused before its server is reached, and the model is told why."
        actions={rules.length > 0 && create}
      />
      {rules.length === 0 ? (
        <Card>
          <EmptyState icon={ShieldCheck} title="No rule yet" action={create}>
            {editor.servers.length === 0
              ? "Rules are about the arguments of tools. Add a server first; its tools can then be chosen here."
              : "For example: create_issue only where repo is acme/web, or a refund of at most 100. For everyone, a role or one member."}
          </EmptyState>
        </Card>
      ) : (
        <RuleList rules={rules} onEdit={setEditing} onDelete={setDeleting} />
      )}
      <ConfirmDialog
        open={deleting !== null}
        onOpenChange={(open) => !open && setDeleting(null)}
        title={`Delete this rule for ${deleting?.tool}?`}
        confirm="Delete rule"
        onConfirm={() => onDelete({ rule: deleting?.id ?? "" })}
        onDone={() => toast.success("Rule deleted")}
      >
        Calls that it refused are let through from now on, unless another rule refuses them.
      </ConfirmDialog>
    </>
  );
}
