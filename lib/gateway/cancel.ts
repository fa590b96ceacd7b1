import type { Message } from "./message";
import { type Engine, inFlightKey, type Scope } from "./scope";

type Who = Pick<Scope, "session" | "principal">;

/** Runs a request so that its client can cancel it by id, from any node. */
export async function cancellable<T>(
  engine: Pick<Engine, "inFlight">,
  scope: Who & Pick<Scope, "client">,
  id: string,
  work: () => Promise<T>,
): Promise<T> {
  const key = inFlightKey(scope, id);
  engine.inFlight.set(key, scope.client);
  try {
    return await work();
  } finally {
    if (engine.inFlight.get(key) === scope.client) engine.inFlight.delete(key);
  }
}

/** Takes `notifications/cancelled`: the request that it names ends, wherever it runs. */
export function cancel(engine: Pick<Engine, "inFlight" | "mailbox">, scope: Who, message: Message): void {
  const id = message.params?.requestId;
  if (typeof id !== "string" && typeof id !== "number") return;
  const key = inFlightKey(scope, JSON.stringify(id));
  const running = engine.inFlight.get(key);
  if (running) running.abort();
  else engine.mailbox.tell("cancel", { key });
}

/** Listens for cancellations that reached another node. */
export function takeCancellations({ inFlight, mailbox }: Pick<Engine, "inFlight" | "mailbox">): void {
  mailbox.on("cancel", (payload) => inFlight.get((payload as { key: string }).key)?.abort());
}
