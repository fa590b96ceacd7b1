/** The database does not answer: nothing is dispatched, because nothing could be attributed. Answered 503. */
export class UnavailableError extends Error {
  override readonly name = "UnavailableError";
}

/** Marks a failed database read or write as such. */
export const orUnavailable = <T>(work: Promise<T>): Promise<T> =>
  work.catch((cause: unknown) => {
    throw new UnavailableError("The database does not answer", { cause });
  });
