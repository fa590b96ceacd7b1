import { z } from "zod";
import { deleteOwnSecret, deleteSecret } from "@/lib/services/secret/delete";
import { listSecrets } from "@/lib/services/secret/list";
import { listOwnSecrets } from "@/lib/services/secret/list-own";
import { listWorkspaceSecrets } from "@/lib/services/secret/list-workspace";
import {
  DeleteOwnSecretInput,
  DeleteSecretInput,
  ListSecretsInput,
  SetOwnSecretInput,
  SetSecretInput,
  SetSecretModeInput,
} from "@/lib/services/secret/schemas";
import { setSecret } from "@/lib/services/secret/set";
import { setSecretMode } from "@/lib/services/secret/set-mode";
import { setOwnSecret } from "@/lib/services/secret/set-own";
import {
  ConnectionSaved,
  Connections,
  SecretDeletedView,
  SecretList,
  SecretModeView,
  SecretSetView,
  WorkspaceSecrets,
} from "@/lib/services/secret/view";
import { type Operation, workspaceOperation } from "./operation";

const Nothing = z.strictObject({});

export const secretRoutes: Operation[] = [
  workspaceOperation("Secrets", "GET", "/secrets", {
    summary: "List all secrets of the workspace: names, bindings, modes and use, never values",
    input: Nothing,
    output: WorkspaceSecrets,
    run: async (ctx) => ({ secrets: await listWorkspaceSecrets(ctx) }),
  }),
  workspaceOperation("Secrets", "GET", "/servers/{server}/secrets", {
    summary: "List a server's secrets: names and bindings, never values",
    input: ListSecretsInput,
    output: SecretList,
    run: listSecrets,
  }),
  workspaceOperation("Secrets", "PUT", "/servers/{server}/secrets/{name}", {
    summary: "Set or replace a secret; the server is tested with it first, and an old value stays where that fails",
    input: SetSecretInput,
    output: SecretSetView,
    status: (set) => (set.secret.version === 1 ? 201 : 200),
    run: setSecret,
  }),
  workspaceOperation("Secrets", "PUT", "/servers/{server}/secrets/{name}/mode", {
    summary: "Choose whose value is used: the workspace's, each member's own, or the own one where there is one",
    input: SetSecretModeInput,
    output: SecretModeView,
    run: setSecretMode,
  }),
  workspaceOperation("Secrets", "DELETE", "/servers/{server}/secrets/{name}", {
    summary: "Forget a secret",
    input: DeleteSecretInput,
    output: SecretDeletedView,
    run: deleteSecret,
  }),
  workspaceOperation("Connections", "GET", "/connections", {
    summary: "List the credentials that servers ask you for, and what you have set",
    input: Nothing,
    output: Connections,
    run: async (ctx) => ({ connections: await listOwnSecrets(ctx) }),
  }),
  workspaceOperation("Connections", "PUT", "/connections/{server}/{name}", {
    summary: "Set or replace your own value; the server is tested with it first",
    input: SetOwnSecretInput,
    output: ConnectionSaved,
    status: (saved) => (saved.connection.own?.version === 1 ? 201 : 200),
    run: setOwnSecret,
  }),
  workspaceOperation("Connections", "DELETE", "/connections/{server}/{name}", {
    summary: "Forget your own value",
    input: DeleteOwnSecretInput,
    output: SecretDeletedView,
    run: deleteOwnSecret,
  }),
];
