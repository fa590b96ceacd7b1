"use client";

import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { Actions } from "./actions";
import { Colours } from "./colours";
import { Feedback } from "./feedback";
import { Fields } from "./fields";
import { Lists } from "./lists";
import { Overlays } from "./overlays";

/** All parts in one theme. Overlays open in the page's own theme, because they leave the sheet. */
export function DesignSheet({ theme }: { theme: "light" | "dark" }) {
  return (
    <section
      data-theme={theme}
      aria-label={`${theme} theme`}
      className={`${theme === "dark" ? "dark " : ""}grid min-w-0 grid-cols-1 content-start gap-8 bg-canvas p-6 text-ink [color-scheme:inherit] sm:p-10`}
    >
      <h2 className="font-semibold text-2xl capitalize">{theme}</h2>
      <Part title="Colours">
        <Colours />
      </Part>
      <Part title="Buttons, badges, keys">
        <Actions />
      </Part>
      <Part title="Fields">
        <Fields />
      </Part>
      <Part title="Messages">
        <Feedback />
      </Part>
      <Part title="Lists">
        <Lists theme={theme} />
      </Part>
      <Part title="Overlays">
        <Overlays />
      </Part>
    </section>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid min-w-0 grid-cols-1 gap-3">
      <h3 className="text-faint text-sm">{title}</h3>
      <Card className="grid min-w-0 grid-cols-1 gap-6 p-5">{children}</Card>
    </div>
  );
}
