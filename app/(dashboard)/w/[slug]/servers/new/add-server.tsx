"use client";

import { useRouter } from "next/navigation";
import { AddServerFlow } from "@/components/servers/add-server-flow";
import { toast } from "@/components/ui/toast";
import { paths } from "@/lib/paths";
import { addServerAction, probeServerAction } from "../actions";

export function AddServer({ slug, instanceOwner, url }: { slug: string; instanceOwner: boolean; url: string }) {
  const router = useRouter();
  return (
    <AddServerFlow
      instanceOwner={instanceOwner}
      initialUrl={url}
      onProbe={probeServerAction.bind(null, slug)}
      onAdd={addServerAction.bind(null, slug)}
      onAdded={({ server, warnings }) => {
        toast.success(`${server.name} is part of the workspace`, { description: warnings[0] });
        router.push(paths.server(slug, server.slug));
      }}
    />
  );
}
