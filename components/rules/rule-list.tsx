"use client";

import { User, UserCog, Users } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { RuleView } from "@/lib/services/rule/view";
import { Sentence } from "./sentence";

interface ListProps {
  rules: RuleView[];
  onEdit(rule: RuleView): void;
  onDelete(rule: RuleView): void;
}

/** Rules by tool, each in words. */
export function RuleList({ rules, onEdit, onDelete }: ListProps) {
  const tools = new Map<string, RuleView[]>();
  for (const rule of rules) {
    const key = `${rule.server.slug}/${rule.tool}`;
    tools.set(key, [...(tools.get(key) ?? []), rule]);
  }
  return (
    <div className="grid grid-cols-1 gap-4">
      {[...tools].map(([key, group]) => (
        <Card key={key}>
          <h2 className="flex flex-wrap items-baseline gap-x-2 border-b px-5 py-3">
            <span className="break-all font-medium font-mono text-sm">{group[0]?.tool}</span>
            <span className="text-faint text-sm">of {group[0]?.server.name}</span>
          </h2>
          <ul>
            {group.map((rule) => (
              <li
                key={rule.id}
                className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-b px-5 py-4 last:border-b-0"
              >
                <div className="grid min-w-0 flex-1 basis-64 gap-2">
                  <Audience rule={rule} />
                  <ul className="grid gap-1 text-soft text-sm leading-6">
                    {rule.sentences.map((sentence) => (
                      <li key={sentence} className="break-words">
                        <Sentence text={sentence} />
                      </li>
                    ))}
                  </ul>
                </div>
                <div className="-mr-2 flex gap-1">
                  <Button variant="ghost" size="sm" onClick={() => onEdit(rule)} aria-label={`Edit rule for ${key}`}>
                    Edit and test
                  </Button>
                  <Button
                    variant="quietDanger"
                    size="sm"
                    onClick={() => onDelete(rule)}
                    aria-label={`Delete rule for ${key}`}
                  >
                    Delete
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        </Card>
      ))}
    </div>
  );
}

function Audience({ rule: { member, role } }: { rule: RuleView }) {
  const [Icon, text] = member ? [User, member.name] : role ? [UserCog, `every ${role}`] : [Users, "everyone"];
  return (
    <span>
      <Badge>
        <Icon aria-hidden /> For {text}
      </Badge>
    </span>
  );
}
