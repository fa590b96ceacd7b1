import type { Method, Operation } from "./operation";

const PREFIX = "/api/v1/";

/** `methods` holds what the path would take, where the method is what is wrong. */
export type Match =
  | { found: true; operation: Operation; params: Record<string, string> }
  | { found: false; methods: Method[] };

/**
 * Finds the operation of a request by its raw path. Segments are decoded one by one, so an encoded `/` in a tool's
 * name stays part of the name; what does not decode matches nothing.
 * @param pathname as in `new URL(request.url).pathname`
 */
export function match(routes: readonly Operation[], method: string, pathname: string): Match {
  const segments = pathname.startsWith(PREFIX) ? decode(pathname.slice(PREFIX.length).split("/")) : null;
  if (!segments) return { found: false, methods: [] };
  const fitting = routes.flatMap((operation) => {
    const params = paramsOf(operation.path.slice(1).split("/"), segments);
    return params ? [{ operation, params }] : [];
  });
  const exact = fitting.find(({ operation }) => operation.method === method);
  return exact
    ? { found: true, ...exact }
    : { found: false, methods: fitting.map(({ operation }) => operation.method) };
}

function decode(segments: string[]): string[] | null {
  try {
    return segments.map(decodeURIComponent);
  } catch {
    return null;
  }
}

function paramsOf(template: string[], segments: string[]): Record<string, string> | null {
  if (template.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const segment = segments[index] ?? "";
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined ? part !== segment : segment === "") return null;
    if (name !== undefined) params[name] = segment;
  }
  return params;
}
