/** Runs one statement with `$1…` parameters and gives its rows. @throws the driver's error (`code` is the SQLSTATE) */
export type Query = <T>(text: string, params?: unknown[]) => Promise<T[]>;
