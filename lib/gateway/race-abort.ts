/**
 * The value of `work`, unless `signal` aborts or `limitMs` pass before: then it rejects with what `failure` makes. The
 * work itself goes on, unheard.
 */
export function raceAbort<T>(work: Promise<T>, signal: AbortSignal, limitMs: number, failure: () => Error): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const give = () => reject(failure());
    if (signal.aborted) return give();
    const timer = setTimeout(give, limitMs);
    signal.addEventListener("abort", give, { once: true });
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener("abort", give);
    });
  });
}
