"use client";

import { useTheme } from "next-themes";
import { useEffect, useState } from "react";
import { SettingsCard } from "@/components/ui/card";
import { Choice } from "@/components/ui/choice";

const THEMES = [
  { value: "system", title: "As the system has it", note: "Changes with it, by day and night." },
  { value: "light", title: "Light", note: null },
  { value: "dark", title: "Dark", note: null },
];

/** Light, dark or as the system has it; kept in this browser. */
export function AppearanceCard() {
  const { theme, setTheme } = useTheme();
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []); // only the browser knows which one is on
  return (
    <SettingsCard title="Appearance" description="For this browser.">
      <fieldset className="grid gap-1">
        <legend className="sr-only">Theme</legend>
        {THEMES.map(({ value, title, note }) => (
          <Choice
            key={value}
            type="radio"
            name="theme"
            value={value}
            checked={ready && theme === value}
            onChange={() => setTheme(value)}
            note={note}
          >
            {title}
          </Choice>
        ))}
      </fieldset>
    </SettingsCard>
  );
}
