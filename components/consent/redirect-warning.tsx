import { Callout } from "@/components/ui/callout";

/** Said where the answer goes to a program instead of a website: any program on the computer could have asked. */
export function RedirectWarning({ kind, host }: { kind: "web" | "loopback" | "app"; host: string }) {
  if (kind === "web") return null;
  return (
    <Callout tone="warn" title="Did you start this yourself, just now?">
      {kind === "loopback"
        ? `The answer goes to a program on this computer (${host}). `
        : `The answer goes to whichever program on this device opens ${host} links. `}
      If you did not start it, or a message or website sent you here, deny it.
    </Callout>
  );
}
