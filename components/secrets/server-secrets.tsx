import { Lock } from "lucide-react";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { WorkspaceSecretView } from "@/lib/services/secret/view";
import { type SecretActions, SecretRows } from "./secret-rows";

/** The secrets of one server, on its own page. */
export function ServerSecrets({ secrets, actions }: { secrets: WorkspaceSecretView[]; actions: SecretActions }) {
  return (
    <Card>
      <CardHeader
        title="Secrets"
        description="Sealed with AES-GCM and bound to this server's address. Nobody can read a value again, you included; replace it instead."
      />
      {secrets.length === 0 ? (
        <EmptyState icon={Lock} title="No secrets">
          Headers below may ask for one: write <code className="font-mono text-ink">{"Bearer {{API_TOKEN}}"}</code> and
          it appears here.
        </EmptyState>
      ) : (
        <SecretRows secrets={secrets} actions={actions} />
      )}
    </Card>
  );
}
