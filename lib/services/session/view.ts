/** What the sign-in cookie carries; `sessionVersion` is compared with the user's row on each request. */
export interface SignedInUser {
  userId: string;
  email: string;
  name: string;
  instanceOwner: boolean;
  sessionVersion: number;
}
