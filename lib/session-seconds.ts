/** Lifetime of a dashboard sign-in in seconds: 7 days without a visit end it, 30 days in any case. */
export const SESSION_SECONDS = { idle: 7 * 86_400, absolute: 30 * 86_400 };
