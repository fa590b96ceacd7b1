interface Refusal {
  title: string;
  text: string;
}

const REFUSALS: Record<string, Refusal> = {
  provider_unverified: {
    title: "Your e-mail address is not confirmed there",
    text: "The provider vouches for no address of yours. Confirm your address with it and try again, or sign in with your password.",
  },
  provider_no_account: {
    title: "Nobody has invited you yet",
    text: "There is no account for your address. Ask an admin of your workspace to invite it, then sign in again.",
  },
  provider_disabled: {
    title: "Your account is switched off",
    text: "Ask the owner of this installation to switch it on again.",
  },
};

const UNFINISHED: Refusal = {
  title: "Signing in did not finish",
  text: "The provider gave no usable answer, or it took longer than 15 minutes. Try again; if it stays, look at the server's log.",
};

/** What to say about the code with which a sign-in by a provider came back. */
export function refusalOf(error: unknown): Refusal | null {
  if (typeof error !== "string" || error === "") return null;
  return Object.hasOwn(REFUSALS, error) ? (REFUSALS[error] ?? UNFINISHED) : UNFINISHED;
}
