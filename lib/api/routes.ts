import { accessRoutes } from "./access-routes";
import { analyticsRoutes } from "./analytics-routes";
import { controlRoutes } from "./control-routes";
import { exportRoutes } from "./export-routes";
import { functionRoutes } from "./function-routes";
import { grantRoutes } from "./grant-routes";
import { listingRoutes } from "./listing-routes";
import type { Operation } from "./operation";
import { peopleRoutes } from "./people-routes";
import { recordRoutes } from "./record-routes";
import { secretRoutes } from "./secret-routes";
import { serverRoutes } from "./server-routes";
import { sessionRoutes } from "./session-routes";
import { toolRoutes } from "./tool-routes";
import { workspaceRoutes } from "./workspace-routes";

/** The whole API, one row an operation: dispatcher, document and tests read this table. */
export const ROUTES: readonly Operation[] = [
  ...workspaceRoutes,
  ...peopleRoutes,
  ...recordRoutes,
  ...analyticsRoutes,
  ...controlRoutes,
  ...serverRoutes,
  ...listingRoutes,
  ...toolRoutes,
  ...exportRoutes,
  ...functionRoutes,
  ...secretRoutes,
  ...accessRoutes,
  ...grantRoutes,
  ...sessionRoutes,
];
