import { createTransport } from "nodemailer";
import { AppError } from "@/lib/errors";
import type { Mailer } from "@/lib/services/context";

interface MailSettings {
  /** `smtp://` (TLS as soon as the server offers it) or `smtps://` (TLS from the start), with user and password if needed. */
  smtpUrl: string;
  /** `a@b.c` or `Name <a@b.c>`. */
  from: string;
}

/** Milliseconds; somebody waits at a form meanwhile. */
const LIMITS = { dnsTimeout: 5_000, connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000 };
/** One plain address: nothing that could end the header or begin a second address. */
const ADDRESS = /^[^\s\p{Cc}<>()[\],;:"@]+@[^\s\p{Cc}<>()[\],;:"@]+$/u;
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Sends mail through the configured server, one connection a mail. With a password in the URL the connection must be
 * encrypted, or it would be readable on its way (this machine excepted).
 * @throws AppError `upstream_failed`; its words name no credential and nothing that the server said
 */
export function createMailer({ smtpUrl, from }: MailSettings): Mailer {
  const url = new URL(smtpUrl);
  const secure = url.protocol === "smtps:";
  const auth = url.username
    ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
    : undefined;
  const transport = createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && auth !== undefined && !LOOPBACK.test(url.hostname),
    auth,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...LIMITS,
  });
  return async ({ to, subject, text }) => {
    if (!ADDRESS.test(to)) throw new AppError("invalid", "Mail can go to one plain address only.", { field: "email" });
    try {
      await transport.sendMail({
        from,
        to: { name: "", address: to },
        subject: subject.replace(/[\p{Cc}\u2028\u2029]+/gu, " "),
        text,
        headers: { "Auto-Submitted": "auto-generated" },
      });
    } catch (error) {
      throw new AppError("upstream_failed", wordsFor(error), { cause: error });
    }
  };
}

function wordsFor(error: unknown): string {
  switch ((error as { code?: unknown }).code) {
    case "EAUTH":
    case "ENOAUTH":
      return "The mail server refused our user name and password. Check AEROSTACK_SMTP_URL.";
    case "ETLS":
      return "The mail server offers no encrypted connection, so the password was not sent. Use smtps:// or its TLS port.";
    case "EENVELOPE":
    case "EMESSAGE":
      return "The mail server did not take the mail. Check the address, and AEROSTACK_MAIL_FROM.";
    default:
      return "The mail server did not answer. Check AEROSTACK_SMTP_URL, or hand the link over yourself.";
  }
}
