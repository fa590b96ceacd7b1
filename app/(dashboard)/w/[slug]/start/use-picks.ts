"use client";

import { useState } from "react";
import { HELLO, type Pick } from "@/components/onboarding/pick";
import type { ListingInstalled } from "@/lib/services/listing/view";
import { workspaceApi } from "../workspace-api";

/** What is there to start with, what is ticked, and adding it: all at once, each with its own progress. */
export function usePicks(slug: string, offered: Pick[], hasTool: boolean) {
  const [picks, setPicks] = useState(() => [...offered, HELLO]);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(
    () => new Set(hasTool ? [] : offered.filter(({ state }) => state === "idle").map(({ id }) => id)),
  );
  const [adding, setAdding] = useState(false);

  const change = (id: string, next: Partial<Pick>) =>
    setPicks((now) => now.map((pick) => (pick.id === id ? { ...pick, ...next } : pick)));

  async function add(pick: Pick): Promise<boolean> {
    change(pick.id, { state: "working", message: null });
    try {
      const { server, tools } = await (pick.kind === "function" ? deployHello(slug) : install(slug, pick.id));
      change(pick.id, { state: "done", server, tools });
      return true;
    } catch (error) {
      change(pick.id, { state: "failed", message: (error as Error).message });
      return false;
    }
  }

  return {
    picks,
    ticked,
    adding,
    tick(id: string, on: boolean) {
      setTicked((now) => new Set(on ? [...now, id] : [...now].filter((each) => each !== id)));
    },
    /** Puts a listing found by search among the offered ones, ticked. */
    include(pick: Pick) {
      setPicks((now) => (now.some(({ id }) => id === pick.id) ? now : [...now.slice(0, -1), pick, ...now.slice(-1)]));
      if (pick.state === "idle") setTicked((now) => new Set([...now, pick.id]));
    },
    retry: (pick: Pick) => add(pick),
    /** Adds what is ticked; true when all of it came. */
    async addTicked(): Promise<boolean> {
      setAdding(true);
      const wanted = picks.filter(({ id, state }) => ticked.has(id) && state === "idle");
      const came = await Promise.all(wanted.map(add));
      setAdding(false);
      return came.every(Boolean);
    },
  };
}

interface Added {
  server: string;
  tools: number;
}

async function install(slug: string, listing: string): Promise<Added> {
  const { server } = await workspaceApi<ListingInstalled>(slug, `/listings/${listing}/install`, {
    method: "POST",
    body: {},
  });
  return { server: server.slug, tools: server.tools.enabled };
}

/** The function's draft may be there from an earlier try; then it is deployed as it is. */
async function deployHello(slug: string): Promise<Added> {
  await workspaceApi(slug, "/function-drafts", {
    method: "POST",
    body: { slug: HELLO.id, name: "Hello", template: "hello" },
  }).catch(async (error: unknown) => {
    const there = await workspaceApi(slug, `/functions/${HELLO.id}`).catch(() => null);
    if (!there) throw error;
  });
  await workspaceApi(slug, `/functions/${HELLO.id}/deployments`, { method: "POST", body: {} });
  return { server: HELLO.id, tools: 1 };
}
