"use client";

import { useQueryStates } from "nuqs";
import { useTransition } from "react";
import { type AuditFilterValues, auditFilterParsers, type CallFilterValues, callFilterParsers } from "./parsers";

/** Takes some of the filters; null takes one away. `set(null)` takes all away. */
export type SetFilters<Values> = (change: Partial<Values> | null) => void;

/**
 * The call filters in the URL: `[values, set, pending]`. A change asks the server for the page anew (`shallow: false`) inside
 * a transition, so what is on screen stays until the new page is there; `pending` says that it is on its way.
 */
export function useCallFilters(): [CallFilterValues, SetFilters<CallFilterValues>, boolean] {
  const [pending, startTransition] = useTransition();
  const [values, set] = useQueryStates(callFilterParsers, { shallow: false, startTransition });
  return [values, (change) => void set(change), pending];
}

/** @see useCallFilters; the audit log's. */
export function useAuditFilters(): [AuditFilterValues, SetFilters<AuditFilterValues>, boolean] {
  const [pending, startTransition] = useTransition();
  const [values, set] = useQueryStates(auditFilterParsers, { shallow: false, startTransition });
  return [values, (change) => void set(change), pending];
}
