import { bodyOf, listen } from "./listener";

/** What of one request reached the stand-in. */
export interface SlackRequest {
  path: string;
  authorization: string | undefined;
  body: string;
}

/** Slack's API as far as the template uses it, on loopback; it wants its token, and repeats it where it can. */
export interface SlackStandIn {
  port: number;
  token: string;
  requests: SlackRequest[];
  close(): Promise<void>;
}

export async function startSlack(token: string): Promise<SlackStandIn> {
  const requests: SlackRequest[] = [];
  const { origin, close } = await listen(async (request, response) => {
    const { authorization } = request.headers;
    const body = await bodyOf(request);
    requests.push({ path: request.url ?? "", authorization, body });
    const { channel = "" } = JSON.parse(body || "{}") as { channel?: string };
    const answer =
      authorization === `Bearer ${token}`
        ? { ok: true, channel, ts: `1700000000.000${requests.length}`, debug: authorization }
        : { ok: false, error: "invalid_auth" };
    response.writeHead(200, { "content-type": "application/json", "x-echo": String(authorization) });
    response.end(JSON.stringify(answer));
  });
  return { port: Number(new URL(origin).port), token, requests, close };
}
