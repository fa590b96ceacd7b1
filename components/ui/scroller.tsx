"use client";

import type { ReactNode } from "react";

/** In the tab order only while there is something to scroll to: then the arrow keys scroll it. */
function watchOverflow(node: HTMLDivElement | null) {
  if (!node) return;
  const watch = new ResizeObserver(() => {
    if (node.scrollWidth > node.clientWidth) node.tabIndex = 0;
    else node.removeAttribute("tabindex");
  });
  watch.observe(node);
  for (const child of node.children) watch.observe(child);
  return () => watch.disconnect();
}

/** Scrolls sideways by itself where the screen is narrower than what it holds. */
export function Scroller({ children }: { children: ReactNode }) {
  return (
    <div ref={watchOverflow} className="relative overflow-x-auto">
      {children}
    </div>
  );
}
