/** Where a gateway in this very process listens for changes; Next's code and our server's share the global object. */
const holder = globalThis as { aerostackChanged?: () => void };

/** Tells the gateway of this process that something changed, so it reads anew with the next request; other nodes notice within a second by themselves. */
export const notifyGateway = (): void => holder.aerostackChanged?.();

/** Registers the gateway of this process. */
export function onChange(listener: () => void): void {
  holder.aerostackChanged = listener;
}
