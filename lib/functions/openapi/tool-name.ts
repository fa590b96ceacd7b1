import { createHash } from "node:crypto";

const BASE32 = "0123456789abcdefghjkmnpqrstvwxyz";

function hash(name: string): string {
  return [...createHash("sha256").update(name).digest().subarray(0, 6)].map((byte) => BASE32[byte & 31]).join("");
}

/**
 * A name for each operation, in the order given: snake case of its id, at most `most` characters, none twice. What must be
 * cut ends in a hash of the whole, so a name stays when other operations come or go.
 */
export function toolNames(ids: string[], most: number): string[] {
  const taken = new Set<string>();
  return ids.map((id) => {
    const snake = id
      .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
      .replace(/[^A-Za-z0-9]+/g, "_")
      .replace(/^_+|_+$/g, "")
      .toLowerCase();
    const fits = snake !== "" && snake.length <= most && !taken.has(snake);
    const name = fits ? snake : `${snake.slice(0, most - 7)}_${hash(id)}`;
    if (taken.has(name)) throw new Error(`Two operations are called ${id}`);
    taken.add(name);
    return name;
  });
}
