# Not run where it was written: no container engine there. See docs/operations.md.
FROM node:22-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
# Node and npm, which build the web client, and what links the native file.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
    && apt-get update && apt-get install -y --no-install-recommends clang && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN dotnet publish src/Pamps.Server -c Release -o /app -r "linux-$(dpkg --print-architecture | sed s,amd64,x64,)" && mkdir /data

# Without ffmpeg, so no video and no audio is taken: a base that has it (Ubuntu's runtime-deps:10.0-noble, with apt-get install ffmpeg) takes them.
# No shell and no package manager, but ICU, OpenSSL and time zones; its user is not root.
FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled-extra
COPY --from=build /app /app
COPY --from=build --chown=$APP_UID /data /pamps/data
WORKDIR /pamps
# docker compose exec api pamps …
ENV PATH=/app:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOST=0.0.0.0 PORT=8000
EXPOSE 8000
VOLUME /pamps/data
HEALTHCHECK --interval=10s --timeout=6s --start-period=20s CMD ["pamps", "health"]
ENTRYPOINT ["pamps"]
