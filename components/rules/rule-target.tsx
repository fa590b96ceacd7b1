"use client";

import { ROLE_WORDS } from "@/components/members/roles";
import { Card, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { allows } from "@/lib/access/permissions";
import type { RuleView } from "@/lib/services/rule/view";
import type { ServerTools } from "@/lib/services/tool/view";

/** Which tool a rule is about, and for whom: `""` everyone, `role:<role>` or `member:<id>`. */
export interface Target {
  /** Slug. */
  server: string;
  tool: string;
  audience: string;
}

/** The target of a stored rule, or where a new one starts. */
export function toTarget(rule: RuleView | null, servers: ServerTools[]): Target {
  if (rule === null) return { server: servers[0]?.slug ?? "", tool: "", audience: "" };
  const audience = rule.member ? `member:${rule.member.id}` : rule.role ? `role:${rule.role}` : "";
  return { server: rule.server.slug, tool: rule.tool, audience };
}

/** The audience as the verbs take it; both null: everyone. */
export function toAudience({ audience }: Target) {
  const [kind, ...rest] = audience.split(":");
  const role = ROLE_WORDS.find((word) => kind === "role" && word === rest.join(":")) ?? null;
  return { memberId: kind === "member" ? rest.join(":") : null, role };
}

interface TargetProps {
  target: Target;
  /** Server and tool of a stored rule stay. */
  fixed: boolean;
  servers: ServerTools[];
  members: { id: string; name: string }[];
  onChange(target: Target): void;
}

export function RuleTarget({ target, fixed, servers, members, onChange }: TargetProps) {
  const server = servers.find(({ slug }) => slug === target.server);
  return (
    <Card>
      <CardHeader title="Tool" description={fixed ? "Stays as it is; make a new rule for another tool." : undefined} />
      <div className="grid gap-5 px-5 pb-5 sm:grid-cols-2">
        <Field label="Server">
          <Select
            required
            disabled={fixed}
            value={target.server}
            onChange={(event) => onChange({ ...target, server: event.target.value, tool: "" })}
          >
            {fixed && !server && <option value={target.server}>{target.server}</option>}
            {servers.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name} ({slug})
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Tool">
          <Select
            required
            disabled={fixed}
            value={target.tool}
            onChange={(event) => onChange({ ...target, tool: event.target.value })}
          >
            {fixed ? <option value={target.tool}>{target.tool}</option> : <option value="">Choose…</option>}
            {!fixed && server?.tools.map(({ name }) => <option key={name}>{name}</option>)}
          </Select>
        </Field>
        <Field
          label="For"
          className="sm:col-span-2"
          hint="Several rules may concern the same call; all of them must hold."
        >
          <Select value={target.audience} onChange={(event) => onChange({ ...target, audience: event.target.value })}>
            <option value="">Everyone</option>
            <optgroup label="A role">
              {ROLE_WORDS.filter((role) => allows(role, "gateway.use")).map((role) => (
                <option key={role} value={`role:${role}`}>
                  Every {role}
                </option>
              ))}
            </optgroup>
            <optgroup label="One member">
              {members.map(({ id, name }) => (
                <option key={id} value={`member:${id}`}>
                  {name}
                </option>
              ))}
            </optgroup>
          </Select>
        </Field>
      </div>
    </Card>
  );
}
