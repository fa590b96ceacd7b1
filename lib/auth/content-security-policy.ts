/**
 * What our pages may load: own files, and scripts that carry this request's nonce. Styles may be inline because
 * radix positions menus by style attributes, and the scroll lock, toasts and editor write style elements without a nonce.
 * @param development Next's dev overlay needs eval
 */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
