import { index, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import type { ToolScope } from "@/lib/access/tool-scope";
import { createdAt, id, instant } from "./columns";
import { users } from "./users";
import { workspaces } from "./workspaces";

export const ROLES = ["owner", "admin", "member", "auditor"] as const;
export type Role = (typeof ROLES)[number];
/** `person`: somebody. `service`: a machine (CI, an agent) that has tokens and never signs in. */
export const MEMBER_KINDS = ["person", "service"] as const;
export type MemberKind = (typeof MEMBER_KINDS)[number];

/** A person or a machine in a workspace; calls are attributed to members. `userId` is null for someone who has never signed in, and for machines. */
export const members = pgTable(
  "members",
  {
    id: id(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    userId: text("user_id").references(() => users.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: MEMBER_KINDS }).notNull().default("person"),
    name: text("name").notNull(),
    email: text("email"),
    role: text("role", { enum: ROLES }).notNull(),
    /** Which tools this member may use; null: all. */
    toolScope: jsonb("tool_scope").$type<ToolScope>(),
    /** When the first call of theirs succeeded; filled as the rollups pass it. With `createdAt` it tells how long starting takes. */
    firstCallAt: instant("first_call_at"),
    createdAt: createdAt(),
  },
  (table) => [unique().on(table.workspaceId, table.userId), index().on(table.userId)],
);
