"use client";

import { Ellipsis, Trash2, UserRound } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Menu, MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import type { Action } from "@/lib/action-state";
import type { DeleteSecretInput, SetSecretInput, SetSecretModeInput } from "@/lib/services/secret/schemas";
import type { SecretDeletedView, SecretModeView, SecretSetView, WorkspaceSecretView } from "@/lib/services/secret/view";
import { ModeDialog } from "./mode-dialog";
import { SealDialog } from "./seal-dialog";
import { Row, SecretBadges, SecretNote } from "./secret-row";
import { ValueDialog } from "./value-dialog";

/** What a page lets people do with secrets. */
export interface SecretActions {
  onSet: Action<SetSecretInput, SecretSetView>;
  onDelete: Action<DeleteSecretInput, SecretDeletedView>;
  onMode: Action<SetSecretModeInput, SecretModeView>;
}

/** The secrets of one server. Values can be set and replaced, never read. */
export function SecretRows({ secrets, actions }: { secrets: WorkspaceSecretView[]; actions: SecretActions }) {
  const [open, setOpen] = useState<{ what: "value" | "mode" | "delete"; name: string } | null>(null);
  const close = () => setOpen(null);
  const secret = secrets.find(({ name }) => name === open?.name);
  const at = secret && { server: secret.server.slug, name: secret.name };
  return (
    <>
      <ul className="border-t">
        {secrets.map((row) => (
          <Row key={row.name} name={row.name} badges={<SecretBadges secret={row} />} note={<SecretNote secret={row} />}>
            {(row.mode !== "member" || row.shared) && (
              <Button
                size="sm"
                variant={row.shared?.usable ? "secondary" : "primary"}
                aria-label={`${row.shared?.usable ? "Replace" : "Set"} ${row.name}`}
                onClick={() => setOpen({ what: "value", name: row.name })}
              >
                {row.shared?.usable ? "Replace" : "Set value"}
              </Button>
            )}
            {(row.shared || row.server.kind !== "hosted") && (
              <Menu
                trigger={
                  <Button variant="ghost" size="icon" aria-label={`More for ${row.name}`}>
                    <Ellipsis aria-hidden />
                  </Button>
                }
              >
                {row.server.kind !== "hosted" && (
                  <MenuItem onSelect={() => setOpen({ what: "mode", name: row.name })}>
                    <UserRound aria-hidden /> Whose value…
                  </MenuItem>
                )}
                {row.shared && (
                  <MenuItem tone="bad" onSelect={() => setOpen({ what: "delete", name: row.name })}>
                    <Trash2 aria-hidden /> Delete…
                  </MenuItem>
                )}
              </Menu>
            )}
          </Row>
        ))}
      </ul>
      {at && open?.what === "value" && secret.server.kind === "hosted" && (
        <SealDialog
          name={secret.name}
          replaces={secret.shared?.usable ?? false}
          hosts={secret.server.origin}
          onSave={(value) => actions.onSet({ ...at, value })}
          onClose={close}
        />
      )}
      {at && open?.what === "value" && secret.server.kind !== "hosted" && (
        <ValueDialog
          name={secret.name}
          origin={secret.server.origin}
          replaces={secret.shared?.usable ? secret.shared.version : null}
          testTools={secret.testTools}
          onSave={(input) => actions.onSet({ ...at, ...input })}
          onClose={close}
        />
      )}
      {at && open?.what === "mode" && (
        <ModeDialog
          name={secret.name}
          mode={secret.mode}
          onChoose={(mode) => actions.onMode({ ...at, mode })}
          onClose={close}
        />
      )}
      <ConfirmDialog
        open={at !== undefined && open?.what === "delete"}
        onOpenChange={(next) => !next && close()}
        title={`Delete ${open?.name ?? "secret"}?`}
        confirm="Delete secret"
        onConfirm={() => actions.onDelete(at ?? { server: "", name: "" })}
        onDone={() => toast.success("Secret deleted")}
      >
        {secret?.server.name} gets no value from the workspace any more
        {secret && secret.headers.length > 0 && `, in ${secret.headers.join(", ")}`}: calls that need it are refused
        from now on. It cannot be brought back.
      </ConfirmDialog>
    </>
  );
}
