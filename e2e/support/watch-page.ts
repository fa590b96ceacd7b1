import type { Page } from "playwright/test";
import { MARK } from "./hostile";

/** What went wrong on a page since the last `take`. */
export interface PageWatch {
  take(): Promise<string[]>;
}

/** Console errors, refused resources, requests to other hosts, and scripts of strangers that ran. Call before the first load. */
export async function watchPage(page: Page, origin: string): Promise<PageWatch> {
  let found: string[] = [];
  page.on("pageerror", (error) => found.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") found.push(`console: ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    found.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url)) found.push(`foreign request: ${url}`);
  });
  await page.exposeFunction("__violated", (what: string) => void found.push(`policy: ${what}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const report = (window as unknown as { __violated(what: string): void }).__violated;
      report(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  return {
    async take() {
      const ran = await page.evaluate((mark) => mark in window, MARK);
      const now = ran ? [...found, "a stranger's script ran"] : found;
      found = [];
      return now;
    },
  };
}
