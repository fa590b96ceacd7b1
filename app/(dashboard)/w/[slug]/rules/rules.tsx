"use client";

import { RulesManager } from "@/components/rules/rules-manager";
import type { RuleView } from "@/lib/services/rule/view";
import type { ServerTools } from "@/lib/services/tool/view";
import {
  createRuleAction,
  deleteRuleAction,
  listToolArgumentsAction,
  testRuleAction,
  updateRuleAction,
} from "./actions";

interface RulesProps {
  slug: string;
  rules: RuleView[];
  servers: ServerTools[];
  members: { id: string; name: string }[];
  keepArgumentsDays: number;
}

export function Rules({ slug, ...props }: RulesProps) {
  return (
    <RulesManager
      {...props}
      slug={slug}
      onCreate={createRuleAction.bind(null, slug)}
      onUpdate={updateRuleAction.bind(null, slug)}
      onDelete={deleteRuleAction.bind(null, slug)}
      onTest={testRuleAction.bind(null, slug)}
      onArguments={listToolArgumentsAction.bind(null, slug)}
    />
  );
}
