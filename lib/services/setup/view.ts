/** The first user, who owns this installation. */
export interface OwnerView {
  userId: string;
  email: string;
  name: string;
}
