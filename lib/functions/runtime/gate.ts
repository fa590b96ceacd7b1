/** Lets so many calls of one key run at once; more wait their turn, and too many are turned away. */
export interface Gate {
  /** Resolves with the way to leave, once there is room; null where too many wait or the signal ends first. */
  enter(key: string, most: number, signal: AbortSignal): Promise<(() => void) | null>;
}

interface Lane {
  running: number;
  waiting: (() => void)[];
}

/** @param mostWaiting of one key */
export function createGate(mostWaiting: number): Gate {
  const lanes = new Map<string, Lane>();

  const leave = (key: string, lane: Lane) => () => {
    const next = lane.waiting.shift();
    if (next) return next(); // its place is handed on
    lane.running -= 1;
    if (lane.running === 0) lanes.delete(key);
  };
  const once = (run: () => void) => {
    let done = false;
    return () => {
      if (!done) run();
      done = true;
    };
  };

  return {
    async enter(key, most, signal) {
      const lane = lanes.get(key) ?? { running: 0, waiting: [] };
      lanes.set(key, lane);
      if (lane.running < most) {
        lane.running += 1;
        return once(leave(key, lane));
      }
      if (lane.waiting.length >= mostWaiting || signal.aborted) return null;
      return new Promise((resolve) => {
        const turn = () => {
          signal.removeEventListener("abort", giveUp);
          resolve(once(leave(key, lane)));
        };
        const giveUp = () => {
          lane.waiting.splice(lane.waiting.indexOf(turn), 1);
          resolve(null);
        };
        signal.addEventListener("abort", giveUp, { once: true });
        lane.waiting.push(turn);
      });
    },
  };
}
