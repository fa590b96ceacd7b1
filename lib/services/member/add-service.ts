import { AppError } from "@/lib/errors";
import type { WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { addNamed, findByName } from "./find-or-add";
import { viewMember } from "./list";
import { beginMemberChange } from "./manage";
import { AddServiceMemberInput } from "./schemas";
import type { MemberView } from "./view";

/**
 * Adds a machine: a member with role member that has tokens and can never sign in. Its name is its own, so that calls
 * in the log are told apart from people's.
 * @throws AppError `forbidden`, `invalid`, `conflict` (name taken)
 */
export async function addServiceMember(ctx: WorkspaceCtx, input: AddServiceMemberInput): Promise<MemberView> {
  const { name } = parse(AddServiceMemberInput, input);
  return ctx.db.transaction(async (tx) => {
    await beginMemberChange(tx, ctx);
    if ((await findByName(tx, ctx, name)).length > 0)
      throw new AppError("conflict", "A member has this name. Choose another.", { field: "name" });
    const { id } = await addNamed(tx, ctx, name, "service");
    return viewMember(tx, ctx, id);
  });
}
