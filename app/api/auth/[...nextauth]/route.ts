import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/options";
import { runtime } from "@/lib/auth/runtime";

/** Options need the database, so they are made per request rather than at import (a build has none). */
async function handle(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }): Promise<Response> {
  return NextAuth(request, context, authOptions(await runtime(), request.headers));
}

export { handle as GET, handle as POST };
