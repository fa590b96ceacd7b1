"use client";

import { parseAsString, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { Tabs } from "@/components/ui/tabs";

interface ServerTabsProps {
  tabs: { value: string; title: ReactNode; content: ReactNode }[];
  /** Open where the address names none. */
  first: string;
}

/** The tabs of a server; which one is open stands in the address. */
export function ServerTabs({ tabs, first }: ServerTabsProps) {
  const [tab, setTab] = useQueryState("tab", parseAsString.withOptions({ history: "replace" }));
  const open = tabs.some(({ value }) => value === tab) ? (tab ?? first) : first;
  return <Tabs label="Server" value={open} onValueChange={(value) => void setTab(value)} tabs={tabs} />;
}
