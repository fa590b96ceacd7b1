/**
 * Runs before any other code of a page. zod would try whether it may compile parsers by `eval`; the page's policy forbids
 * that, and every try would be reported as a violation.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
