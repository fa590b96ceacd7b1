import { AppError } from "@/lib/errors";

/** Lets `width` jobs run at once and `queue` more wait; the rest are refused at once. */
export interface Gate {
  /** @throws AppError `rate_limited` when the queue is full */
  run<T>(job: () => Promise<T>): Promise<T>;
}

/**
 * A gate for expensive work. Password hashing shares libuv's few threads with DNS and files; unbounded, sixteen
 * sign-ins at once hold up the whole process for seconds.
 */
export function createGate(width: number, queue: number): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];
  return {
    async run(job) {
      if (running >= width) {
        if (waiting.length >= queue)
          throw new AppError("rate_limited", "Too many sign-ins at this moment. Try again in a few seconds.");
        await new Promise<void>((resolve) => waiting.push(resolve));
      } else running++;
      try {
        return await job();
      } finally {
        // The slot passes straight to the next in line, so `running` stays as it is.
        const next = waiting.shift();
        if (next) next();
        else running--;
      }
    },
  };
}
