# Not run where it was written: no container engine there. See docs/operations.md.
FROM node:22-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# Node and npm, which build the web client.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /source
COPY . .
RUN dotnet publish src/Pamps.Server -c Release -o /app --self-contained false --use-current-runtime

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /pamps
# The base image brings the user "app", which is not root.
RUN mkdir data && chown app data && apt-get update && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /app /app
# docker compose exec api pamps …
RUN ln -s /app/pamps /usr/local/bin/pamps
USER app
ENV HOST=0.0.0.0 PORT=8000
EXPOSE 8000
VOLUME /pamps/data
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["curl", "-fsS", "http://127.0.0.1:8000/health/ready"]
ENTRYPOINT ["pamps"]
