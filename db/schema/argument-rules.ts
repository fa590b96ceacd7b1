import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { ArgumentCondition } from "@/lib/access/argument-rule";
import { createdAt, id, instant } from "./columns";
import { members, ROLES } from "./members";
import { servers } from "./servers";
import { workspaces } from "./workspaces";

/** What the arguments of one tool must be like, for one member, for one role, or (both null) for everyone. All rules that concern a caller must hold. */
export const argumentRules = pgTable(
  "argument_rules",
  {
    id: id(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    serverId: text("server_id")
      .notNull()
      .references(() => servers.id, { onDelete: "cascade" }),
    /** Upstream's own name of the tool. */
    tool: text("tool").notNull(),
    memberId: text("member_id").references(() => members.id, { onDelete: "cascade" }),
    role: text("role", { enum: ROLES }),
    conditions: jsonb("conditions").$type<ArgumentCondition[]>().notNull(),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [index().on(table.workspaceId, table.serverId)],
);
