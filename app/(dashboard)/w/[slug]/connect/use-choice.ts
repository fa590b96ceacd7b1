"use client";

import { parseAsStringLiteral, useQueryStates } from "nuqs";
import { useEffect } from "react";
import { SYSTEMS, type System } from "@/components/connect/client";
import { CLIENTS } from "@/components/connect/clients";

const KEY = "aerostack.client";
const FIRST = "claude-code";
const parsers = {
  client: parseAsStringLiteral(CLIENTS.map(({ id }) => id)),
  os: parseAsStringLiteral(Object.keys(SYSTEMS) as System[]),
};

/** The chosen client and system: in the URL, and remembered by this browser for the next time. */
export function useChoice(detected: System) {
  const [{ client, os }, set] = useQueryStates(parsers, { history: "replace" });
  useEffect(() => {
    if (client !== null) return;
    const last = remembered();
    if (last) void set({ client: last });
  }, [client, set]);
  return {
    clientId: client ?? FIRST,
    system: os ?? detected,
    chooseClient(id: string) {
      remember(id);
      void set({ client: id });
    },
    chooseSystem: (system: System) => void set({ os: system }),
  };
}

function remembered(): string | null {
  try {
    const id = localStorage.getItem(KEY);
    return CLIENTS.some((client) => client.id === id) ? id : null;
  } catch {
    return null; // storage may be forbidden
  }
}

function remember(id: string): void {
  try {
    localStorage.setItem(KEY, id);
  } catch {
    // then it is not remembered
  }
}
