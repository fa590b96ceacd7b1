import { accessRoutes } from "./access-routes";
import { controlRoutes } from "./control-routes";
import { functionRoutes } from "./function-routes";
import { grantRoutes } from "./grant-routes";
import type { Operation } from "./operation";
import { peopleRoutes } from "./people-routes";
import { secretRoutes } from "./secret-routes";
import { serverRoutes } from "./server-routes";
import { sessionRoutes } from "./session-routes";
import { workspaceRoutes } from "./workspace-routes";

/** The whole API, one row an operation: dispatcher, document and tests read this table. */
export const ROUTES: readonly Operation[] = [
  ...workspaceRoutes,
  ...peopleRoutes,
  ...controlRoutes,
  ...serverRoutes,
  ...functionRoutes,
  ...secretRoutes,
  ...accessRoutes,
  ...grantRoutes,
  ...sessionRoutes,
];
