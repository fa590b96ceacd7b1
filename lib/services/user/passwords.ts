/** Hashing lives in `lib/auth`, behind a gate of its own; verbs get it handed in. */
export interface Passwords {
  /** PHC string of a new password. @throws AppError `invalid` (field `password`), `rate_limited` */
  hash(password: string): Promise<string>;
  /** Whether the password fits; the same time for no hash at all. @throws AppError `rate_limited` */
  verify(password: string, phc: string | null): Promise<boolean>;
}
