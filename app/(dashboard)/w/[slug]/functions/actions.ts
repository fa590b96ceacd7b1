"use server";

import { workspaceAction } from "@/lib/auth/action";
import { activateDeployment } from "@/lib/services/function/activate";
import { diffDeployments } from "@/lib/services/function/diff";
import { listDeployments } from "@/lib/services/function/list-deployments";
import { listEgress } from "@/lib/services/function/list-egress";
import { releaseFunction } from "@/lib/services/function/release";
import { setVars } from "@/lib/services/function/set-vars";

export const activateDeploymentAction = workspaceAction(activateDeployment);
export const diffDeploymentsAction = workspaceAction(diffDeployments, { refresh: false });
export const listDeploymentsAction = workspaceAction(listDeployments, { refresh: false });
export const listEgressAction = workspaceAction(listEgress, { refresh: false });
export const releaseFunctionAction = workspaceAction(releaseFunction);
export const setVarsAction = workspaceAction(setVars);
