import { createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { AppError } from "@/lib/errors";
import { startSmtp, type TestSmtp } from "@/lib/testing/smtp";
import { createMailer } from "./create-mailer";

const FROM = "Aerostack <aerostack@example.test>";
const mail = { to: "ana@example.test", subject: "Your invitation", text: "Hello.\nhttps://x.test/invite/mwi_1" };
let smtp: TestSmtp;
afterEach(() => smtp?.close());

const failure = (sending: Promise<void>): Promise<AppError> =>
  sending.then(
    () => Promise.reject(new Error("it was sent")),
    (error: AppError) => error,
  );

test("a mail arrives as it was written, from one sender to one address", async () => {
  smtp = await startSmtp();
  await createMailer({ smtpUrl: smtp.url, from: FROM })(mail);
  const [received] = smtp.mails;
  expect(received).toMatchObject({ from: "aerostack@example.test", to: ["ana@example.test"] });
  expect(received?.raw).toMatch(/^Subject: Your invitation\r?$/m);
  expect(received?.raw).toContain("https://x.test/invite/mwi_1");
});

test("line breaks in a subject make no header, and an address is one address", async () => {
  smtp = await startSmtp();
  const send = createMailer({ smtpUrl: smtp.url, from: FROM });
  await send({ ...mail, subject: "Join\r\nBcc: eve@evil.test\u2028X-Evil: 1" });
  expect(smtp.mails[0]?.to).toEqual(["ana@example.test"]);
  expect(smtp.mails[0]?.raw.split(/\r?\n\r?\n/)[0]).not.toMatch(/^(Bcc|X-Evil):/im);
  for (const to of [
    "ana@example.test, eve@evil.test",
    "ana@example.test\r\nRCPT TO:<eve@evil.test>",
    "Ana <eve@evil.test>",
    "a b@example.test",
    "ana@example.test\u0000",
    "",
  ])
    await expect(send({ ...mail, to })).rejects.toMatchObject({ code: "invalid" });
  expect(smtp.mails.length).toBe(1);
});

test("signs in where the URL names a user; a wrong password is said without being shown", async () => {
  smtp = await startSmtp({
    authOptional: false,
    onAuth: ({ username, password }, _, done) =>
      username === "us@r" && password === "p@ss/word"
        ? done(null, { user: username })
        : done(new Error("no p@ss/word")),
  });
  const at = (user: string) => smtp.url.replace("//", `//${user}@`);
  await createMailer({ smtpUrl: at("us%40r:p%40ss%2Fword"), from: FROM })(mail);
  expect(smtp.mails.length).toBe(1);
  const refused = await failure(createMailer({ smtpUrl: at("us%40r:hunter22"), from: FROM })(mail));
  expect(refused).toMatchObject({ code: "upstream_failed", message: expect.stringContaining("AEROSTACK_SMTP_URL") });
  expect(refused.message).not.toMatch(/hunter22|p@ss/);
});

test("a refused address, a dead and a silent server are upstream_failed", async () => {
  smtp = await startSmtp({ onRcptTo: (_, __, done) => done(new Error("no such person")) });
  expect(await failure(createMailer({ smtpUrl: smtp.url, from: FROM })(mail))).toMatchObject({
    code: "upstream_failed",
    message: expect.stringContaining("did not take"),
  });
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const { port } = silent.address() as { port: number };
  const waited = performance.now();
  expect(await failure(createMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from: FROM })(mail))).toMatchObject({
    code: "upstream_failed",
  });
  expect(performance.now() - waited).toBeLessThan(8_000);
  silent.close();
  expect(await failure(createMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from: FROM })(mail))).toMatchObject({
    code: "upstream_failed",
  });
}, 20_000);

test("an offer of TLS is taken up, and a certificate that nobody vouches for ends it before anything is said", async () => {
  let said = "";
  smtp = await startSmtp({
    disabledCommands: [],
    onAuth: ({ password }, _, done) => {
      said = password ?? "";
      done(null, { user: "u" });
    },
  });
  const url = smtp.url.replace("//", "//u:secret-word@");
  expect(await failure(createMailer({ smtpUrl: url, from: FROM })(mail))).toMatchObject({ code: "upstream_failed" });
  expect([said, smtp.mails.length]).toEqual(["", 0]);
});
