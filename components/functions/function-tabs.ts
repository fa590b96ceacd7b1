/** The tabs of a function's page, as they stand in its URL. Apart from the page's client code: the server reads it too. */
export const FUNCTION_TABS = ["code", "deployments", "test", "logs", "outbound", "settings"] as const;
export type FunctionTab = (typeof FUNCTION_TABS)[number];
