import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import type { ManifestView } from "@/lib/services/function/view";

/** What the version that answers may do. It is declared in the code, so it is read here and changed there. */
export function ManifestCard({ manifest }: { manifest: ManifestView | null }) {
  return (
    <Card>
      <CardHeader
        title="Hosts and limits"
        description="As the deployed version declares them in defineServer. To change them, change the code and deploy."
      />
      {manifest === null ? (
        <p className="border-t px-5 py-4 text-faint text-sm">Known once a version is deployed.</p>
      ) : (
        <dl className="grid gap-px overflow-hidden rounded-b-xl border-t bg-line text-sm">
          <Row name="May reach">
            {manifest.hosts.length === 0 ? (
              <span className="text-faint">No host at all: its code cannot use the network.</span>
            ) : (
              <ul className="grid gap-1">
                {manifest.hosts.map((host) => (
                  <li key={host.host} className="flex flex-wrap items-center gap-2">
                    <code className="break-all font-mono text-xs">{host.host}</code>
                    {host.ports && <Badge>ports {host.ports.join(", ")}</Badge>}
                    {host.http && <Badge tone="warn">plain http too</Badge>}
                    {host.private && <Badge tone="warn">private networks too</Badge>}
                  </li>
                ))}
              </ul>
            )}
          </Row>
          <Row name="Deadline">{manifest.limits.deadlineMs / 1000} s for one call</Row>
          <Row name="At once">{manifest.limits.concurrency} calls; more wait</Row>
        </dl>
      )}
    </Card>
  );
}

function Row({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-3 bg-surface px-5 py-3">
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
