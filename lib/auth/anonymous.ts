import type { Actor } from "@/lib/services/context";

/** Nobody is signed in yet: for set-up, sign-in, invitations and the front page. */
export const ANONYMOUS: Actor = {
  type: "system",
  userId: null,
  id: null,
  email: null,
  name: "Visitor",
  instanceOwner: false,
};
