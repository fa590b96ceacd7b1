/** A Map that holds at most `limit` entries and drops the least recently used; `onDrop` closes what an entry holds. */
export class BoundedMap<K, V> {
  readonly #entries = new Map<K, V>();
  constructor(
    private readonly limit: number,
    private readonly onDrop?: (value: V, key: K) => void,
  ) {}

  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.limit) return;
    const [oldest] = this.#entries;
    if (oldest) this.drop(oldest[0]);
  }

  /** Removes an entry and lets `onDrop` close it; nothing happens when `expected` is given and no longer stands there. */
  drop(key: K, expected?: V): void {
    const value = this.#entries.get(key);
    if (value === undefined || (expected !== undefined && value !== expected)) return;
    this.#entries.delete(key);
    this.onDrop?.(value, key);
  }

  clear(): void {
    for (const key of [...this.#entries.keys()]) this.drop(key);
  }

  get size(): number {
    return this.#entries.size;
  }

  entries(): IterableIterator<[K, V]> {
    return this.#entries.entries();
  }
}
