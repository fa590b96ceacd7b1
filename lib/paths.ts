/** Every href of the product, so that no page spells a path by hand. */
export const paths = {
  home: "/",
  setup: "/setup",
  signIn: "/sign-in",
  /** Ask for a link to choose a new password. */
  forgotPassword: "/forgot-password",
  resetPassword: (token: string) => `/reset-password/${token}`,
  invitation: (token: string) => `/invite/${token}`,
  /** Where a person allows or refuses an MCP client. */
  consent: (uid: string) => `/consent/${uid}`,
  workspaces: "/w",
  newWorkspace: "/w/new",
  workspace: (slug: string) => `/w/${slug}`,
  connect: (slug: string) => `/w/${slug}/connect`,
  servers: (slug: string) => `/w/${slug}/servers`,
  newServer: (slug: string) => `/w/${slug}/servers/new`,
  server: (slug: string, server: string) => `/w/${slug}/servers/${server}`,
  functions: (slug: string) => `/w/${slug}/functions`,
  newFunction: (slug: string) => `/w/${slug}/functions/new`,
  function: (slug: string, server: string) => `/w/${slug}/functions/${server}`,
  tokens: (slug: string) => `/w/${slug}/tokens`,
  /** A member's own credentials for servers that ask each member for theirs. */
  connections: (slug: string) => `/w/${slug}/connections`,
  secrets: (slug: string) => `/w/${slug}/secrets`,
  members: (slug: string) => `/w/${slug}/members`,
  member: (slug: string, member: string) => `/w/${slug}/members/${member}`,
  rules: (slug: string) => `/w/${slug}/rules`,
  audit: (slug: string) => `/w/${slug}/audit`,
  auditEvent: (slug: string, event: string) => `/w/${slug}/audit?event=${event}`,
  calls: (slug: string) => `/w/${slug}/calls`,
  call: (slug: string, call: string) => `/w/${slug}/calls?call=${call}`,
  analytics: (slug: string) => `/w/${slug}/analytics`,
  exports: (slug: string) => `/w/${slug}/exports`,
  /** All tools of the workspace, and where one is tried in the browser. */
  tools: (slug: string) => `/w/${slug}/tools`,
  /** The same with one tool's panel open. */
  runTool: (slug: string, qualifiedName: string) => `/w/${slug}/tools?tool=${encodeURIComponent(qualifiedName)}`,
  hub: (slug: string) => `/w/${slug}/hub`,
  listing: (slug: string, listing: string) => `/w/${slug}/hub/${listing}`,
  /** From an empty workspace to the first call. */
  onboarding: (slug: string) => `/w/${slug}/start`,
  settings: (slug: string) => `/w/${slug}/settings`,
  /** The Hub of the workspace one is in, for links that know none. */
  anyHub: "/hub",
  account: "/account",
  instance: "/instance",
  /** The brief's URL: header tokens, every era, real HTTP+SSE too. */
  gatewaySse: (origin: string, slug: string) => `${origin}/ws/${slug}/sse`,
  /** The same workspace for clients that want Streamable HTTP by its usual name. */
  gatewayMcp: (origin: string, slug: string) => `${origin}/ws/${slug}/mcp`,
};
