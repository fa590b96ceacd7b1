import { LIMITS } from "@/lib/limits";
import type { CallIntent, CallOutcome, CallWriter } from "./ports";

const MAX_BATCH = 256;
const MAX_WAITING_OUTCOMES = 20_000;
const WRITE_DEADLINE_MS = 5_000;
const RETRY_MS = 250;

interface Waiting {
  intent: CallIntent;
  committed: () => void;
  failed: (error: unknown) => void;
}

/**
 * Group commit for calls. While one write is under way the next batch gathers, so a lone call waits for nothing and a
 * busy gateway writes few, large batches. An intent resolves once committed; only then may its call be dispatched.
 * Outcomes ride along with the next batch, at the latest after `LIMITS.outcomeMs`, and are tried again when a write fails.
 */
export class CallLog {
  #intents: Waiting[] = [];
  #outcomes: CallOutcome[] = [];
  #writing: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #coming = new Set<Promise<void>>();
  constructor(
    private readonly write: CallWriter,
    private readonly defer: (work: Promise<unknown>) => void,
  ) {}

  /** @throws what the writer throws, or an Error past 5 s: then the call must not be made. */
  commit(intent: CallIntent): Promise<void> {
    return new Promise((committed, failed) => {
      this.#intents.push({ intent, committed, failed });
      this.#pump();
    });
  }

  settle(outcome: CallOutcome): void {
    if (this.#outcomes.length < MAX_WAITING_OUTCOMES) this.#outcomes.push(outcome);
    this.#schedule(LIMITS.outcomeMs);
  }

  /** As `settle`, for an outcome that is not complete yet. `outcome` must not fail. */
  settleAfter(outcome: Promise<CallOutcome>): void {
    const coming = outcome.then((complete) => this.settle(complete)).finally(() => this.#coming.delete(coming));
    this.#coming.add(coming);
    this.defer(coming);
  }

  /** Writes all that waits; for shutdown. Gives up on outcomes after three failed tries (the sweep marks them later). */
  async flush(): Promise<void> {
    await Promise.all(this.#coming);
    for (let failures = 0; (this.#intents.length > 0 || this.#outcomes.length > 0 || this.#writing) && failures < 3; ) {
      const before = this.#outcomes.length + this.#intents.length;
      this.#pump();
      await this.#writing;
      if (this.#outcomes.length + this.#intents.length >= before && before > 0) failures++;
    }
  }

  #schedule(ms: number): void {
    if (this.#timer !== null || this.#writing) return;
    let done = () => {};
    this.defer(new Promise<void>((resolve) => (done = resolve)));
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#pump();
      (this.#writing ?? Promise.resolve()).finally(done);
    }, ms);
  }

  #pump(): void {
    if (this.#writing || (this.#intents.length === 0 && this.#outcomes.length === 0)) return;
    const intents = this.#intents.splice(0, MAX_BATCH);
    const outcomes = this.#outcomes.splice(0, MAX_BATCH);
    let failed = false;
    this.#writing = within(
      this.write({ intents: intents.map((waiting) => waiting.intent), outcomes }),
      WRITE_DEADLINE_MS,
    )
      .then(
        () => {
          for (const waiting of intents) waiting.committed();
        },
        (error: unknown) => {
          failed = true;
          this.#outcomes.unshift(...outcomes);
          for (const waiting of intents) waiting.failed(error);
        },
      )
      .then(() => {
        this.#writing = null;
        if (this.#intents.length > 0) this.#pump();
        else if (this.#outcomes.length > 0) this.#schedule(failed ? RETRY_MS : LIMITS.outcomeMs);
      });
  }
}

function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The log of calls did not answer in time")), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
