# syntax=docker/dockerfile:1

# One image for both processes: `api` and `worker`. Debian with glibc: Temporal's SDK has no build for musl (Alpine).
ARG NODE_IMAGE=node:22.22.2-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM ${NODE_IMAGE}
# For the TLS of the SDK's native part, which does not use Node's list of authorities.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
# The heap's limit; keep it at about 75 % of the container's memory: the SDK's native part lives outside of it.
ENV NODE_ENV=production NODE_OPTIONS=--max-old-space-size=768
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/lib lib
COPY package.json LICENSE ./
COPY profiles profiles
COPY templates templates
COPY deploy/entrypoint.sh deploy/entrypoint.sh
USER node
EXPOSE 3000 9464 9465
ENTRYPOINT ["sh", "/app/deploy/entrypoint.sh"]
CMD ["api"]
