import type { Action } from "@/lib/action-state";
import type { UpdateWorkspaceSettingsInput } from "@/lib/services/workspace/schemas";
import type { WorkspaceSettingsView } from "@/lib/services/workspace/view";

/** Saves some of the settings; what is not given stays. */
export type SaveSettings = Action<UpdateWorkspaceSettingsInput, WorkspaceSettingsView>;

/** Choices of a select that hold what is set now, whatever it is. */
export const choicesWith = (choices: number[], current: number): number[] =>
  [...new Set([...choices, current])].sort((a, b) => a - b);
