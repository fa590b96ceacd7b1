"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { Button } from "@/components/ui/button";
import { PERMISSIONS } from "@/lib/access/permissions";
import { paths } from "@/lib/paths";
import { neededFor, slugOf } from "./nav";
import { ProblemPage } from "./problem-page";

/** Says who may open the page at hand, so that one knows whom to ask. */
export function ForbiddenPage() {
  const pathname = usePathname();
  const slug = slugOf(pathname);
  const needed = neededFor(pathname);
  return (
    <ProblemPage
      code="403"
      title="Your role does not open this page"
      actions={
        <Button asChild>
          <Link href={slug ? paths.workspace(slug) : paths.workspaces}>
            {slug ? "To the overview" : "Your workspaces"}
          </Link>
        </Button>
      }
    >
      {needed ? (
        <>
          Only {rolesInWords(PERMISSIONS[needed].roles)} of this workspace may {PERMISSIONS[needed].may}. An owner can
          change your role under Members.
        </>
      ) : (
        "Only the owner of this installation, or somebody with another role, may open it."
      )}
    </ProblemPage>
  );
}

const rolesInWords = (roles: readonly string[]): string => {
  const plurals = roles.map((role) => `${role}s`);
  return plurals.length < 2 ? plurals.join() : `${plurals.slice(0, -1).join(", ")} and ${plurals.at(-1)}`;
};
