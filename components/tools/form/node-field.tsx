"use client";

import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import { asList, asUnion, emptyDraft, fieldsOf } from "../schema/draft";
import { childOf, type Draft, type FormNode } from "../schema/node";

interface NodeProps {
  node: FormNode;
  /** Shown where the schema has no title. */
  name: string;
  required: boolean;
  /** Undefined: left out of the arguments. */
  draft: Draft | undefined;
  pointer: string;
  faults: ReadonlyMap<string, string>;
  onChange(draft: Draft | undefined): void;
}

/** One place of the form and what lies below it. Titles and descriptions are the server's own words, shown as text. */
export function NodeField(props: NodeProps) {
  const { node, required, draft } = props;
  if (node.kind === "object" || node.kind === "list" || node.kind === "union")
    return draft === undefined && !required ? <Absent {...props} /> : <Group {...props} />;
  return <Single {...props} />;
}

const labelOf = ({ node, name }: Pick<NodeProps, "node" | "name">): string => node.title ?? name;

function Absent(props: NodeProps) {
  const { node, onChange } = props;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button variant="secondary" size="sm" onClick={() => onChange(emptyDraft(node))}>
        <Plus aria-hidden /> {labelOf(props)}
      </Button>
      <Description text={node.description} />
    </div>
  );
}

