"use client";

import { type OwnerInput, SetupForm } from "@/components/auth/setup-form";
import { paths } from "@/lib/paths";
import { signInWithPassword } from "../sign-in-with-password";
import { createOwnerAction } from "./actions";

/** Creates the owner, signs them in and goes on to their first workspace. */
export function Setup({ token }: { token: string }) {
  async function create(input: OwnerInput) {
    const created = await createOwnerAction(token, input);
    return created.ok ? signInWithPassword(input) : created;
  }
  return <SetupForm onSubmit={create} onDone={() => window.location.replace(paths.newWorkspace)} />;
}
