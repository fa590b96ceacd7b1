import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A mail as a local server took it. */
export interface ReceivedMail {
  from: string;
  to: string[];
  /** Headers and body, as they came over the wire. */
  raw: string;
}

export interface TestSmtp {
  /** `smtp://127.0.0.1:…`, without credentials. */
  url: string;
  mails: ReceivedMail[];
  close(): Promise<void>;
}

/** A mail server on loopback that keeps what it is given; without TLS and sign-in unless the options say otherwise. */
export async function startSmtp(options: SMTPServerOptions = {}): Promise<TestSmtp> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    ...options,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
  });
  server.on("error", () => undefined); // clients that hang up are part of some tests
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.server.address();
  const port = address && typeof address === "object" ? address.port : 0;
  return { url: `smtp://127.0.0.1:${port}`, mails, close: () => new Promise((resolve) => server.close(resolve)) };
}

/** The first link with this beginning in a mail, with quoted-printable line ends and escapes undone. */
export function linkIn(mail: ReceivedMail | undefined, beginning: string): string {
  const text = (mail?.raw ?? "")
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const at = text.indexOf(beginning);
  return at < 0 ? "" : (/^\S+/.exec(text.slice(at))?.[0] ?? "");
}
