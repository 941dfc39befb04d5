# syntax=docker/dockerfile:1
FROM node:24-slim AS base
WORKDIR /app
ENV npm_config_update_notifier=false npm_config_fund=false

FROM base AS build
COPY package.json package-lock.json ./
# Optional packages stay: Rollup, esbuild and Tailwind ship their native parts as such.
RUN npm ci
COPY . .
RUN npm run build

FROM base AS production-dependencies
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force

FROM base
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
COPY --from=production-dependencies /app/node_modules node_modules
COPY --from=build /app/build build
COPY package.json ./
COPY app app
COPY db db
COPY jobs jobs
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
	CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# npm passes SIGTERM on to the server, which drains and leaves by itself.
CMD ["npm", "start"]