function Group(props: NodeProps) {
  const { node, required, pointer, faults, onChange } = props;
  const fault = faults.get(pointer);
  return (
    <fieldset className="grid min-w-0 gap-3 border-l-2 pl-4">
      <legend className="contents">
        <span className="flex items-center justify-between gap-3 font-medium text-sm">
          {labelOf(props)}
          {!required && (
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Leave out ${labelOf(props)}`}
              onClick={() => onChange(undefined)}
            >
              <X aria-hidden />
            </Button>
          )}
        </span>
      </legend>
      <Description text={node.description} />
      {node.kind === "object" && <Fields {...props} node={node} />}
      {node.kind === "list" && <Items {...props} node={node} />}
      {node.kind === "union" && <Alternatives {...props} node={node} />}
      {fault && (
        <p role="alert" className="text-bad text-xs leading-5">
          {fault}
        </p>
      )}
    </fieldset>
  );
}

function Description({ text }: { text: string | null }) {
  return text && <p className="whitespace-pre-line break-words text-faint text-xs leading-5">{text}</p>;
}

/** With its place, which is what is chosen. */
const numbered = <T,>(options: readonly T[]) => options.map((option, index) => ({ option, index }));

type Of<K extends FormNode["kind"]> = NodeProps & { node: FormNode & { kind: K } };

/** The fields of an object; also the whole form. */
export function Fields({ node, draft = { fields: {} }, pointer, faults, onChange }: Of<"object">) {
  const drafts = fieldsOf(draft);
  return node.fields.map((field) => (
    <NodeField
      key={field.name}
      node={field.node}
      name={field.name}
      required={field.required}
      draft={Object.hasOwn(drafts, field.name) ? drafts[field.name] : undefined}
      pointer={childOf(pointer, field.name)}
      faults={faults}
      onChange={(next) => {
        const { [field.name]: _, ...rest } = drafts;
        onChange({ fields: next === undefined ? rest : { ...rest, [field.name]: next } });
      }}
    />
  ));
}

function Items({ node, name, draft = [], pointer, faults, onChange }: Of<"list">) {
  const items = asList(draft).map((item, at) => ({ item, at }));
  return (
    <>
      {items.map(({ item, at }) => (
        <div key={at} className="flex items-end gap-1.5">
          <div className="min-w-0 flex-1">
            <NodeField
              node={node.item}
              name={`${name} ${at + 1}`}
              required
              draft={item}
              pointer={childOf(pointer, at)}
              faults={faults}
              onChange={(next) =>
                onChange(items.map((each) => (each.at === at ? (next ?? emptyDraft(node.item)) : each.item)))
              }
            />
          </div>
          <Button
            variant="ghost"
            size="icon"
            className="mb-0.5"
            aria-label={`Remove ${name} ${at + 1}`}
            onClick={() => onChange(items.filter((each) => each.at !== at).map((each) => each.item))}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <div>
        <Button
          variant="secondary"
          size="sm"
          onClick={() => onChange([...items.map((each) => each.item), emptyDraft(node.item)])}
        >
          <Plus aria-hidden /> Add
        </Button>
      </div>
    </>
  );
}

const KIND_WORDS: Record<FormNode["kind"], string> = {
  text: "Text",
  number: "Number",
  boolean: "Yes or no",
  choice: "One of a list",
  const: "Fixed value",
  list: "List",
  object: "Object",
  union: "One of several",
  json: "JSON",
};
const titleOf = (node: FormNode): string =>
  node.title ??
  (node.kind === "const"
    ? node.value === null
      ? "Nothing (null)"
      : JSON.stringify(node.value)
    : KIND_WORDS[node.kind]);

function Alternatives({ node, name, draft = null, pointer, faults, onChange }: Of<"union">) {
  const { at, draft: inner } = asUnion(draft);
  const chosen = node.options[at];
  return (
    <>
      <Select
        aria-label={`Kind of ${name}`}
        value={String(at)}
        onChange={(event) => {
          const next = Number(event.target.value);
          const option = node.options[next];
          if (option) onChange({ at: next, draft: emptyDraft(option) });
        }}
      >
        {at < 0 && <option value="-1">Choose…</option>}
        {numbered(node.options).map(({ option, index }) => (
          <option key={index} value={index}>
            {titleOf(option)}
          </option>
        ))}
      </Select>
      {chosen && chosen.kind !== "const" && (
        <NodeField
          key={at}
          node={chosen}
          name={chosen.title ?? name}
          required
          draft={inner}
          pointer={pointer}
          faults={faults}
          onChange={(next) => onChange({ at, draft: next ?? emptyDraft(chosen) })}
        />
      )}
    </>
  );
}

const TYPE_HINT: Partial<Record<string, string>> = {
  "date-time": "2026-11-24T12:00:00Z",
  date: "2026-11-24",
  time: "12:00:00Z",
  email: "ada@example.com",
  uri: "https://example.com",
};

function Single(props: NodeProps) {
  const { node, required, draft, pointer, faults, onChange } = props;
  const value = typeof draft === "string" ? draft : "";
  const type = (text: string) => onChange(text === "" && !required ? undefined : text);
  const format = node.kind === "text" ? node.format : null;
  const aside = [
    node.kind === "text" ? format : node.kind === "number" ? (node.integer ? "whole number" : "number") : null,
    required ? null : "optional",
  ];
  return (
    <Field
      label={labelOf(props)}
      aside={aside.filter(Boolean).join(", ")}
      error={faults.get(pointer)}
      hint={<Description text={node.description} />}
    >
      {node.kind === "text" && !node.long && (
        <Input
          placeholder={(format && TYPE_HINT[format]) || undefined}
          spellCheck={false}
          value={value}
          onChange={(event) => type(event.target.value)}
        />
      )}
      {node.kind === "text" && node.long && (
        <Textarea rows={3} value={value} onChange={(event) => type(event.target.value)} />
      )}
      {node.kind === "number" && (
        <Input
          inputMode={node.integer ? "numeric" : "decimal"}
          autoComplete="off"
          value={value}
          onChange={(event) => type(event.target.value)}
        />
      )}
      {node.kind === "json" && (
        <Textarea
          mono
          rows={3}
          spellCheck={false}
          placeholder={'JSON: {"key": "value"}, "text", 42'}
          value={value}
          onChange={(event) => type(event.target.value)}
        />
      )}
      {node.kind === "boolean" && (
        <Select value={value} onChange={(event) => type(event.target.value)}>
          <option value="">{required ? "Choose…" : "Left out"}</option>
          <option value="true">Yes (true)</option>
          <option value="false">No (false)</option>
        </Select>
      )}
      {node.kind === "choice" && (
        <Select value={value} onChange={(event) => type(event.target.value)}>
          <option value="">{required ? "Choose…" : "Left out"}</option>
          {numbered(node.options).map(({ option, index }) => (
            <option key={index} value={index}>
              {typeof option === "string" ? option : JSON.stringify(option)}
            </option>
          ))}
        </Select>
      )}
      {node.kind === "const" && (
        <label className="flex items-center gap-2 text-sm">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={required || draft !== undefined}
            disabled={required}
            onChange={(event) => onChange(event.target.checked ? null : undefined)}
          />
          <code className="font-mono text-[0.8125rem]">{JSON.stringify(node.value)}</code>
        </label>
      )}
    </Field>
  );
}
