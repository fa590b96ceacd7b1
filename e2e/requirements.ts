/** What Aerostack promises its users. Tests cite the ids by `proves(id)`; `coverage.e2e.ts` finds the uncited. */
export const REQUIREMENTS = {
  "client:sdk-http": "A client of the official SDK connects by Streamable HTTP, lists namespaced tools and calls them.",
  "client:sdk-sse": "A client of the official SDK connects by HTTP+SSE, lists namespaced tools and calls them.",
  "client:inspector": "MCP Inspector's command line lists and calls tools, by either transport.",
  "client:claude-code": "Claude Code connects to a workspace with `claude mcp add`, by either transport.",
  "client:progress": "Progress of a long call reaches the client while it runs.",
  "client:cancel": "A client that goes away mid-call is remembered as such, and its upstream call is ended.",
  "client:era-fallback": "A client of a revision not served here is told which are, so that it falls back.",
  "upstream:streamable": "A Streamable HTTP server is proxied.",
  "upstream:sse": "A server that speaks nothing but HTTP+SSE is proxied.",
  "upstream:bad":
    "A server that is down, slow, redirecting or talks nonsense gives a result with isError that names it and nothing else.",
  "upstream:bad-list": "A broken list of tools harms neither the other tools nor the other servers.",
  "upstream:no-header-leak": "No header of an upstream's answer reaches the client.",
  "secrets:injected": "The upstream gets the sealed secret with each call, and never the member's token.",
  "secrets:never-leave": "No answer, page, log line, API view or export holds a secret's value.",
  "secrets:canary":
    "A known secret is found nowhere in four encodings: answers, refusals, API, pages, exports, logs, the database's files.",
  "secrets:not-from-arguments": "Text of a client never pulls a secret into a request.",
  "token:refused-alike":
    "Missing, wrong, malformed and revoked tokens get the same 401; a good one gets the same 404 at a foreign and at an unknown slug.",
  "token:revoked": "A revoked token is refused within a second, and its open streams end.",
  "token:revoked-everywhere":
    "Revoked on one node, a token is refused and its open streams are closed on every other node, by the database alone.",
  "token:guessing": "Guessing tokens gets nowhere and harms nobody else.",
  "oauth:metadata":
    "Only a workspace's `/mcp` leads clients to the authorization server; every other well-known address is a plain 404.",
  "oauth:sdk":
    "A client of the official SDK signs in by OAuth in a browser, calls a tool, refreshes, and is refused once taken back.",
  "oauth:conformance": "The official conformance suite for authorization servers passes.",
  "oauth:mcp-remote": "mcp-remote signs in with nothing pasted.",
  "oauth:opencode": "opencode signs in with nothing pasted.",
  "oauth:consent":
    "The consent page names the app, where it sends the answer, the workspace, and what is not shared; nobody else can answer it.",
  "oauth:bad-input": "Redirects, registrations and challenges that are not allowed are refused, and a flood is slowed.",
  "gateway:bad-request":
    "A malformed request is refused with the right status and code, before any upstream is touched.",
  "gateway:bad-socket": "Smuggled, endless and stalled requests are cut off.",
  "gateway:parallel": "Answers of parallel calls with equal ids never mix, also between members.",
  "workspace:isolated": "Workspaces never see each other's tools, calls, tokens or servers.",
  "workspace:slug-rules": "A workspace slug is refused unless it is 2 to 40 plain characters and not reserved.",
  "audit:attributed": "Each call leaves one row: who, which token, which client, server, tool, outcome, duration.",
  "audit:refused-too": "A refused call leaves a row and reaches no upstream.",
  "audit:hostile-names": "Names that Postgres cannot store do not break the record.",
  "audit:no-row-no-call": "With the database down no call is made and the client gets 503; it recovers by itself.",
  "audit:crash": "Killed under load, no upstream was called without a row.",
  "durability:restart": "What was acknowledged survives kill -9, and sessions outlive a restart.",
  "functions:secret":
    "A hosted Slack function sends with a token that only the API gets to see: no answer, record, log line or page holds it.",
  "functions:attributed": "Each outbound request of a function is recorded with the call and the member behind it.",
  "functions:quarantine":
    "A function that loops is paused, and 200 calls of another workspace meanwhile have no error.",
  "functions:rollback": "A draft answers nobody, a deployment at once, and so does the one before when it is put back.",
  "functions:progress": "Progress that a function reports reaches the client while it runs.",
  "functions:restart": "Deployed functions answer after a restart and after a crash of the server.",
  "functions:upload":
    "A bundle of several MiB is taken as it was built; another hash, a forged manifest or more is refused.",
  "tools:run":
    "A tool runs from its own schema's form in the browser, through the gateway: checked, with progress, cancelled, pictures shown, errors named, and in the log.",
  "tools:review": "A definition that changes by itself waits for an admin, who sees what changed before accepting it.",
  "onboarding:run-here":
    "A newcomer gets from the set-up link to a first successful call in the browser within three minutes, though a server fails on the way.",
  "onboarding:client":
    "Without a network a newcomer gets from the set-up link to a client's first call within three minutes, and the page follows each step by itself.",
  "cli:examples": "Every documented command works as written.",
  "cli:login": "`aerostack login` stores address and key for later commands.",
  "api:bad-input":
    "Ids, queries, fields and origins that are none are refused with their reason, and nothing is written.",
  "dashboard:headers": "Pages carry the headers that keep other sites, frames and caches out.",
  "export:file":
    "Calls and audit events leave as CSV and JSONL with the page's filters, named safely, and every hostile cell is text.",
  "export:office": "LibreOffice opens an export of hostile cells as text, in the right columns and characters.",
  "export:background":
    "A large export is made in the background, is listed with its hash, and its file, manifest and deletion are there for who may.",
  "dashboard:every-page":
    "Every page answers, passes axe in light and dark, fits a phone, and runs no script and asks no host but our own, whatever names, tools and clients hold.",
  "dashboard:keyboard": "By keyboard alone: sign in, see the servers, make a token, open a call, get to the exports.",
  "dashboard:hostile-text": "Names from people and upstreams are shown as text, whatever they hold.",
  "analytics:agree":
    "Tiles, charts and tables add up to the calls in the log, whatever the filters; ranges and zones that are none are refused by field.",
  "api:openapi": "The OpenAPI document names every route of the management API.",
  "api:auth": "The management API serves only keys of admins and signed-in people.",
  "dashboard:first-run":
    "From the one-time link to a call seen live: set-up, workspace, server with secret, token, connect.",
  "dashboard:tool-switch": "A tool switched off vanishes from connected clients and cannot be called.",
  "dashboard:private-address":
    "A private upstream address is refused with the operator's switch, which then allows it.",
  "sign-in:callback": "After signing in a person is where they wanted to go, and never on another site.",
  "sign-in:sessions": "Sign-ins are listed with device and place; ending one, or all everywhere, holds at once.",
  "sign-in:reset": "A forgotten password is replaced by a link that works once; nobody learns who has an account.",
  "sign-in:provider":
    "A colleague signs in by the company's provider and joins by mail domain; an unverified address gets in nowhere.",
  "invitation:link":
    "An invitation by link: account, first token, connect. Used, revoked and foreign ones are explained.",
  "invitation:mail": "An invitation by mail arrives with a link that works, and an account of one's own accepts it.",
  "dashboard:sign-in": "Pages need a sign-in, and the set-up link works once.",
  "dashboard:role":
    "A person invited by link joins, and a change of role holds at once for pages and calls; a page that it closes says who may.",
  "dashboard:scope": "A tool scope set on the member page shrinks the connected client's list and refuses the call.",
  "dashboard:rule": "A rule made in the form refuses the call and tells the model why; what it allows goes through.",
  "dashboard:remove-member": "Removing a member says before and after what ends and what does not, and ends it.",
  "dashboard:function":
    "A Slack function is written in the browser, faults shown at their line, deployed, given its token, called by a real client; call and outbound request are seen.",
  "dashboard:function-versions":
    "A tool is tried on the page, and an earlier version is compared with what answers and put back.",
  "hub:install":
    "The Hub is searched and narrowed by keyboard; one click installs a server that needs nothing, and a client calls it.",
  "hub:secret":
    "A pasted key installs a server: a wrong one is refused in words and leaves nothing, the right one reaches its host as a header and shows nowhere.",
  "dashboard:analytics":
    "A call shows at once in tile and chart; chart, table and tile agree, filters and dragged ranges are in the URL, and members see their own use.",
  "calls:drawer":
    "A link opens a call, on the page or not: its timing, what to do about a failure, and a curl command without a token that makes it again.",
  "calls:payload":
    "Payload capture, off by default, keeps arguments and results without secrets for owners and admins alone; each reading is recorded, and off deletes them.",
  "gateway:ip-list": "With a list of addresses, calls from elsewhere are refused with a row that names who tried.",
  "workspace:slug-change":
    "A changed slug moves the gateway at once: tokens stay good at the new URL, and the old one answers like one that never was.",
  "dashboard:audit": "The audit page shows each change with before and after, and verifies the chain.",
  "functions:cloudflare": "The host worker builds for Cloudflare with the configuration in the repository (a dry run).",
  // Conformance and real clients
  "client:real":
    "Claude Code, opencode, Gemini CLI, mcp-remote, Inspector in each era and mcporter connect as they come from npm, without a network.",
  "tools:rename":
    "A tool is renamed and described in the browser, its new name shown as it will be and clashes before saving; clients hear of it, the old name answers for 30 days, and calls stay the tool's own.",
  "context:settings":
    "From 41 tools on the tools page offers search mode and says what it saves; it, the bound of results and the length of names are set on the settings page and hold for connected clients at once.",
  "context:search":
    "In search mode a client finds, describes and calls tools by three others; switches hold, and calls are logged under the tool that was used.",
  "context:results":
    "A result beyond the bound is cut, and read on to its last character, or by path, by the member who asked, and by nobody else.",
  // Many nodes
  "nodes:any":
    "Three nodes on one Postgres behind a balancer that picks at random: sessions, streams, POSTs and answers may land anywhere, list changes and revocation reach all, and a killed node costs only what was open on it.",
  // Upstreams
  "servers:any-revision":
    "A server of any MCP revision and transport is recognised when it is added; its tools answer on both lanes, also those that ask the client something, by whatever way they ask.",
  // Bridging between revisions
  "bridge:older-client":
    "A 2025 client, over either transport, uses tools, prompts and resources of servers of every revision, and is asked what they ask.",
  "bridge:newer-client":
    "A 2026-07-28 client uses tools, prompts and resources of servers of every revision; what an older one asks comes as input_required, and the call goes on with the answer.",
} as const;

export type RequirementId = keyof typeof REQUIREMENTS;
