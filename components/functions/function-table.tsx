import Link from "next/link";
import { Monogram } from "@/components/ui/monogram";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { FunctionView } from "@/lib/services/function/view";
import { FunctionState } from "./function-state";

/** The functions of a workspace with their state. */
export function FunctionTable({ slug, functions }: { slug: string; functions: FunctionView[] }) {
  return (
    <Table label="Functions">
      <thead>
        <tr>
          <Th>Function</Th>
          <Th>State</Th>
          <Th>Version</Th>
          <Th>Deployed</Th>
          <Th>Tools</Th>
          <Th className="text-right">Calls, 24 h</Th>
        </tr>
      </thead>
      <tbody>
        {functions.map((each) => (
          <Tr key={each.id} className="hover:bg-muted/50">
            <Td>
              <Link
                href={paths.function(slug, each.slug)}
                className="flex min-w-40 items-center gap-3 rounded-lg sm:min-w-56"
              >
                <Monogram name={each.slug} />
                <span className="min-w-0 leading-tight">
                  <span className="block max-w-36 truncate font-medium sm:max-w-80">{each.name}</span>
                  <span className="block max-w-36 truncate font-mono text-faint text-xs sm:max-w-80">{each.slug}</span>
                </span>
              </Link>
            </Td>
            <Td title={each.missingSecrets.length > 0 ? `Missing: ${each.missingSecrets.join(", ")}` : undefined}>
              <FunctionState state={each.state} />
            </Td>
            <Td className="whitespace-nowrap tabular-nums">{each.version === null ? "–" : `v${each.version}`}</Td>
            <Td className="whitespace-nowrap text-soft">
              {each.deployedAt ? <Time at={each.deployedAt} /> : "not yet"}
            </Td>
            <Td className="tabular-nums">{each.tools}</Td>
            <Td className="text-right tabular-nums">{formatCount(each.calls)}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
