/** Whether a pattern (`api.x.com`, `*.x.com`) holds a host or a narrower pattern. `*.x.com` does not hold `x.com`. */
export function covers(pattern: string, host: string): boolean {
  return (
    pattern === host || (pattern.startsWith("*.") && host.endsWith(pattern.slice(1)) && host.length >= pattern.length)
  );
}
