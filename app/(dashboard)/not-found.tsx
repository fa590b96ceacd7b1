import Link from "next/link";
import { ProblemPage } from "@/components/layout/problem-page";
import { Button } from "@/components/ui/button";
import { paths } from "@/lib/paths";

/** Also the answer for what one may not see, so that nobody learns what exists. */
export default function NotFound() {
  return (
    <ProblemPage
      code="404"
      title="Nothing to see at this address"
      actions={
        <Button asChild>
          <Link href={paths.workspaces}>Your workspaces</Link>
        </Button>
      }
    >
      It was removed, never existed, or belongs to a workspace that you are not a member of.
    </ProblemPage>
  );
}
