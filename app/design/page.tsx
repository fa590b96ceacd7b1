import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DesignSheet } from "@/components/design/design-sheet";
import { runtime } from "@/lib/auth/runtime";

export const metadata: Metadata = { title: "Design" };

/** Every part of the interface in all its states and both themes, for whoever works on it; no page of the product. */
export default async function DesignPage() {
  const { env } = await runtime();
  if (process.env.NODE_ENV !== "development" && !env.showDesign) notFound();
  return (
    <main id="content" className="grid grid-cols-1 lg:grid-cols-2">
      <h1 className="sr-only">Design</h1>
      <DesignSheet theme="light" />
      <DesignSheet theme="dark" />
    </main>
  );
}
