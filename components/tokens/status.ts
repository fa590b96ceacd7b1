import { Ban, CircleCheck, Clock } from "lucide-react";

/** The words for the states of tokens, keys and connected apps. */
export const STATUS = {
  active: { label: "Active", tone: "good", icon: CircleCheck },
  expired: { label: "Expired", tone: "neutral", icon: Clock },
  revoked: { label: "Revoked", tone: "neutral", icon: Ban },
} as const;
