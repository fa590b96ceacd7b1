import { getListing } from "@/lib/services/listing/get";
import { installListing } from "@/lib/services/listing/install";
import { listListings } from "@/lib/services/listing/list";
import { GetListingInput, InstallListingInput, ListListingsInput } from "@/lib/services/listing/schemas";
import { ListingDetail, ListingInstalled, ListingPage } from "@/lib/services/listing/view";
import { type Operation, userOperation, workspaceOperation } from "./operation";

export const listingRoutes: Operation[] = [
  userOperation("Hub", "GET", "/hub/listings", {
    summary: "Search the Hub; `workspace` adds what is installed there",
    input: ListListingsInput,
    output: ListingPage,
    run: listListings,
  }),
  userOperation("Hub", "GET", "/hub/listings/{listing}", {
    summary: "Read a listing: addresses, headers, secrets to paste, source",
    input: GetListingInput,
    output: ListingDetail,
    run: getListing,
  }),
  workspaceOperation("Hub", "POST", "/listings/{listing}/install", {
    summary: "Install a listing: the server is asked for its tools, then saved with them and the secrets, sealed",
    input: InstallListingInput,
    output: ListingInstalled,
    status: 201,
    run: installListing,
  }),
];
