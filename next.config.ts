import type { NextConfig } from "next";

/**
 * `compress: false` keeps SSE unbuffered; `cacheComponents` must stay off because it
 * refuses the edge route of the gateway.
 */
const config: NextConfig = {
  compress: false,
  poweredByHeader: false,
  reactStrictMode: true,
  typescript: { ignoreBuildErrors: true }, // `npm run check` type-checks; a start does not pay for it
  serverExternalPackages: [
    "@node-rs/argon2",
    "@electric-sql/pglite",
    "pg",
    "ws",
    "undici",
    "oidc-provider",
    "nodemailer",
  ],
  logging: { serverFunctions: false }, // dev would print the arguments of actions, passwords and secrets among them
  devIndicators: false, // it lies over the account link
  // A function's bundle has up to 10 MiB (`lib/api/function-routes.ts`), its source and an OpenAPI document somewhat less.
  experimental: {
    proxyClientMaxBodySize: "11mb",
    serverActions: { bodySizeLimit: "11mb" },
    authInterrupts: true, // `forbidden()`: a page that a role may not open answers 403 and says who may
  },
};

export default config;
