/** One row of the form; `id` stays while name and value change. */
export interface VarRow {
  id: number;
  name: string;
  value: string;
}

/** Rows of the settings as they are stored, by name. */
export const rowsOf = (vars: Readonly<Record<string, string>>): VarRow[] =>
  Object.keys(vars)
    .sort()
    .map((name, id) => ({ id, name, value: vars[name] ?? "" }));

/** What would be stored: rows without a name are left out. Null where a name stands twice. */
export function varsOf(rows: readonly VarRow[]): Record<string, string> | null {
  const named = rows.filter(({ name }) => name !== "");
  const vars = Object.fromEntries(named.map(({ name, value }) => [name, value]));
  return Object.keys(vars).length === named.length ? vars : null;
}

/** Names under which people keep credentials; as a plain setting everybody who manages functions would read it. */
export const looksSecret = (name: string): boolean =>
  /(?:^|_)(?:TOKEN|SECRET|PASSWORD|API_?KEY|PRIVATE_?KEY)(?:_|$)/.test(name);
