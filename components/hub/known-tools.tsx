import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import type { ListingDetail } from "@/lib/services/listing/view";

/** Names of tools, as far as they were read somewhere; what counts is what the server says at install. */
export function KnownTools({ listing }: { listing: ListingDetail }) {
  const { tools } = listing;
  return (
    <Card>
      <CardHeader
        title="Tools"
        description={
          tools.length > 0
            ? "Some of them, as they were last read. The server is asked for its list when it is installed."
            : "None was read anywhere. The server is asked for its list when it is installed."
        }
      />
      {tools.length > 0 && (
        <ul className="flex flex-wrap gap-1.5 px-5 pb-5">
          {tools.map((tool) => (
            <li key={tool} className="min-w-0">
              <Badge className="max-w-full whitespace-normal break-all font-mono font-normal">{tool}</Badge>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
