import type { Client } from "./client";
import { APPS } from "./clients/apps";
import { EDITORS } from "./clients/editors";
import { TERMINALS } from "./clients/terminals";

/** The clients of the picker, most used first inside each group. */
export const CLIENTS: Client[] = [...TERMINALS, ...EDITORS, ...APPS];
