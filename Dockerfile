# Node 24 needs about half the CPU of Node 20 in Next.
FROM node:24-slim AS build
WORKDIR /srv
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev && rm -rf .next/cache

FROM node:24-slim
WORKDIR /srv
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 PORT=3000 AEROSTACK_DATA_DIR=/data XDG_STATE_HOME=/state
# Data and master key live on volumes of their own, so that a copy of the one is of no use without the other.
RUN install -d -o node -g node -m 700 /data /state
COPY --from=build --chown=root:root /srv ./
USER node
VOLUME ["/data", "/state"]
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Not through start.mjs: an image is complete, and nothing in it may be installed or rebuilt.
CMD ["node", "dist/server.js"]
