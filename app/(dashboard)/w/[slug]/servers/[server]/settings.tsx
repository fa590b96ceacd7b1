"use client";

import { useRouter } from "next/navigation";
import { ServerSettings } from "@/components/servers/server-settings";
import { toast } from "@/components/ui/toast";
import { paths } from "@/lib/paths";
import type { ServerDetail, ServerRemovalView } from "@/lib/services/server/view";
import { removeServerAction, setServerEnabledAction, updateServerAction } from "../actions";

interface SettingsProps {
  slug: string;
  server: ServerDetail;
  removal: ServerRemovalView;
}

export function Settings({ slug, server, removal }: SettingsProps) {
  const router = useRouter();
  return (
    <ServerSettings
      server={server}
      removal={removal}
      onToggle={setServerEnabledAction.bind(null, slug)}
      onUpdate={updateServerAction.bind(null, slug)}
      onRemove={removeServerAction.bind(null, slug)}
      onRemoved={() => {
        toast.success(`${server.name} is removed`);
        router.replace(paths.servers(slug));
      }}
    />
  );
}
