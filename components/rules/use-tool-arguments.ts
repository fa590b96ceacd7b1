"use client";

import { useEffect, useEffectEvent, useState } from "react";
import type { Action } from "@/lib/action-state";
import type { ListToolArgumentsInput } from "@/lib/services/tool/schemas";
import type { ToolArgument } from "@/lib/services/tool/view";

interface Arguments {
  found: ToolArgument[];
  /** The tool's arguments are here, also when it has none. */
  ready: boolean;
  problem: string | null;
}

const NONE: Arguments = { found: [], ready: false, problem: null };

/** The arguments of the chosen tool, asked for whenever another is chosen; an answer that comes too late is dropped. */
export function useToolArguments(
  { server, tool }: { server: string; tool: string },
  ask: Action<ListToolArgumentsInput, ToolArgument[]>,
): Arguments {
  const [state, setState] = useState<Arguments & { of: string }>({ ...NONE, of: "" });
  const wanted = tool === "" ? "" : `${server}/${tool}`;
  const load = useEffectEvent(async (of: string, isCurrent: () => boolean) => {
    const answer = await ask({ server, tool }).catch(() => null);
    if (!isCurrent()) return;
    if (answer?.ok) setState({ found: answer.data, ready: true, problem: null, of });
    else setState({ ...NONE, problem: answer?.message ?? "The server did not answer. Choose the tool again.", of });
  });
  useEffect(() => {
    if (wanted === "") return;
    let current = true;
    load(wanted, () => current);
    return () => {
      current = false;
    };
  }, [wanted]);
  return state.of === wanted ? state : NONE;
}
