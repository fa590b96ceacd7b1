"use client";

import { useEffect, useRef, useState } from "react";
import type { MouseHandlerDataParam } from "recharts";
import type { Step } from "./steps";

interface Handlers {
  onRange?(from: Step, to: Step): void;
  onStep?(step: Step): void;
}

/** Pressing on a bar and dragging to another marks a range, which is taken when the button is let go, wherever that is. */
export function useRangeDrag(steps: Step[], { onRange, onStep }: Handlers) {
  const [range, setRange] = useState<[number, number] | null>(null);
  const anchor = useRef<number | null>(null);
  const head = useRef<number | null>(null);
  const finish = useRef<() => void>(() => {});
  finish.current = () => {
    const [one, other] = [anchor.current, head.current];
    anchor.current = null;
    setRange(null);
    if (one === null || other === null) return;
    const first = steps[Math.min(one, other)];
    const last = steps[Math.max(one, other)];
    if (!first || !last) return;
    if (one === other) onStep?.(first);
    else onRange?.(first, last);
  };
  useEffect(() => {
    const up = () => finish.current();
    window.addEventListener("mouseup", up);
    return () => window.removeEventListener("mouseup", up);
  }, []);
  const indexOf = ({ activeTooltipIndex: at }: MouseHandlerDataParam) =>
    at === undefined || at === null ? null : Number(at);
  return {
    range,
    on: {
      onMouseDown: (state: MouseHandlerDataParam) => {
        anchor.current = head.current = indexOf(state);
      },
      onMouseMove: (state: MouseHandlerDataParam) => {
        const at = indexOf(state);
        if (anchor.current === null || at === null) return;
        head.current = at;
        if (at !== anchor.current && onRange) setRange([Math.min(at, anchor.current), Math.max(at, anchor.current)]);
      },
    },
  };
}
