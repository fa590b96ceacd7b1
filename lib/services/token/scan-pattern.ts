import { TOKEN_PATTERN } from "@/lib/crypto/token";

/** The form of a token inside any text, for people's secret scanners; shown on the tokens page. */
export const SCAN_PATTERN = `\\b${TOKEN_PATTERN.source.replace(/^\^|\$$/g, "")}\\b`;
