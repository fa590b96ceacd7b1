const GROUNDS = [
  "bg-canvas",
  "bg-surface",
  "bg-muted",
  "bg-accent-soft",
  "bg-good-soft",
  "bg-warn-soft",
  "bg-bad-soft",
];
const MARKS = ["bg-accent", "bg-good-mark", "bg-warn-mark", "bg-bad-mark", "bg-line", "bg-line-strong", "bg-field"];

/** The tokens; text stands on the grounds that it is made for. */
export function Colours() {
  return (
    <>
      <div className="grid grid-cols-4 gap-2 text-xs sm:grid-cols-7">
        {[...GROUNDS, ...MARKS].map((name) => (
          <div key={name} className="grid gap-1">
            <span className={`h-10 rounded-lg border ${name}`} />
            <span className="truncate text-faint">{name.slice(3)}</span>
          </div>
        ))}
      </div>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        <span>ink</span>
        <span className="text-soft">soft</span>
        <span className="text-faint">faint</span>
        <span className="text-accent-text">accent</span>
        <span className="text-good">good</span>
        <span className="text-warn">warn</span>
        <span className="text-bad">bad</span>
        <code className="font-mono text-[0.8125rem]">mono 0123456789</code>
      </p>
    </>
  );
}
