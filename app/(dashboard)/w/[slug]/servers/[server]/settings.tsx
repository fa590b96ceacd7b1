"use client";

import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { ServerSettings } from "@/components/servers/server-settings";
import { paths } from "@/lib/paths";
import type { ServerDetail } from "@/lib/services/server/view";
import { removeServerAction, updateServerAction } from "../actions";

export function Settings({ slug, server }: { slug: string; server: ServerDetail }) {
  const router = useRouter();
  return (
    <ServerSettings
      server={server}
      onUpdate={updateServerAction.bind(null, slug)}
      onRemove={removeServerAction.bind(null, slug)}
      onRemoved={() => {
        toast.success(`${server.name} is removed`);
        router.replace(paths.servers(slug));
      }}
    />
  );
}
