import { z } from "zod";
import { createApiKey } from "@/lib/services/api-key/create";
import { listApiKeys } from "@/lib/services/api-key/list";
import { revokeApiKey } from "@/lib/services/api-key/revoke";
import { CreateApiKeyInput, RevokeApiKeyInput } from "@/lib/services/api-key/schemas";
import { ApiKeyView, MeView, NewApiKeyView } from "@/lib/services/api-key/view";
import { getInstanceSettings } from "@/lib/services/instance/get-settings";
import { UpdateInstanceInput } from "@/lib/services/instance/schemas";
import { updateInstanceSettings } from "@/lib/services/instance/update-settings";
import { InstanceView } from "@/lib/services/instance/view";
import { VERSION } from "@/lib/version";
import { type Operation, userOperation } from "./operation";

const Nothing = z.strictObject({});

export const accessRoutes: Operation[] = [
  userOperation("Account", "GET", "/me", {
    summary: "Who is calling; the cheapest way to check a key",
    input: Nothing,
    output: MeView,
    run: async ({ actor }) => ({ ...actor, version: VERSION }),
  }),
  userOperation("Account", "GET", "/api-keys", {
    summary: "List your API keys",
    input: Nothing,
    output: z.object({ keys: z.array(ApiKeyView) }),
    run: async (ctx) => ({ keys: await listApiKeys(ctx) }),
  }),
  userOperation("Account", "POST", "/api-keys", {
    summary: "Create an API key; it is shown in this answer only",
    input: CreateApiKeyInput,
    output: NewApiKeyView,
    status: 201,
    run: createApiKey,
  }),
  userOperation("Account", "DELETE", "/api-keys/{key}", {
    summary: "Revoke an API key",
    input: RevokeApiKeyInput,
    output: ApiKeyView,
    run: revokeApiKey,
  }),
  userOperation("Installation", "GET", "/instance", {
    summary: "Read the settings of this installation (its owner only)",
    input: Nothing,
    output: InstanceView,
    run: getInstanceSettings,
  }),
  userOperation("Installation", "PATCH", "/instance", {
    summary: "Change the settings of this installation (its owner only)",
    input: UpdateInstanceInput,
    output: InstanceView,
    run: updateInstanceSettings,
  }),
];
