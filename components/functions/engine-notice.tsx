import { Callout } from "@/components/ui/callout";
import type { EngineView } from "@/lib/services/function/view";

/** Says why functions do not run here; nothing where they do. */
export function EngineNotice({ engine, className }: { engine: EngineView; className?: string }) {
  if (engine.ok) return null;
  return (
    <Callout tone="warn" title="Functions do not run on this installation" className={className}>
      {engine.reason} Code can be written and saved all the same; checking, deploying and testing wait until then.
    </Callout>
  );
}
