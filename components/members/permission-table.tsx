import { Check, Minus } from "lucide-react";
import { Card, CardHeader } from "@/components/ui/card";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { allows, PERMISSIONS, type PermissionName } from "@/lib/access/permissions";
import { ROLE_TEXT, ROLE_WORDS } from "./roles";

const NAMES = Object.keys(PERMISSIONS) as PermissionName[];

/** Who may do what: the table that the server itself asks, as it stands in code. */
export function PermissionTable() {
  return (
    <div className="grid grid-cols-1 gap-6">
      <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {ROLE_WORDS.map((role) => (
          <div key={role} className="grid content-start gap-0.5">
            <dt className="font-medium text-sm capitalize">{role}</dt>
            <dd className="text-pretty text-soft text-sm leading-6">{ROLE_TEXT[role]}</dd>
          </div>
        ))}
      </dl>
      <Card className="overflow-hidden">
        <CardHeader
          title="Permissions"
          description="The very table that every page, API route and tool call is checked against."
        />
        <Table label="Permissions by role">
          <thead>
            <tr>
              <Th>May</Th>
              {ROLE_WORDS.map((role) => (
                <Th key={role} className="px-2 text-center capitalize">
                  {role}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {NAMES.map((name) => (
              <Tr key={name}>
                <Td className="h-10 min-w-56 py-1.5">{PERMISSIONS[name].may}</Td>
                {ROLE_WORDS.map((role) => (
                  <Td key={role} className="h-10 w-20 px-2 py-1.5 text-center">
                    <Mark yes={allows(role, name)} />
                  </Td>
                ))}
              </Tr>
            ))}
          </tbody>
        </Table>
      </Card>
    </div>
  );
}

function Mark({ yes }: { yes: boolean }) {
  return yes ? (
    <Check aria-label="yes" className="mx-auto size-4 text-good" />
  ) : (
    <Minus aria-label="no" className="mx-auto size-4 text-line-strong" />
  );
}
