import { ForbiddenPage } from "@/components/layout/forbidden-page";

/** A page inside a workspace of one's own that one's role may not open. */
export default function Forbidden() {
  return <ForbiddenPage />;
}
