import { Boxes, Cable, type LucideIcon, Rocket } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";

interface Mode {
  icon: LucideIcon;
  title: string;
  text: string;
  /** Not in this version. */
  later?: boolean;
}

const MODES: Mode[] = [
  {
    icon: Cable,
    title: "Proxy what you run",
    text: "Register the URL of an MCP server that exists. Its key moves from laptops into a sealed store.",
  },
  {
    icon: Rocket,
    title: "Host your own",
    text: "Write a server in TypeScript and deploy it here, with no infrastructure to look after.",
    later: true,
  },
  {
    icon: Boxes,
    title: "Install from the Hub",
    text: "GitHub, Stripe, Slack, Notion and more, added by one click and one pasted key.",
    later: true,
  },
];

/** The three ways in which a server comes into a workspace. */
export function Modes() {
  return (
    <section className="grid gap-6">
      <h2 className="font-semibold text-2xl">Three ways to bring a server in</h2>
      <ul className="grid gap-4 md:grid-cols-3">
        {MODES.map(({ icon: Icon, title, text, later }) => (
          <li key={title}>
            <Card className="grid h-full content-start gap-3 p-6">
              <div className="flex items-center justify-between">
                <span className="grid size-10 place-items-center rounded-xl bg-accent-soft text-accent-text">
                  <Icon aria-hidden className="size-5" />
                </span>
                {later && <Badge>planned</Badge>}
              </div>
              <h3 className="font-semibold">{title}</h3>
              <p className="text-pretty text-soft text-sm leading-6">{text}</p>
            </Card>
          </li>
        ))}
      </ul>
    </section>
  );
}

const PROMISES = [
  [
    "Secrets stay here",
    "API keys are sealed with AES-GCM and put in at request time. No laptop has them, no page shows them.",
  ],
  [
    "Every call has a name",
    "A token per person. Each call is recorded before it is sent on, with who, what, when and how it went.",
  ],
  ["Leaving is one click", "Revoke a person's token and they are out. The keys behind the servers need no change."],
] as const;

/** What the admin gets, in plain sentences. */
export function Promises() {
  return (
    <section className="grid gap-x-10 gap-y-8 border-t pt-12 md:grid-cols-3">
      {PROMISES.map(([title, text]) => (
        <div key={title} className="grid content-start gap-1.5">
          <h2 className="font-semibold">{title}</h2>
          <p className="text-pretty text-soft text-sm leading-6">{text}</p>
        </div>
      ))}
    </section>
  );
}
