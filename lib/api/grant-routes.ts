import { z } from "zod";
import { listGrants } from "@/lib/services/grant/list";
import { revokeGrant } from "@/lib/services/grant/revoke";
import { RevokeGrantInput } from "@/lib/services/grant/schemas";
import { GrantView } from "@/lib/services/grant/view";
import { type Operation, workspaceOperation } from "./operation";

export const grantRoutes: Operation[] = [
  workspaceOperation("Grants", "GET", "/grants", {
    summary: "List what clients were allowed by OAuth; members see their own",
    input: z.strictObject({}),
    output: z.object({ grants: z.array(GrantView) }),
    run: async (ctx) => ({ grants: await listGrants(ctx) }),
  }),
  workspaceOperation("Grants", "DELETE", "/grants/{grant}", {
    summary: "Take back what a client was allowed",
    input: RevokeGrantInput,
    output: GrantView,
    run: revokeGrant,
  }),
];
