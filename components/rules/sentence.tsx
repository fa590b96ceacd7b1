/** A sentence that begins with its argument between backticks, as rules are described; that name is set as code. */
export function Sentence({ text }: { text: string }) {
  const [, name, rest] = /^`([^`]*)`(.*)$/s.exec(text) ?? [];
  if (name === undefined) return text;
  return (
    <>
      <code className="font-mono text-[0.8125rem] text-ink">{name}</code>
      {rest}
    </>
  );
}
