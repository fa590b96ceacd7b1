"use server";

import { workspaceAction } from "@/lib/auth/action";
import { createRule } from "@/lib/services/rule/create";
import { deleteRule } from "@/lib/services/rule/delete";
import { testRule } from "@/lib/services/rule/try";
import { updateRule } from "@/lib/services/rule/update";
import { listToolArguments } from "@/lib/services/tool/list-arguments";

export const createRuleAction = workspaceAction(createRule);
export const updateRuleAction = workspaceAction(updateRule);
export const deleteRuleAction = workspaceAction(deleteRule);
export const testRuleAction = workspaceAction(testRule, { refresh: false });
export const listToolArgumentsAction = workspaceAction(listToolArguments, { refresh: false });
