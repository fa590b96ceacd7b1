"use client";

import { useEffect, useState } from "react";
import { z } from "zod";
import { LogLineView } from "@/lib/services/function/view";
import { appendLine, type NumberedLine, numbered } from "./numbered-lines";

/** `waiting` also while a broken connection is taken up again, which the browser does by itself. */
export type StreamState = "paused" | "waiting" | "open";

const Lines = z.array(LogLineView);

/** A function's log as it is written: `lines` replaces what is there, `line` adds one. @param url of the event stream */
export function useLogStream(url: string, first: readonly LogLineView[], live: boolean) {
  const [lines, setLines] = useState<NumberedLine[]>(() => numbered(first));
  const [connected, setConnected] = useState(false);
  useEffect(() => {
    if (!live) return;
    const source = new EventSource(url);
    source.onopen = () => setConnected(true);
    source.onerror = () => setConnected(false);
    source.addEventListener("lines", ({ data }) => {
      const all = Lines.safeParse(parse(data));
      if (all.success) setLines(numbered(all.data));
    });
    source.addEventListener("line", ({ data }) => {
      const line = LogLineView.safeParse(parse(data));
      if (line.success) setLines((seen) => appendLine(seen, line.data));
    });
    return () => {
      source.close();
      setConnected(false);
    };
  }, [url, live]);
  const state: StreamState = live ? (connected ? "open" : "waiting") : "paused";
  return { lines, state, clear: () => setLines([]) };
}

function parse(data: unknown): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return null;
  }
}
