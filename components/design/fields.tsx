"use client";

import { useState } from "react";
import { Choice } from "@/components/ui/choice";
import { Combobox } from "@/components/ui/combobox";
import { CodeBlock, CopyField } from "@/components/ui/copy";
import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";

const CITIES = ["Aarhus", "Berlin", "Lagos", "Lima", "Osaka"].map((label) => ({ value: label, label, hint: "city" }));

export function Fields() {
  const [city, setCity] = useState<string | null>(null);
  const [on, setOn] = useState(true);
  return (
    <>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Field label="Name" hint="Shown to members">
          <Input placeholder="Engineering" />
        </Field>
        <Field label="Slug" error="This slug is taken">
          <Input mono defaultValue="engineering" />
        </Field>
        <Field label="Disabled" aside="optional">
          <Input disabled defaultValue="cannot change" />
        </Field>
        <Field label="Role">
          <Select defaultValue="member">
            <option value="owner">Owner</option>
            <option value="member">Member</option>
          </Select>
        </Field>
        <Field label="City">
          <Combobox label="City" all="Any" value={city} options={CITIES} onChange={setCity} custom className="w-full" />
        </Field>
        <Field label="When">
          <Input type="datetime-local" defaultValue="2026-11-24T10:30" />
        </Field>
      </div>
      <Field label="Notes">
        <Textarea placeholder="Several lines" />
      </Field>
      <div className="flex flex-wrap gap-x-8">
        <Choice type="checkbox" defaultChecked note="One line below">
          Checkbox
        </Choice>
        <Choice type="radio" name="radio" defaultChecked>
          Radio
        </Choice>
        <Choice type="radio" name="radio">
          Other
        </Choice>
        <Choice type="checkbox" disabled>
          Disabled
        </Choice>
        <span className="flex items-center gap-2 text-sm">
          <Switch label="Switch" checked={on} onCheckedChange={setOn} /> Switch
        </span>
        <span className="flex items-center gap-2 text-sm">
          <Switch label="Disabled switch" checked={false} disabled onCheckedChange={setOn} /> Disabled
        </span>
      </div>
      <CopyField value="https://gateway.example/ws/engineering/mcp" label="gateway URL" />
      <CodeBlock title="~/.cursor/mcp.json" label="configuration" code={'{\n  "mcpServers": {}\n}'} />
    </>
  );
}
