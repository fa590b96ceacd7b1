import { accessRoutes } from "./access-routes";
import type { Operation } from "./operation";
import { serverRoutes } from "./server-routes";
import { workspaceRoutes } from "./workspace-routes";

/** The whole API, one row an operation: dispatcher, document and tests read this table. */
export const ROUTES: readonly Operation[] = [...workspaceRoutes, ...serverRoutes, ...accessRoutes];
