import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy";

interface ProblemProps {
  code: string;
  title: string;
  children: ReactNode;
  actions: ReactNode;
  /** To find the log line by. */
  reference?: string;
}

/** What a person sees when a page cannot be shown. */
export function ProblemPage({ code, title, children, actions, reference }: ProblemProps) {
  return (
    <div className="mx-auto grid min-h-[60dvh] max-w-md place-content-center gap-5 px-6 text-center">
      <p className="font-mono text-faint text-sm">{code}</p>
      <div className="grid gap-2">
        <h1 className="font-semibold text-2xl">{title}</h1>
        <div className="text-pretty text-soft leading-6">{children}</div>
      </div>
      <div className="flex flex-wrap justify-center gap-2">{actions}</div>
      {reference && (
        <p className="flex items-center justify-center gap-1 text-faint text-xs">
          Reference <code className="font-mono text-soft">{reference}</code>
          <CopyButton text={reference} label="Copy reference" />
        </p>
      )}
    </div>
  );
}
