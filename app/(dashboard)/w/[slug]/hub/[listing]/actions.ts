"use server";

import { workspaceAction } from "@/lib/auth/action";
import { installListing } from "@/lib/services/listing/install";

/** No refresh here: the page's own state shows the result, and asks for the rest itself. */
export const installListingAction = workspaceAction(installListing, { refresh: false });
