import { notThere } from "@/lib/oauth/well-known";

/** Old clients try to register here when they find no metadata; ours is `/oauth/register`. */
export {
  notThere as DELETE,
  notThere as GET,
  notThere as HEAD,
  notThere as OPTIONS,
  notThere as PATCH,
  notThere as POST,
  notThere as PUT,
};
