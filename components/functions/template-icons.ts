import {
  Calculator,
  CircleDot,
  Cloud,
  CreditCard,
  Database,
  FileCode2,
  Globe,
  Hand,
  type LucideIcon,
  MessageSquare,
  Rss,
  Send,
} from "lucide-react";

const ICONS: Record<string, LucideIcon> = {
  hello: Hand,
  slack: MessageSquare,
  "github-issues": CircleDot,
  "stripe-read-only": CreditCard,
  "http-json": Globe,
  "postgres-http": Database,
  rss: Rss,
  webhook: Send,
  calculator: Calculator,
  "openapi-weather": Cloud,
};

/** The picture of a template; code for those without one. */
export const templateIcon = (id: string): LucideIcon => ICONS[id] ?? FileCode2;
