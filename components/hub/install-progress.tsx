"use client";

import { useEffect, useState } from "react";
import { Spinner } from "@/components/ui/spinner";

const STEP_MS = 1_200;

/** What an install is at; the steps follow each other on the server, this says them about when they happen. */
export function InstallProgress({ host, secret }: { host: string; secret: boolean }) {
  const [step, setStep] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setStep((now) => now + 1), STEP_MS);
    return () => clearInterval(timer);
  }, []);
  const steps = [`Connecting to ${host}…`, "Asking for its tools…", secret ? "Sealing the key…" : "Saving…"];
  return (
    <p role="status" className="flex min-w-0 items-center gap-2.5 text-soft text-sm">
      <Spinner className="shrink-0 text-accent-text" />
      <span className="min-w-0 truncate">{steps[Math.min(step, steps.length - 1)]}</span>
    </p>
  );
}
