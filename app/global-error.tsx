"use client";

import "./globals.css";
import { ErrorPage } from "@/components/layout/error-page";

/** Stands in for the root layout when even that failed. */
export default function GlobalError(props: { error: unknown; retry(): void }) {
  return (
    <html lang="en">
      <body>
        <title>Aerostack</title>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
