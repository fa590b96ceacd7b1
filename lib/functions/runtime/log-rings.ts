import type { LogLine } from "../contract";

const LINES = 500; // kept of one deployment
const CHARACTERS = 200_000; // of all those lines
const PER_SECOND = 200; // lines of one deployment; more are counted only
const MOST_RINGS = 1_000;

export type LogListener = (line: LogLine) => void;

/** The last lines of each deployment, and whoever watches for more. */
export interface LogRings {
  add(key: string, lines: LogLine[]): void;
  last(key: string): LogLine[];
  /** Returns the way to stop. */
  watch(key: string, listener: LogListener): () => void;
}

interface Ring {
  lines: LogLine[];
  characters: number;
  second: number;
  count: number;
}

/** Logs in memory: bounded for each deployment and in all, the oldest go first. */
export function createLogRings(now: () => number = Date.now): LogRings {
  const rings = new Map<string, Ring>();
  const listeners = new Map<string, Set<LogListener>>();

  function ringOf(key: string): Ring {
    const ring = rings.get(key) ?? { lines: [], characters: 0, second: 0, count: 0 };
    rings.delete(key); // the newest is last
    rings.set(key, ring);
    const oldest = rings.keys().next().value;
    if (rings.size > MOST_RINGS && oldest !== undefined) rings.delete(oldest);
    return ring;
  }

  function write(key: string, ring: Ring, line: LogLine): void {
    ring.lines.push(line);
    ring.characters += line.text.length;
    while (ring.lines.length > LINES || ring.characters > CHARACTERS)
      ring.characters -= ring.lines.shift()?.text.length ?? 0;
    for (const listener of listeners.get(key) ?? []) listener(line);
  }

  return {
    add(key, lines) {
      const ring = ringOf(key);
      const second = Math.floor(now() / 1_000);
      if (second !== ring.second) Object.assign(ring, { second, count: 0 });
      for (const line of lines) {
        if (line.level !== "system") ring.count += 1;
        if (ring.count <= PER_SECOND) write(key, ring, line);
        else if (ring.count === PER_SECOND + 1)
          write(key, ring, {
            at: now(),
            level: "system",
            text: `more than ${PER_SECOND} lines a second: the rest is dropped`,
          });
      }
    },
    last: (key) => [...(rings.get(key)?.lines ?? [])],
    watch(key, listener) {
      const set = listeners.get(key) ?? new Set();
      listeners.set(key, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(key);
      };
    },
  };
}
