import type { Relay } from "@/lib/gateway/ports";

/** A relay between nodes of one test; `taken` counts looks for mail. A node is there once it looked. */
export function memoryRelay(): Relay & { taken: number; texts: string[]; lose(node: string): void } {
  const boxes = new Map<string, string[]>();
  const relay = {
    taken: 0,
    texts: [] as string[],
    /** As if a node was not seen for a long time. */
    lose: (node: string) => void boxes.delete(node),
    async send(node: string, text: string) {
      relay.texts.push(text);
      boxes.get(node)?.push(text);
      return boxes.has(node);
    },
    async broadcast(from: string, text: string) {
      relay.texts.push(text);
      for (const [node, box] of boxes) if (node !== from) box.push(text);
    },
    async take(node: string) {
      relay.taken++;
      const box = boxes.get(node) ?? [];
      boxes.set(node, []);
      return box;
    },
  };
  return relay;
}
