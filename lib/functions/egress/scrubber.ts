import { concat, utf8 } from "@/lib/crypto/bytes";

/** One state of the automaton: where each next byte leads, and how long the longest spelling is that ends here (0: none). */
interface Node {
  next: Map<number, number>;
  fail: number;
  depth: number;
  ends: number;
}

const fold = (byte: number) => (byte >= 65 && byte <= 90 ? byte + 32 : byte);

/** Aho-Corasick over bytes, letter case aside. */
function automatonOf(spellings: string[]): Node[] {
  const nodes: Node[] = [{ next: new Map(), fail: 0, depth: 0, ends: 0 }];
  const at = (index: number) => nodes[index] as Node;
  for (const spelling of spellings) {
    let state = 0;
    for (const byte of utf8(spelling)) {
      const node = at(state);
      const known = node.next.get(fold(byte));
      state = known ?? nodes.push({ next: new Map(), fail: 0, depth: node.depth + 1, ends: 0 }) - 1;
      node.next.set(fold(byte), state);
    }
    at(state).ends = at(state).depth;
  }
  const queue = [...at(0).next.values()];
  for (const index of queue) {
    const node = at(index);
    for (const [byte, child] of node.next) {
      at(child).fail = follow(nodes, node.fail, byte);
      at(child).ends ||= at(at(child).fail).ends;
      queue.push(child);
    }
  }
  return nodes;
}

function follow(nodes: Node[], from: number, byte: number): number {
  let state = from;
  for (;;) {
    const node = nodes[state] as Node;
    const to = node.next.get(byte);
    if (to !== undefined) return to;
    if (state === 0) return 0;
    state = node.fail;
  }
}

const MASK = utf8("[secret]");

/** Takes secret spellings out of a stream of bytes. What comes in together leaves together, save a tail that may be the beginning of one. */
export interface Scrubber {
  push(chunk: Uint8Array): Uint8Array<ArrayBuffer>;
  /** What was held back; the stream is over. */
  end(): Uint8Array<ArrayBuffer>;
}

type Run = [from: number, to: number];

/** Adds a stretch to hide to those before it; stretches that touch become one. */
function addRun(runs: Run[], from: number, to: number): void {
  let start = from;
  for (let last = runs.at(-1); last && last[1] >= start; last = runs.at(-1)) {
    start = Math.min(start, last[0]);
    runs.pop();
  }
  runs.push([start, to]);
}

/** Makes scrubbers for one set of spellings; building the automaton costs more than most answers. */
export function scrubberOf(spellings: string[]): () => Scrubber {
  const nodes = automatonOf(spellings);
  return () => {
    let state = 0;
    let held: Uint8Array = new Uint8Array();
    let runs: Run[] = [];

    /** Everything before `limit` leaves; a stretch to hide leaves whole or waits. */
    const release = (bytes: Uint8Array, limit: number): Uint8Array<ArrayBuffer> => {
      const cut = runs.find(([from, to]) => from < limit && limit < to)?.[0] ?? limit;
      const parts: Uint8Array[] = [];
      let at = 0;
      for (const [from, to] of runs.filter((run) => run[1] <= cut)) {
        parts.push(bytes.subarray(at, from), MASK);
        at = to;
      }
      parts.push(bytes.subarray(at, cut));
      runs = runs.filter((run) => run[1] > cut).map(([from, to]) => [from - cut, to - cut]);
      held = bytes.slice(cut);
      return concat(parts);
    };

    const push = (chunk: Uint8Array): Uint8Array<ArrayBuffer> => {
      const bytes = held.length === 0 ? chunk : concat([held, chunk]);
      for (let at = held.length; at < bytes.length; at++) {
        state = follow(nodes, state, fold(bytes[at] as number));
        const ends = state === 0 ? 0 : (nodes[state] as Node).ends;
        if (ends > 0) addRun(runs, at + 1 - ends, at + 1);
      }
      return release(bytes, bytes.length - (nodes[state] as Node).depth);
    };
    return { push, end: () => release(held, held.length) };
  };
}

/** One text, scrubbed: for headers. */
export function scrubText(text: string, create: () => Scrubber): string {
  const scrubber = create();
  const first = scrubber.push(utf8(text));
  return new TextDecoder().decode(first) + new TextDecoder().decode(scrubber.end());
}

/** The scrubber as a transform of web streams. */
export function scrubStream(create: () => Scrubber): TransformStream<Uint8Array, Uint8Array<ArrayBuffer>> {
  const scrubber = create();
  const give = (bytes: Uint8Array<ArrayBuffer>, to: TransformStreamDefaultController<Uint8Array<ArrayBuffer>>) => {
    if (bytes.length > 0) to.enqueue(bytes);
  };
  return new TransformStream({
    transform: (chunk, to) => give(scrubber.push(chunk), to),
    flush: (to) => give(scrubber.end(), to),
  });
}

const MOST_REMEMBERED = 64;

/** `scrubberOf` for secret values, each set built once: a function sends the same few with every request. */
export function rememberedScrubbers(spellingsOf: (values: string[]) => string[]): (values: string[]) => () => Scrubber {
  const known = new Map<string, () => Scrubber>();
  return (values) => {
    const key = JSON.stringify(values);
    const create = known.get(key) ?? scrubberOf(spellingsOf(values));
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(key, create);
    return create;
  };
}
