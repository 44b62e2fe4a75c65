# Not run where it was written: no container engine there. See docs/operations.md.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Pamps.Server -c Release -o /app --self-contained false --use-current-runtime

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /pamps
# The base image brings the user "app", which is not root.
RUN mkdir data && chown app data && apt-get update && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /app /app
USER app
ENV HOST=0.0.0.0 PORT=8000
EXPOSE 8000
VOLUME /pamps/data
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["curl", "-fsS", "http://127.0.0.1:8000/health/ready"]
ENTRYPOINT ["/app/pamps"]
