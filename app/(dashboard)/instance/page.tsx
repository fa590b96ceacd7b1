import type { Metadata } from "next";
import { Facts } from "@/components/instance/facts";
import { PrivateRangesForm } from "@/components/instance/private-ranges-form";
import { PageHeader } from "@/components/ui/page-header";
import { orNotFound, requireUserCtx } from "@/lib/auth/context";
import { describeInstance } from "@/lib/auth/describe-instance";
import { formatCount, formatSpan, plural } from "@/lib/format";
import { getInstanceSettings } from "@/lib/services/instance/get-settings";
import { timeToFirstCall } from "@/lib/services/instance/time-to-first-call";
import { updateInstanceAction } from "./actions";

export const metadata: Metadata = { title: "Instance" };

export default async function InstancePage() {
  const ctx = await requireUserCtx();
  const settings = await orNotFound(getInstanceSettings(ctx));
  const firstCalls = await timeToFirstCall(ctx);
  const { version, database, lane, node } = await describeInstance();
  return (
    <>
      <PageHeader
        title="Instance"
        description="What concerns this whole installation. Only its owner sees this page."
      />
      <div className="grid max-w-2xl grid-cols-1 gap-6">
        <PrivateRangesForm
          key={settings.allowPrivateUpstreams.join()}
          entries={settings.allowPrivateUpstreams}
          fromEnvironment={settings.allowPrivateFromEnvironment}
          onSave={updateInstanceAction}
        />
        <Facts
          title="First steps"
          facts={[
            [
              "Joined to first call, median",
              firstCalls.medianMs === null ? "Nobody has got there yet" : formatSpan(firstCalls.medianMs),
            ],
            ["Got there", `${formatCount(firstCalls.arrived)} of ${plural(firstCalls.people, "member")}`],
          ]}
        />
        <Facts
          title="About"
          facts={[
            ["Version", version],
            [
              "Public URL",
              <code key="url" className="font-mono text-[0.8125rem]">
                {settings.publicUrl}
              </code>,
            ],
            ["Database", database],
            ["Gateway lane", lane],
            ["Node.js", node],
            ["Users", formatCount(settings.users)],
            ["Workspaces", formatCount(settings.workspaces)],
          ]}
        />
      </div>
    </>
  );
}
