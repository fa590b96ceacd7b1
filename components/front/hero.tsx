import { ArrowRight, TerminalSquare } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { paths } from "@/lib/paths";
import { Specimen } from "./specimen";

interface HeroProps {
  signedIn: boolean;
  /** Nobody owns this installation yet. */
  needsSetup: boolean;
  origin: string;
}

/** What this is, in one sentence, and the one way on. */
export function Hero({ signedIn, needsSetup, origin }: HeroProps) {
  return (
    <section className="grid items-center gap-12 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.05fr)]">
      <div className="grid gap-7">
        <h1 className="font-semibold text-[2.5rem] leading-[1.08] tracking-[-0.03em] sm:text-5xl">
          One URL for every MCP server your team uses.
        </h1>
        <p className="max-w-xl text-pretty text-lg text-soft leading-8">
          Aerostack stands between AI clients and MCP servers. It puts them behind one address, keeps their API keys
          sealed, and knows who called what.
        </p>
        {needsSetup ? (
          <Callout tone="warn" title="This installation has no owner yet" className="max-w-xl">
            <p className="flex items-start gap-2">
              <TerminalSquare aria-hidden className="mt-1 size-4 shrink-0" />
              <span>
                Open the set-up link that the server printed in its terminal. It works once; start the server again for
                a new one.
              </span>
            </p>
          </Callout>
        ) : (
          <div className="flex flex-wrap gap-3">
            <Button asChild size="lg">
              <Link href={signedIn ? paths.workspaces : paths.signIn}>
                {signedIn ? "Open the dashboard" : "Sign in"} <ArrowRight aria-hidden />
              </Link>
            </Button>
          </div>
        )}
      </div>
      <Specimen origin={origin} />
    </section>
  );
}
