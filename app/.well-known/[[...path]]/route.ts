import { handleWellKnown } from "@/lib/oauth/well-known";

export const runtime = "nodejs";

export {
  handleWellKnown as DELETE,
  handleWellKnown as GET,
  handleWellKnown as HEAD,
  handleWellKnown as OPTIONS,
  handleWellKnown as PATCH,
  handleWellKnown as POST,
  handleWellKnown as PUT,
};
