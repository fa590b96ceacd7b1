import type { WorkspaceSecretView } from "@/lib/services/secret/view";

export type SecretMode = WorkspaceSecretView["mode"];

/** Whose value fills a secret, in words. */
export const MODES = {
  shared: { label: "Shared", hint: "Everybody's calls use the one value that admins set." },
  member: {
    label: "Each their own",
    hint: "Each member adds one under My connections; calls without one wait.",
  },
  member_or_shared: {
    label: "Own, else shared",
    hint: "A member's own value, or the shared one where there is none.",
  },
} satisfies Record<SecretMode, { label: string; hint: string }>;
