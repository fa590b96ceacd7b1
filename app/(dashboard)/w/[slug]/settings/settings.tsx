"use client";

import type { ReactNode } from "react";
import { ChangeSlug } from "@/components/workspace/change-slug";
import { DeleteWorkspace } from "@/components/workspace/delete-workspace";
import { IpAllowList } from "@/components/workspace/ip-allow-list";
import { JoinDomains } from "@/components/workspace/join-domains";
import { NameLength } from "@/components/workspace/name-length";
import { PayloadCapture } from "@/components/workspace/payload-capture";
import { RenameWorkspace } from "@/components/workspace/rename-workspace";
import { ResultCap } from "@/components/workspace/result-cap";
import { RetentionCard } from "@/components/workspace/retention-card";
import { SearchMode } from "@/components/workspace/search-mode";
import { TokenLife } from "@/components/workspace/token-life";
import { allows } from "@/lib/access/permissions";
import { paths } from "@/lib/paths";
import type {
  ContextView,
  SettingsEffectsView,
  WorkspaceDomainView,
  WorkspaceSettingsView,
  WorkspaceView,
} from "@/lib/services/workspace/view";
import {
  changeSlugAction,
  deleteWorkspaceAction,
  renameWorkspaceAction,
  setDomainsAction,
  settingsEffectsAction,
  updateSettingsAction,
} from "./actions";

interface SettingsProps {
  workspace: WorkspaceView;
  settings: WorkspaceSettingsView;
  domains: WorkspaceDomainView[];
  effects: SettingsEffectsView;
  context: ContextView;
}

const SECTIONS = [
  { id: "general", title: "General" },
  { id: "gateway", title: "Gateway" },
  { id: "context", title: "Context" },
  { id: "payloads", title: "Payloads" },
  { id: "retention", title: "Retention" },
  { id: "people", title: "People" },
  { id: "danger", title: "Danger" },
] as const;
type SectionId = (typeof SECTIONS)[number]["id"];

export function Settings({ workspace, settings, domains, effects, context }: SettingsProps) {
  const { slug, role } = workspace;
  const save = updateSettingsAction.bind(null, slug);
  const sections: Record<SectionId, ReactNode> = {
    general: (
      <>
        <RenameWorkspace key={workspace.name} workspace={workspace} onRename={renameWorkspaceAction.bind(null, slug)} />
        <ChangeSlug
          workspace={workspace}
          counts={effects}
          onChange={changeSlugAction.bind(null, slug)}
          // A full load: everything on the page, the navigation too, is at the old URL.
          onChanged={({ slug: next }) => window.location.assign(paths.settings(next))}
        />
      </>
    ),
    gateway: (
      <>
        <IpAllowList
          key={settings.ipAllow?.join()}
          list={settings.ipAllow ?? []}
          yourAddress={effects.yourAddress}
          onSave={save}
        />
        <TokenLife key={settings.maxTokenDays} days={settings.maxTokenDays} onSave={save} />
      </>
    ),
    context: (
      <>
        <SearchMode key={`search${settings.searchMode}`} on={settings.searchMode} context={context} onSave={save} />
        <ResultCap key={`cap${settings.resultCap}`} cap={settings.resultCap} onSave={save} />
        <NameLength
          key={`length${settings.nameLength}`}
          length={settings.nameLength}
          longNames={context.longNames}
          onSave={save}
        />
      </>
    ),
    payloads: (
      <PayloadCapture
        key={JSON.stringify([settings.keepArgumentsDays, settings.keepResults, settings.redactFields])}
        settings={settings}
        kept={effects}
        onSave={save}
      />
    ),
    retention: (
      <RetentionCard
        key={settings.retentionDays}
        days={settings.retentionDays}
        onSave={save}
        onEffects={settingsEffectsAction.bind(null, slug)}
      />
    ),
    people: (
      <JoinDomains
        key={domains.map(({ domain, role: joins }) => domain + joins).join()}
        domains={domains}
        canEdit={allows(role, "domain.manage")}
        onSave={setDomainsAction.bind(null, slug)}
      />
    ),
    danger: allows(role, "workspace.delete") && (
      <DeleteWorkspace
        workspace={workspace}
        counts={effects}
        onDelete={deleteWorkspaceAction.bind(null, slug)}
        // A full load: the switcher in the layout must forget the workspace too.
        onDeleted={() => window.location.assign(paths.workspaces)}
      />
    ),
  };
  const shown = SECTIONS.filter(({ id }) => sections[id]);
  return (
    <div className="grid grid-cols-1 gap-8 lg:grid-cols-[minmax(0,42rem)_10rem]">
      <nav aria-label="Settings" className="order-first lg:order-last">
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm lg:sticky lg:top-6 lg:grid lg:gap-1 lg:border-l lg:pl-4">
          {shown.map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`} className="inline-block rounded py-1 text-soft hover:text-ink">
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="grid grid-cols-1 gap-10">
        {shown.map(({ id, title }) => (
          <section key={id} id={id} aria-label={title} className="grid scroll-mt-20 grid-cols-1 gap-6">
            {sections[id]}
          </section>
        ))}
      </div>
    </div>
  );
}
