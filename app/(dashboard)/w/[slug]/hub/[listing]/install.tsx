"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { InstallPanel } from "@/components/hub/install-panel";
import type { ListingDetail } from "@/lib/services/listing/view";
import { installListingAction } from "./actions";

/** Joins the panel to the action, and lets the list of the Hub forget what it knew. */
export function Install({ slug, listing }: { slug: string; listing: ListingDetail }) {
  const router = useRouter();
  const client = useQueryClient();
  return (
    <InstallPanel
      slug={slug}
      listing={listing}
      onInstall={installListingAction.bind(null, slug)}
      onInstalled={() => {
        void client.invalidateQueries({ queryKey: ["hub", slug] });
        router.refresh();
      }}
    />
  );
}
